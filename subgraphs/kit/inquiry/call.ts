import { setTimeout as sleep } from 'node:timers/promises';
import { underContractNames, type OtherNames } from './names.ts';
import { UpstreamFailure } from './outcome.ts';
import { createPace } from './pace.ts';

/** Where an agency's upstream listens. */
export interface UpstreamAddress {
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
}

/** One call of an upstream that answers parsed JSON, its columns under the contract's names. It rejects with UpstreamFailure, or with the signal's reason. */
export type Call = (method: 'GET' | 'POST', path: string, body: unknown, signal: AbortSignal) => Promise<unknown>;

/** How patient a call is. */
export interface CallOptions {
  /** Most calls at once; 20 by default. */
  readonly parallel?: number;
  /** Most tries of one call; 3 by default. Being told to wait (429) is no try. */
  readonly attempts?: number;
  /** Longest time of one try. */
  readonly tryMs?: number;
  /** What this upstream also calls the contract's columns. */
  readonly names?: OtherNames;
}

const largestAnswer = 16 * 1024 * 1024;
const firstPauseMs = 100;
const defaultRetryAfterMs = 1_000;

/**
 * Calls an upstream with bounded retries, heeding Retry-After (RFC 9110 §10.2.3). Everything asked of an agency may be
 * repeated, also when an answer breaks off: a query changes nothing and carries its request number. Redirects are
 * refused: what follows holds identities.
 */
export function createCall(upstream: UpstreamAddress, options: CallOptions = {}): Call {
  const { parallel = 20, attempts = 3, tryMs = 15_000, names } = options;
  const send = upstream.fetch ?? ((...request: Parameters<typeof fetch>) => fetch(...request));
  const pace = createPace(parallel);

  const once = async (method: string, path: string, body: unknown, signal: AbortSignal): Promise<Try> => {
    signal.throwIfAborted();
    const deadline = AbortSignal.timeout(tryMs);
    try {
      const response = await send(`${upstream.baseUrl}${path}`, {
        method,
        redirect: 'error',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        signal: AbortSignal.any([signal, deadline]),
        ...(method === 'POST' && { body: JSON.stringify(body) }),
      });
      return await judge(response);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof UpstreamFailure) return { failure: error, again: error.message === 'GARBLED' };
      const failure = deadline.aborted
        ? new UpstreamFailure('TIMEOUT', 'NO_ANSWER', { cause: error })
        : new UpstreamFailure('UNREACHABLE', 'DOWN', { cause: error });
      return { failure, again: true };
    }
  };

  return async (method, path, body, signal) => {
    for (let attempt = 1; ;) {
      const result = await pace.run(() => once(method, path, body, signal), signal);
      if ('waitMs' in result) {
        // One window for all calls of this upstream: who calls meanwhile would only be refused, too.
        pace.patience(result.waitMs);
        continue;
      }
      pace.ease();
      if ('answer' in result) return underContractNames(result.answer, names);
      if (!result.again || attempt >= attempts) throw result.failure;
      await sleep(result.waitAtLeastMs ?? firstPauseMs * 2 ** (attempt - 1), undefined, { signal, ref: false });
      attempt++;
    }
  };
}

type Try =
  | { readonly answer: unknown }
  | { readonly waitMs: number }
  | { readonly failure: UpstreamFailure; readonly again: boolean; readonly waitAtLeastMs?: number };

async function judge(response: Response): Promise<Try> {
  if (response.ok) return { answer: await readJson(response) };
  // Nobody reads what a refusal says; its end is not waited for, since a shared stream may never tell.
  response.body?.cancel().catch(() => undefined);
  const retryAfterMs = readRetryAfter(response.headers.get('retry-after'));
  if (response.status === 429) return { waitMs: retryAfterMs ?? defaultRetryAfterMs };
  if (response.status >= 500) {
    const failure = new UpstreamFailure('UNREACHABLE', 'SERVER_ERROR');
    return { failure, again: true, ...(retryAfterMs !== null && { waitAtLeastMs: retryAfterMs }) };
  }
  // A batch that the agency has forgotten is no refusal: the next question hands it in again.
  if (response.status === 404) return { failure: new UpstreamFailure('UNREACHABLE', 'NOT_FOUND'), again: false };
  return { failure: new UpstreamFailure('REFUSED', 'REQUEST_REJECTED'), again: false };
}

async function readJson(response: Response): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > largestAnswer) throw new UpstreamFailure('UNREACHABLE', 'ANSWER_TOO_LARGE');
    text += decoder.decode(chunk, { stream: true });
  }
  try {
    return JSON.parse(text + decoder.decode()) as unknown;
  } catch {
    // No cause: a parser's message quotes the text.
    throw new UpstreamFailure('UNREACHABLE', 'GARBLED');
  }
}

/** Milliseconds, from seconds or a date. */
function readRetryAfter(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Math.min(longestWaitMs, Number(header) * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.min(longestWaitMs, Math.max(0, date - Date.now()));
}

/** Whoever says to wait longer is asked again by then all the same, and may say it again. */
const longestWaitMs = 600_000;

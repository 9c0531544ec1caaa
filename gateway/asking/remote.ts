/** Asks a GraphQL program over HTTP (GraphQL over HTTP specification, POST with JSON), once for each question. */

import { Pool } from 'undici';

import { remainingMsOf } from '../../common/deadline.ts';
import { deadlineHeader, viewerHeader, type Ask } from '../../common/wire.ts';
import { readBody } from './answer-body.ts';
import type { Prove } from './proving.ts';
import { toBody } from './question-body.ts';
import { AskError, isAnswer, type FailureReason } from './reply.ts';

export interface RemoteOptions {
  /** Connections to this endpoint at most: one more than questions at once, so that a probe waits for none of them. */
  readonly connections?: number;
  /** An answer larger than this, decompressed, is given up while it arrives, in bytes. */
  readonly maxBytes?: number;
  /** Whether answers are asked for compressed. Those that come so are read in any case. */
  readonly compressed?: boolean;
  /** Signs each question for a program that answers its hub only; without it questions go unsigned. */
  readonly proof?: { readonly audience: string; readonly prove: Prove } | undefined;
}

export interface Remote {
  readonly ask: Ask;
  stop(): Promise<void>;
}

/** A connection that rests longer is closed here: before our programs would, which keep theirs for 75 s. */
const idleMs = 30_000;

/** Keeps connections to one endpoint and asks it. */
export function createRemote(url: string, options: RemoteOptions = {}): Remote {
  const { connections = 9, maxBytes = 8 * 1024 * 1024, compressed = false, proof } = options;
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    keepAliveTimeout: idleMs,
    keepAliveMaxTimeout: idleMs,
  });
  const encodings = compressed ? 'gzip, deflate, br' : 'identity';
  const path = pathname + search;
  const provedBy = (body: string | Buffer, viewer: string | undefined) =>
    proof?.prove({
      audience: proof.audience,
      method: 'POST',
      path,
      body,
      viewer: viewer === undefined ? null : (JSON.parse(viewer) as Readonly<Record<string, unknown>>),
    });
  return {
    async ask(question, signal, { [viewerHeader]: viewer, ...headers } = {}) {
      const body = toBody(question);
      const sending = pool.request({
        method: 'POST',
        path,
        headers: { ...headers, ...headersOf(signal), 'accept-encoding': encodings, ...provedBy(body, viewer) },
        body,
        signal,
      });
      const {
        statusCode,
        headers: returned,
        body: came,
      } = await sending.catch((cause: unknown) => {
        throw new AskError('DOWN', messageOf(cause), { cause, wasSent: !isUnconnected(cause) });
      });
      const refusal = refusals[statusCode];
      if (refusal !== undefined) {
        await came.dump();
        throw new AskError(refusal, `HTTP ${statusCode}`);
      }
      const answer = parseJson(await readBody(came, returned, maxBytes));
      if (isAnswer(answer)) return answer;
      throw new AskError(statusCode >= 500 ? 'SERVER_ERROR' : 'GARBLED', `HTTP ${statusCode}`);
    },
    stop: () => pool.destroy(),
  };
}

/** What an HTTP status says whatever the body is. 504: the deadline that we named passed over there a moment before. */
const refusals: Readonly<Record<number, FailureReason | undefined>> = {
  401: 'FORBIDDEN',
  403: 'FORBIDDEN',
  429: 'RATE_LIMITED',
  504: 'DEADLINE',
};

function headersOf(signal: AbortSignal): Readonly<Record<string, string>> {
  const remainingMs = remainingMsOf(signal);
  return {
    'content-type': 'application/json',
    accept: 'application/json',
    // Whole milliseconds from 1, and no more than seven digits.
    ...(remainingMs !== null && { [deadlineHeader]: String(Math.min(9_999_999, Math.max(1, Math.ceil(remainingMs)))) }),
  };
}

/** Whether there was no connection at all, so that nothing can have been sent. In doubt there was one. */
function isUnconnected(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isUnconnected);
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

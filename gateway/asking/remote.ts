/** Asks a GraphQL program over HTTP (GraphQL over HTTP specification, POST with JSON). */

import { errors, Pool, type Dispatcher } from 'undici';

import { remainingMsOf } from '../../common/deadline.ts';
import { deadlineHeader, type Answer, type Ask, type Question } from '../../common/wire.ts';
import { AskError } from './reply.ts';
import { createSlots } from './slots.ts';

export interface RemoteOptions {
  /** Connections kept open to this endpoint: so many questions at once, the others wait. */
  readonly connections?: number;
  /** An answer larger than this is given up while it arrives, in bytes. */
  readonly maxBytes?: number;
}

export interface Remote {
  readonly ask: Ask;
  stop(): Promise<void>;
}

/** A connection that rests longer is closed here: before our programs would, which keep theirs for 75 s. */
const idleMs = 30_000;

/** Keeps connections to one endpoint and asks it. */
export function createRemote(url: string, { connections = 8, maxBytes = 8 * 1024 * 1024 }: RemoteOptions = {}): Remote {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    keepAliveTimeout: idleMs,
    keepAliveMaxTimeout: idleMs,
  });
  const slots = createSlots(connections);
  const post = (question: Question, signal: AbortSignal, headers: Headers = {}): Promise<Dispatcher.ResponseData> =>
    pool.request({
      method: 'POST',
      path: pathname + search,
      headers: { ...headers, ...headersOf(signal) },
      body: JSON.stringify(question),
      signal,
    });
  const askNow: Ask = async (question, signal, headers) => {
    const { statusCode, body } = await post(question, signal, headers).catch((error: unknown) => {
      if (!isLostConnection(error) || !isRead(question) || signal.aborted) throw error;
      // It may have been closed over there while it rested here; a fresh one tells whether anybody is there.
      return post(question, signal, headers);
    });
    if (statusCode === 401 || statusCode === 403) {
      await body.dump();
      throw new AskError('FORBIDDEN', `HTTP ${statusCode}`);
    }
    if (statusCode === 429) {
      await body.dump();
      throw new AskError('RATE_LIMITED', 'HTTP 429');
    }
    if (statusCode === 504) {
      await body.dump();
      // The deadline that we named passed over there a moment before it did here.
      throw new AskError('DEADLINE', 'HTTP 504');
    }
    const text = await readCapped(body, maxBytes);
    const answer = parseJson(text);
    if (answer === undefined) throw new AskError(statusCode >= 500 ? 'SERVER_ERROR' : 'GARBLED', `HTTP ${statusCode}`);
    return answer as Answer;
  };
  return {
    async ask(question, signal, headers) {
      // The headers say what remains when the question is sent; in the pool's own queue they would grow stale.
      const release = await slots.take(signal);
      try {
        return await askNow(question, signal, headers);
      } finally {
        release();
      }
    },
    stop: () => pool.destroy(),
  };
}

type Headers = Readonly<Record<string, string>>;

function headersOf(signal: AbortSignal): Headers {
  const remainingMs = remainingMsOf(signal);
  return {
    'content-type': 'application/json',
    accept: 'application/json',
    'accept-encoding': 'identity',
    // Whole milliseconds from 1, and no more than seven digits.
    ...(remainingMs !== null && { [deadlineHeader]: String(Math.min(9_999_999, Math.max(1, Math.ceil(remainingMs)))) }),
  };
}

/** Whether the connection broke before a byte of the answer came; refused connections are another matter. */
function isLostConnection(error: unknown): boolean {
  if (error instanceof errors.SocketError) return true;
  return ['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** What changes something may have been done before the connection broke; it is not asked twice. */
function isRead({ query }: Question): boolean {
  return !/(^|[\s}])mutation\b/.test(query);
}

async function readCapped(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw new AskError('TOO_LARGE', `more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Asks a GraphQL program over HTTP (GraphQL over HTTP specification, POST with JSON), once for each question. */

import { Pool } from 'undici';

import { remainingMsOf } from '../../common/deadline.ts';
import { proofHeader } from '../../common/proof.ts';
import { deadlineHeader, viewerHeader, type Ask } from '../../common/wire.ts';
import { takenVerbatim } from '../verbatim.ts';
import { exchange } from './exchange.ts';
import type { Prove } from './proving.ts';
import { toBody, type QuestionBody } from './question-body.ts';
import { createReaders } from './reading/readers.ts';
import { AskError, isAnswer } from './reply.ts';

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

/** Of all programs: courts are asked in the same words. */
const readers = createReaders();

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
  return {
    async ask(question, signal, given = {}) {
      const body = toBody(question);
      const headers = ['content-type', 'application/json', 'accept', 'application/json', 'accept-encoding', encodings];
      for (const name in given) if (name !== viewerHeader) headers.push(name, given[name]!);
      if (proof) headers.push(proofHeader, await provedBy(proof, path, body, given[viewerHeader] ?? null));
      const remainingMs = remainingMsOf(signal);
      if (remainingMs !== null) headers.push(deadlineHeader, toDeadline(remainingMs));
      const sent = { path, headers, body: body.bytes };
      const { status, body: told } = await exchange(pool, sent, { signal, maxBytes });
      const answer = readers.read(told, question.query, takenVerbatim.of(question));
      if (isAnswer(answer)) return answer;
      throw new AskError(status >= 500 ? 'SERVER_ERROR' : 'GARBLED', `HTTP ${status}`);
    },
    stop: () => pool.destroy(),
  };
}

/** Without a proof nothing leaves: what was to be changed was not changed. */
async function provedBy(
  { audience, prove }: NonNullable<RemoteOptions['proof']>,
  path: string,
  body: QuestionBody,
  viewer: string | null,
): Promise<string> {
  try {
    const digest = body.digest();
    return (await prove({ audience, method: 'POST', path, digest, viewer }))[proofHeader];
  } catch (cause) {
    throw new AskError('DOWN', 'The question could not be signed.', { cause, wasSent: false });
  }
}

/** Whole milliseconds from 1, and no more than seven digits. */
function toDeadline(remainingMs: number): string {
  return String(Math.min(9_999_999, Math.max(1, Math.ceil(remainingMs))));
}

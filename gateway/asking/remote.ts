/** Asks a GraphQL program over HTTP (GraphQL over HTTP specification, POST with JSON). */

import { Pool } from 'undici';

import type { Answer, Ask } from '../../common/wire.ts';
import { AskError } from './reply.ts';

export interface RemoteOptions {
  /** Connections kept open to this endpoint. */
  readonly connections?: number;
  /** An answer larger than this is given up while it arrives, in bytes. */
  readonly maxBytes?: number;
}

export interface Remote {
  readonly ask: Ask;
  stop(): Promise<void>;
}

/** Keeps connections to one endpoint and asks it. */
export function createRemote(url: string, { connections = 8, maxBytes = 8 * 1024 * 1024 }: RemoteOptions = {}): Remote {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  return {
    async ask(question, signal) {
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: pathname + search,
        headers: { 'content-type': 'application/json', accept: 'application/json', 'accept-encoding': 'identity' },
        body: JSON.stringify(question),
        signal,
      });
      if (statusCode === 401 || statusCode === 403) {
        await body.dump();
        throw new AskError('FORBIDDEN', `HTTP ${statusCode}`);
      }
      if (statusCode === 429) {
        await body.dump();
        throw new AskError('RATE_LIMITED', 'HTTP 429');
      }
      const text = await readCapped(body, maxBytes);
      const answer = parseJson(text);
      if (answer === undefined)
        throw new AskError(statusCode >= 500 ? 'SERVER_ERROR' : 'GARBLED', `HTTP ${statusCode}`);
      return answer as Answer;
    },
    stop: () => pool.destroy(),
  };
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

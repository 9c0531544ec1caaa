import type { IncomingMessage } from 'node:http';
import type { Question } from '../../common/wire.ts';
import { Refusal } from './http-refusal.ts';

/** The body of a request; throws Refusal 413 as soon as it is more than 4 MiB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  // Left without `destroy`, so that the refusal can still be sent on the connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The question in a body; throws Refusal 400 saying what is wrong. */
export function parseQuestion(body: Buffer): Question {
  const parsed = parseJson(body);
  if (!isRecord(parsed)) throw malformed('the body is not a JSON object');
  const { query, variables, operationName, extensions } = parsed;
  if (typeof query !== 'string') throw malformed('`query` is not text');
  if (variables != null && !isRecord(variables)) throw malformed('`variables` is not an object');
  if (operationName != null && typeof operationName !== 'string') throw malformed('`operationName` is not text');
  if (extensions != null && !isRecord(extensions)) throw malformed('`extensions` is not an object');
  return {
    query,
    ...(variables != null && { variables }),
    ...(operationName != null && { operationName }),
    ...(extensions != null && { extensions }),
  };
}

const maxBytes = 4 * 1024 * 1024;

/** What stands in a body; throws Refusal 400 where it is no JSON. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // No cause: a parser's message quotes the text.
    throw malformed('the body is not JSON');
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(message: string): Refusal {
  return new Refusal(400, 'BAD_REQUEST', message);
}

function tooLarge(): Refusal {
  return new Refusal(413, 'TOO_LARGE', `the body is more than ${maxBytes} bytes`);
}

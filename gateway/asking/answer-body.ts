/** The body of an answer: decoded, and read no further than to a limit that counts what comes out of the decoder. */

import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

import { AskError } from './reply.ts';

/** Reads to the end, or gives up: TOO_LARGE beyond the limit, GARBLED when it is not encoded as it says. */
export async function readBody(body: Readable, encoding: string | undefined, maxBytes: number): Promise<string> {
  const name = encoding?.trim().toLowerCase() ?? 'identity';
  if (name === 'identity') return readCapped(body, maxBytes);
  let lostBy: unknown = null;
  try {
    const create = decoders[name];
    if (create === undefined) throw new AskError('GARBLED', 'an encoding that was not asked for');
    const decoder = create();
    body.on('error', (error) => {
      lostBy = error;
      decoder.destroy(error);
    });
    return await readCapped(body.pipe(decoder), maxBytes);
  } catch (error) {
    if (error === lostBy || error instanceof AskError) throw error;
    throw new AskError('GARBLED', `not ${name}`, { cause: error });
  } finally {
    body.on('error', () => undefined).destroy();
  }
}

/** Pieces of 64 KiB: so far a bomb goes beyond the limit. */
const chunks = { chunkSize: 64 * 1024 };

const decoders: Readonly<Record<string, (() => Transform) | undefined>> = {
  gzip: () => createGunzip(chunks),
  'x-gzip': () => createGunzip(chunks),
  deflate: () => createInflate(chunks),
  br: () => createBrotliDecompress(chunks),
};

async function readCapped(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > maxBytes) throw new AskError('TOO_LARGE', `more than ${maxBytes} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

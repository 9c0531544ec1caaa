/** The body of an answer: decoded, and read no further than to a limit that counts what comes out of the decoder. */

import { isAscii, transcode } from 'node:buffer';
import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

import { AskError } from './reply.ts';

/** A body as the HTTP client gives it: a stream, or all of it at once. */
export interface Body extends Readable {
  bytes(): Promise<Uint8Array>;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Reads to the end, or gives up: TOO_LARGE beyond the limit, GARBLED when it is not encoded as it says. */
export async function readBody(body: Body, headers: Headers, maxBytes: number): Promise<string> {
  // Several encodings over each other are none that we read.
  const name = headers['content-encoding']?.toString().trim().toLowerCase() ?? 'identity';
  if (name === 'identity') {
    // HTTP lets no more come than was said.
    const isBounded = Number(headers['content-length'] ?? Infinity) <= maxBytes;
    return isBounded ? toText(Buffer.from((await body.bytes()).buffer)) : readCapped(body, maxBytes);
  }
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
  return toText(Buffer.concat(pieces));
}

/** UTF-8 as text. Node's own reading of it takes four times as long where there is more than ASCII. */
function toText(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  try {
    return transcode(bytes, 'utf8', 'utf16le').toString('utf16le');
  } catch {
    // What is no UTF-8 is read as well as can be.
    return bytes.toString('utf8');
  }
}

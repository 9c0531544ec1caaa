/** The body of an answer: decoded, and read no further than to a limit that counts what comes out of the decoder. */

import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

import { openPile } from './pile.ts';
import { AskError } from './reply.ts';

/** A body that comes in pieces. */
export interface AnswerBody {
  take(piece: Buffer): void;
  /** Nothing more comes: that was all of it. */
  end(): void;
  /** Nothing more comes, and it is wanted no more. */
  lost(): void;
}

/** Who waits for a body: is told once that it is whole or that it is given up. */
export interface Awaited {
  readonly ended: (body: Buffer) => void;
  readonly failed: (error: AskError) => void;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Gathers to the end, or gives up: TOO_LARGE beyond the limit, GARBLED when it is not encoded as it says. */
export function openBody(headers: Headers, maxBytes: number, awaited: Awaited): AnswerBody {
  // Several encodings over each other are none that we read.
  const name = headers['content-encoding']?.toString().trim().toLowerCase() ?? 'identity';
  if (name === 'identity') return gather(maxBytes, awaited);
  const create = decoders.get(name);
  if (create) return decode(create(), name, maxBytes, awaited);
  awaited.failed(new AskError('GARBLED', 'an encoding that was not asked for'));
  return gather(0, awaited);
}

function gather(maxBytes: number, { ended, failed }: Awaited): AnswerBody {
  const pile = openPile();
  return {
    take(piece) {
      if (pile.length() + piece.length > maxBytes) failed(tooLarge(maxBytes));
      else pile.add(piece);
    },
    end: () => ended(pile.take()),
    lost: () => undefined,
  };
}

/**
 * What comes faster than it is decoded is held, within the limit. The connection is never paused for it: undici's parser must not be
 * paused when a server closes.
 */
function decode(decoder: Transform, name: string, maxBytes: number, awaited: Awaited): AnswerBody {
  const gathering = gather(maxBytes, awaited);
  const held = openPile();
  const mostHeld = maxBytes + maxBytes / 256 + 1_024;
  let [isFull, came, ends] = [false, 0, 0];
  // Both have to end: more may come behind what the decoder takes for the end, and would come for ever.
  const over = (): void => {
    ends += 1;
    if (ends === 2) gathering.end();
  };
  const write = (piece: Buffer): void => {
    isFull = !decoder.write(piece);
  };
  decoder
    .on('data', (piece: Buffer) => gathering.take(piece))
    .on('end', over)
    .on('drain', () => {
      isFull = false;
      if (held.length() > 0) write(held.take());
    })
    .on('error', (cause) => awaited.failed(new AskError('GARBLED', `not ${name}`, { cause })));
  return {
    take(piece) {
      came += piece.length;
      // No encoding makes an answer that is within the limit larger than this.
      if (came > mostHeld) awaited.failed(tooLarge(maxBytes));
      else if (isFull) held.add(piece);
      else write(piece);
    },
    end() {
      if (held.length() > 0) decoder.write(held.take());
      decoder.end();
      over();
    },
    lost: () => decoder.destroy(),
  };
}

function tooLarge(maxBytes: number): AskError {
  return new AskError('TOO_LARGE', `more than ${maxBytes} bytes`);
}

/** Pieces of 64 KiB: so far a bomb goes beyond the limit. */
const chunks = { chunkSize: 64 * 1024 };

const decoders: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', () => createGunzip(chunks)],
  ['x-gzip', () => createGunzip(chunks)],
  ['deflate', () => createInflate(chunks)],
  ['br', () => createBrotliDecompress(chunks)],
]);

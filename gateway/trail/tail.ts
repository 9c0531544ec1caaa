/** Where a chain that is on disk ends, and what behind its last whole line has to be cut off. */

import { readFile } from 'node:fs/promises';
import type { KeyObject } from 'node:crypto';

import { isSigned, readHead, type Head } from './head.ts';
import { chainHashes, fieldsOfLine, hashOfLine, placeOfLine, type ChainEnd, type ChainHash } from './line.ts';
import { headFile, segmentFile, segmentsOf, unlessAbsent } from './segments.ts';

export interface Tail {
  /** The chain's own name. */
  readonly chain: string;
  readonly hash: ChainHash;
  readonly end: ChainEnd;
  readonly segment: number;
  /** Bytes of the segment that hold whole lines. */
  readonly size: number;
  /** What follows them, in this segment or the next: whoever was killed left it half written, and nobody was told that it was there. */
  readonly torn: { readonly segment: number; readonly bytes: Uint8Array };
  /** Whether the last line is a head. */
  readonly isSealed: boolean;
}

/** What is written on disk cannot be gone on with; the text says why and what to do. */
export class BrokenTrail extends Error {
  constructor(chain: string, why: string) {
    super(
      `${chain} cannot be gone on with: ${why}. Look at it with "nonet audit verify", keep it as it is, and name another directory to begin anew.`,
    );
  }
}

/** A chain begins with so many lines, that of its segment and a head; records come when the head's copy is there. */
export const beginning = 2;

/** What stands at the head of a segment. */
export interface SegmentStart {
  readonly chain: string;
  readonly segment: number;
  readonly hash: ChainHash;
}

/** Reads the end of a chain; null where there is none yet. Throws BrokenTrail where lines that were signed are missing or changed. */
export async function readTail(chain: string, key: KeyObject): Promise<Tail | null> {
  const segments = await segmentsOf(chain);
  const head = await readHeadFile(chain);
  const last = segments.at(-1);
  if (last === undefined) {
    if (head !== null) throw new BrokenTrail(chain, 'its segments are gone');
    return null;
  }
  const own = await readSegment(chain, last);
  // Killed while it began a file: the chain ends in the one before.
  const before = segments.at(-2);
  const tail = own === null && before !== undefined ? await readSegment(chain, before) : own;
  if (tail === null) {
    if (head !== null || before !== undefined) throw new BrokenTrail(chain, 'its last segments cannot be read');
    return null;
  }
  checkHead(chain, tail, head, key);
  if (own !== null) return tail;
  return { ...tail, torn: { segment: last, bytes: await readFile(segmentFile(chain, last)) } };
}

/** The head in a chain's directory; null where there is none. Throws BrokenTrail for what is no head. */
export async function readHeadFile(chain: string): Promise<Head | null> {
  const text = await unlessAbsent(readFile(headFile(chain), 'utf8'), null);
  const head = text === null ? null : readHead(text.trimEnd());
  if (text !== null && head === null) throw new BrokenTrail(chain, 'head.json holds no head');
  return head;
}

/** What the first line of a segment says; null where it is none. */
export function readSegmentStart(line: string): SegmentStart | null {
  if (placeOfLine(line)?.kind !== 'segment') return null;
  const { chain, segment, hash } = fieldsOfLine(line) ?? {};
  const known = chainHashes.find((one) => one === hash);
  return typeof chain === 'string' && typeof segment === 'number' && known ? { chain, segment, hash: known } : null;
}

interface ReadTail extends Tail {
  /** Hashes of lines that were followed by a head, by the line's number. */
  readonly heads: ReadonlyMap<number, string>;
}

async function readSegment(chain: string, segment: number): Promise<ReadTail | null> {
  const bytes = await readFile(segmentFile(chain, segment));
  let [size, end, isSealed]: [number, ChainEnd | null, boolean] = [0, null, false];
  let start: SegmentStart | null = null;
  const heads = new Map<number, string>();
  for (;;) {
    const at = bytes.indexOf(0x0a, size);
    if (at < 0) break;
    const line = bytes.toString('utf8', size, at);
    const place = placeOfLine(line);
    start ??= readSegmentStart(line);
    if (!place || !start || (end && (place.n !== end.n + 1 || place.prev !== end.prev))) break;
    isSealed = place.kind === 'head';
    if (isSealed) heads.set(place.n - 1, place.prev);
    end = { n: place.n, prev: hashOfLine(start.hash, bytes.subarray(size, at)) };
    size = at + 1;
  }
  if (!start || !end) return null;
  const { chain: name, hash } = start;
  return { chain: name, hash, end, segment, size, torn: { segment, bytes: bytes.subarray(size) }, isSealed, heads };
}

/** The head that stands apart has to be one of the chain's, or of an earlier segment. */
function checkHead(chain: string, { heads, end, segment, chain: name }: ReadTail, head: Head | null, key: KeyObject) {
  if (head === null) {
    // Killed before the copy of the first head was written: nothing was recorded by then.
    if (end.n > beginning) throw new BrokenTrail(chain, 'head.json is gone');
    return;
  }
  if (head.chain !== name) throw new BrokenTrail(chain, 'head.json is of another chain');
  if (!isSigned(head, key)) throw new BrokenTrail(chain, 'head.json is not signed by the key of this trail');
  const isHere = heads.get(head.n) === head.prev;
  const [first = Infinity] = heads.keys();
  if (isHere || (segment > 1 && head.n < first && head.n < end.n)) return;
  throw new BrokenTrail(chain, `line ${head.n + 1}, a signed head, is missing or changed`);
}

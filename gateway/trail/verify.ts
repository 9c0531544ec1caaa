/** Verifies a trail: every line names the one before, every head is signed, and nothing that was signed is missing. */

import type { KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';

import { isSigned, readHead, type Head } from './head.ts';
import { hashOfLine, placeOfLine, type ChainEnd, type ChainHash } from './line.ts';
import { chainDirectory, chainsOf, headFile, segmentFile, segmentsOf, unlessAbsent } from './segments.ts';
import { beginning, readSegmentStart } from './tail.ts';
import { countRecords } from './records.ts';

/** The first place of a chain that is wrong. */
export interface TrailFault {
  readonly file: string;
  /** Of the file, from 1 on; null where it is the file itself. */
  readonly line: number | null;
  /** What is wrong, in plain words. */
  readonly said: string;
}

/** What became of one chain. */
export interface VerifiedChain {
  readonly name: string;
  readonly records: number;
  readonly lines: number;
  readonly segments: number;
  /** The newest signed head; null where there is none. */
  readonly head: Head | null;
  /** Lines behind the newest head: whether some of them are missing, nobody can say. */
  readonly unsigned: number;
  /** Bytes of a last line that is not whole: a process that was killed leaves one. */
  readonly torn: number;
  readonly fault: TrailFault | null;
}

export interface VerifyOptions {
  /** Whoever may have signed. */
  readonly keys: readonly KeyObject[];
  /** The first segment that has to be there, where older ones were put away. */
  readonly from?: number;
}

/** Verifies all chains of a trail, one after the other; none where the directory holds none. */
export async function verifyTrail(directory: string, options: VerifyOptions): Promise<VerifiedChain[]> {
  const verified: VerifiedChain[] = [];
  for (const name of await chainsOf(directory))
    verified.push(await verifyChain(chainDirectory(directory, name), name, options));
  return verified;
}

/** A walk along a chain, as far as it has come. */
interface Walk {
  name: string | null;
  hash: ChainHash | null;
  end: ChainEnd | null;
  records: number;
  head: Head | null;
  /** Whether the line that stands beside the chain was come by, once more. */
  hasCopied: boolean;
  readonly copied: string | null;
  torn: number;
}

async function verifyChain(directory: string, name: string, options: VerifyOptions): Promise<VerifiedChain> {
  const segments = await segmentsOf(directory);
  const copied = await unlessAbsent(readFile(headFile(directory), 'utf8'), null);
  const walk: Walk = { name: null, hash: null, end: null, records: 0, head: null, hasCopied: false, copied, torn: 0 };
  const fault = await firstFault(directory, segments, walk, options);
  const lines = walk.end?.n ?? 0;
  const { records, head, torn } = walk;
  const unsigned = lines - (head ? head.n + 1 : 0);
  return { name, records, lines, segments: segments.length, head, unsigned, torn, fault };
}

async function firstFault(
  directory: string,
  segments: readonly number[],
  walk: Walk,
  options: VerifyOptions,
): Promise<TrailFault | null> {
  const { from = 1 } = options;
  let expected = from;
  for (const segment of segments) {
    if (segment < from) continue;
    const file = segmentFile(directory, segment);
    if (segment !== expected) {
      return { file: segmentFile(directory, expected), line: null, said: 'this segment is missing' };
    }
    const isLast = segment === segments.at(-1);
    const fault = await faultOfSegment(file, segment, isLast, walk, options);
    if (fault) return fault;
    expected += 1;
  }
  return faultOfCopy(directory, walk, options);
}

async function faultOfSegment(
  file: string,
  segment: number,
  isLast: boolean,
  walk: Walk,
  options: VerifyOptions,
): Promise<TrailFault | null> {
  let number = 0;
  let isFirst = true;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const bytes: Buffer = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    let from = 0;
    for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, from)) {
      number += 1;
      const said = faultOfLine(bytes.subarray(from, at), isFirst ? segment : null, walk, options);
      if (said !== null) return { file, line: number, said };
      isFirst = false;
      from = at + 1;
    }
    rest = bytes.subarray(from);
  }
  if (!isLast && (isFirst || rest.length > 0)) {
    return { file, line: number + 1, said: 'the line is not whole, and another segment follows' };
  }
  walk.torn = rest.length;
  return null;
}

/** What is wrong with a line; null when nothing is, and then the walk stands behind it. */
function faultOfLine(
  bytes: Buffer,
  segment: number | null,
  walk: Walk,
  { keys, from = 1 }: VerifyOptions,
): string | null {
  const line = bytes.toString('utf8');
  const place = placeOfLine(line);
  if (!place) return 'this is no line of a trail';
  const { end } = walk;
  const isBegun = end !== null;
  if (isBegun && place.n !== end.n + 1) return `line ${end.n + 1} of the chain should stand here, and ${place.n} does`;
  if (isBegun && place.prev !== end.prev) return 'it does not follow from the line before: one of the two was changed';
  if (!isBegun && from === 1 && (place.n !== 1 || place.prev !== '')) return 'the chain does not begin here';
  if (segment !== null || place.kind === 'segment') {
    const said = faultOfStart(line, segment, walk);
    if (said !== null) return said;
  }
  if (place.kind === 'head') {
    const head = readHead(line);
    const said = head ? faultOfHead(head, walk, keys) : 'this is no head';
    if (said !== null) return said;
    walk.head = head;
    walk.hasCopied ||= `${line}\n` === walk.copied;
  }
  if (place.kind === 'record') walk.records += countRecords(line);
  walk.end = { n: place.n, prev: hashOfLine(walk.hash ?? 'sha256', bytes) };
  return null;
}

/** Segments begin with a line that says so, and no other line does. */
function faultOfStart(line: string, segment: number | null, walk: Walk): string | null {
  const start = readSegmentStart(line);
  if (!start) return 'a segment has to begin with its own line';
  if (segment === null) return 'a segment begins in the middle of another';
  if (start.segment !== segment) return `it says that it begins segment ${start.segment}`;
  if (walk.name !== null && start.chain !== walk.name) return 'it belongs to another chain';
  walk.name = start.chain;
  walk.hash = start.hash;
  return null;
}

function faultOfHead(head: Head, { name }: Pick<Walk, 'name'>, keys: readonly KeyObject[]): string | null {
  if (head.chain !== name) return 'the head belongs to another chain';
  return keys.some((key) => isSigned(head, key)) ? null : 'the head is not signed by a key of this trail';
}

/** The newest head stands once more beside the chain, in the same words: a chain that has lost its end has lost that head. */
function faultOfCopy(
  directory: string,
  { copied, hasCopied, name, end }: Walk,
  { keys }: VerifyOptions,
): TrailFault | null {
  const lines = end?.n ?? 0;
  const fault = (said: string): TrailFault => ({ file: headFile(directory), line: null, said });
  // A chain begins with a head; records come when its copy is there.
  if (copied === null) return lines > beginning ? fault('it is missing, and the chain has records') : null;
  if (hasCopied) return null;
  if (!copied.endsWith('\n')) return fault('its line is not whole');
  const head = readHead(copied.slice(0, -1));
  if (!head) return fault('it holds no head');
  const said = name === null ? null : faultOfHead(head, { name }, keys);
  if (said !== null) return fault(said);
  return fault(
    head.n + 1 > lines
      ? `it was signed over ${head.n} lines, and ${lines} are there: the end of the chain is missing`
      : `line ${head.n + 1} of the chain, a signed head, is missing or changed`,
  );
}

/** Writes a chain's lines: each names the one before, segments follow each other, heads are signed when they are due. */

import { randomBytes } from 'node:crypto';

import { toInstantText } from '../../common/civil-date.ts';
import type { Clock } from '../asking/clock.ts';
import { toHeadLine } from './head.ts';
import type { TrailKeys } from './keys.ts';
import { toFields, toLine, type ChainEnd, type ChainHash, type LineKind } from './line.ts';
import { createLineBuffer } from './line-buffer.ts';
import { createSegmentWriter, type OpenFile } from './segment-writer.ts';
import { segmentFile } from './segments.ts';
import type { Tail } from './tail.ts';

export interface ChainOptions {
  /** The chain's directory, which is this process's alone. */
  readonly chain: string;
  readonly name: string;
  readonly keys: TrailKeys;
  readonly hash: ChainHash;
  /** A segment that has so many bytes is followed by another. */
  readonly segmentBytes: number;
  /** What was written is signed at most so much later. */
  readonly headEveryMs: number;
  readonly clock: Clock;
  readonly now: () => Date;
  readonly openFile?: OpenFile | undefined;
}

/** What is to be written together. */
export interface Lines {
  /** Records as the fields of their lines. */
  readonly records: readonly string[];
  /** What else is to be told in the chain, as the fields of a line of its own. */
  readonly mended: Readonly<Record<string, unknown>> | null;
  /** Whether a head is wanted though none is due. */
  readonly wantsHead: boolean;
}

export interface ChainWriter {
  /** Whether everything that was written is signed. */
  readonly isSealed: boolean;
  /** Resolves when all is on the disk, with the head that was signed, if one was; when it rejects, nothing was written. */
  write(lines: Lines): Promise<string | null>;
  close(): Promise<void>;
}

/** Goes on behind a tail; begins a chain where there is none. */
export function createChainWriter(options: ChainOptions, tail: Tail | null): ChainWriter {
  const { keys, hash, clock } = options;
  const name = tail?.chain ?? `${options.name}.${randomBytes(12).toString('base64url')}`;
  const writerOf = (segment: number, size: number) => ({
    segment,
    file: createSegmentWriter(segmentFile(options.chain, segment), size, options.openFile),
  });
  const lines = createLineBuffer(hash);
  let end: ChainEnd = tail?.end ?? { n: 0, prev: '' };
  let writer = tail ? writerOf(tail.segment, tail.size) : null;
  let headedAt = -Infinity;
  let isSealed = tail?.isSealed ?? true;
  // A segment is of one hash.
  let isFull = tail !== null && tail.hash !== hash;
  return {
    get isSealed() {
      return isSealed;
    },
    async write({ records, mended, wantsHead }) {
      let next = end;
      // What a write that failed has left.
      lines.take();
      const add = (line: string) => {
        next = { n: next.n + 1, prev: lines.add(line) };
      };
      const addOf = (kind: LineKind, fields: string) => add(toLine(kind, next, fields));
      const at = toInstantText(options.now());
      const own = writer && !isFull ? writer : writerOf((writer?.segment ?? 0) + 1, 0);
      if (own !== writer) addOf('segment', toFields({ chain: name, segment: own.segment, hash, key: keys.mark, at }));
      for (const fields of records) addOf('record', fields);
      if (mended) addOf('mended', toFields({ at, ...mended }));
      const isDue = wantsHead || clock.now() - headedAt >= options.headEveryMs;
      const head = isDue ? toHeadLine(next, name, at, keys.signing, keys.mark) : null;
      if (head !== null) add(head);
      await own.file.append(lines.take());
      if (own !== writer) await writer?.file.close();
      [writer, end, isSealed] = [own, next, head !== null];
      isFull = own.file.size >= options.segmentBytes;
      if (head !== null) headedAt = clock.now();
      return head;
    },
    close: async () => writer?.file.close(),
  };
}

/** Reads the segments of a chain backwards. Nothing is kept of them: a search costs what it reads, and is bounded by that. */

import { open, type FileHandle } from 'node:fs/promises';

import type { Budget, ChainReader, FoundLine, Place } from './places.ts';
import { segmentFile, segmentsOf } from './segments.ts';

const chunkBytes = 1 << 18;
/** Lines are shorter by far. */
const lineBytes = 1 << 17;

/** A reader of the chain in this directory; lines that are written meanwhile are found or not. */
export function createChainReader(chain: string, name: string): ChainReader {
  return {
    name,
    async find(text, before, budget) {
      const segments = (await segmentsOf(chain)).reverse();
      for (const segment of segments) {
        if (before && segment > before[0]) continue;
        const handle = await open(segmentFile(chain, segment), 'r');
        try {
          // A cursor may be made up: nothing stands behind the end.
          const { size } = await handle.stat();
          const end = before?.[0] === segment ? Math.min(before[1], size) : size;
          const found = await findIn(handle, segment, end, Buffer.from(text), budget);
          if (found) return found;
        } finally {
          await handle.close();
        }
      }
      return null;
    },
  };
}

async function findIn(
  handle: FileHandle,
  segment: number,
  end: number,
  text: Buffer,
  budget: Budget,
): Promise<FoundLine | { readonly place: Place } | null> {
  // A line that begins before `end` may go on behind it.
  let [before, reach] = [end, Math.min(end + lineBytes, (await handle.stat()).size)];
  while (before > 0) {
    if (budget.bytes <= 0) return { place: [segment, before] };
    const from = Math.max(0, before - chunkBytes);
    const bytes = await readRange(handle, from, reach);
    budget.bytes -= bytes.length;
    const first = from === 0 ? 0 : bytes.indexOf(0x0a) + 1;
    const found = lastLineWith(bytes, text, first, before - from);
    if (found) return { line: found.line, place: [segment, from + found.at] };
    // Without a line's end in a whole chunk there are no lines.
    before = from === 0 ? 0 : from + first;
    reach = before;
    if (first === 0) break;
  }
  return null;
}

/** The last whole line with this text that begins from `first` on and before `limit`. */
function lastLineWith(bytes: Buffer, text: Buffer, first: number, limit: number) {
  let at = bytes.lastIndexOf(text);
  while (at >= first) {
    const begin = bytes.lastIndexOf(0x0a, at) + 1;
    const end = bytes.indexOf(0x0a, at);
    if (end >= 0 && begin >= first && begin < limit) return { line: bytes.toString('utf8', begin, end), at: begin };
    if (begin === 0) return null;
    at = bytes.lastIndexOf(text, begin - 1);
  }
  return null;
}

async function readRange(handle: FileHandle, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(to - from);
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, from + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

/** Reads the segments of a chain backwards. Nothing is kept of them: a search costs what it reads, once, and is bounded by that. */

import { open, type FileHandle } from 'node:fs/promises';

import { partyBeginning, type Budget, type ChainReader, type FoundLine, type Place, type Sought } from './places.ts';
import { segmentFile, segmentsOf } from './segments.ts';

const chunkBytes = 1 << 18;
/** Nothing that a hub has written is as long: what is, is damaged, and is stepped over. */
const mostOfLine = 1 << 24;
/** A mark of a party is shorter. */
const markBytes = 64;

/** A reader of the chain in this directory; lines that are written meanwhile are found or not. */
export function createChainReader(chain: string, name: string): ChainReader {
  return {
    name,
    async *find(sought, before, budget) {
      const segments = (await segmentsOf(chain)).reverse();
      for (const segment of segments) {
        if (before && segment > before[0]) continue;
        const handle = await open(segmentFile(chain, segment), 'r');
        try {
          // A cursor may be made up: nothing stands behind the end.
          const { size } = await handle.stat();
          const end = before?.[0] === segment ? Math.min(before[1], size) : size;
          for await (const found of findIn(handle, { segment, end, size }, sought, budget)) {
            yield found;
            if (!('line' in found)) return;
          }
        } finally {
          await handle.close();
        }
      }
    },
  };
}

interface Extent {
  readonly segment: number;
  readonly end: number;
  readonly size: number;
}

async function* findIn(
  handle: FileHandle,
  { segment, end, size }: Extent,
  sought: Sought,
  budget: Budget,
): AsyncGenerator<FoundLine | { readonly place: Place }, void> {
  // A line that begins before `end` may go on behind it.
  let [before, reach, span] = [end, await endOfLine(handle, end, size), chunkBytes];
  while (before > 0) {
    if (budget.bytes <= 0 || budget.signal?.aborted) {
      yield { place: [segment, before] };
      return;
    }
    const from = Math.max(0, before - span);
    const bytes = await readRange(handle, from, reach);
    budget.bytes -= bytes.length;
    const first = from === 0 ? 0 : bytes.indexOf(0x0a) + 1;
    const hasLines = from === 0 || (first > 0 && from + first < before);
    if (!hasLines && span < mostOfLine) {
      // The line that ends here begins before all that was read.
      span *= 2;
      continue;
    }
    for (const begin of beginsOf(bytes, sought, first, before - from).reverse()) {
      const line = bytes.toString('utf8', begin, bytes.indexOf(0x0a, begin));
      yield { line, place: [segment, from + begin] };
    }
    before = hasLines && from > 0 ? from + first : from;
    [reach, span] = [before, chunkBytes];
  }
}

/** Behind the first line's end from a place on. */
async function endOfLine(handle: FileHandle, place: number, size: number): Promise<number> {
  for (let from = place; from < Math.min(size, place + mostOfLine); from += chunkBytes) {
    const bytes = await readRange(handle, from, Math.min(from + chunkBytes, size));
    const end = bytes.indexOf(0x0a);
    if (end >= 0) return from + end + 1;
  }
  return size;
}

/** Where whole lines begin that hold what is sought, from `first` on and before `limit`, in their order. */
function beginsOf(bytes: Buffer, { text, parties }: Sought, first: number, limit: number): number[] {
  const begins = new Set<number>();
  /** Takes the line at a place; gives where to go on, or -1 where there is nothing more to find. */
  const take = (at: number, isWanted: boolean): number => {
    const begin = bytes.lastIndexOf(0x0a, at) + 1;
    const end = bytes.indexOf(0x0a, at);
    if (begin >= limit || end < 0) return -1;
    if (isWanted) begins.add(begin);
    return isWanted ? end : at;
  };
  for (let at = bytes.indexOf(text, first); at >= 0;) {
    const next = take(at, true);
    at = next < 0 ? -1 : bytes.indexOf(text, next);
  }
  if (parties === null || parties.size === 0) return [...begins];
  for (let at = bytes.indexOf(partyBeginning, first); at >= 0;) {
    const mark = at + partyBeginning.length;
    const end = bytes.indexOf(0x22, mark);
    const isHis = end > mark && end - mark <= markBytes && parties.has(bytes.toString('latin1', mark, end));
    const next = isHis || at >= limit ? take(at, isHis) : mark;
    at = next < 0 ? -1 : bytes.indexOf(partyBeginning, Math.max(next, mark));
  }
  return [...begins].sort((one, other) => one - other);
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

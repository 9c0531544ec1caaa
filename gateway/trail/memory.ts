/** Records in memory: as they would stand in a chain, without one. */

import { setImmediate as immediate } from 'node:timers/promises';

import { holds, type ChainReader } from './places.ts';

export interface Memory {
  append(records: readonly string[]): Promise<void>;
  readonly reader: ChainReader;
}

/** Keeps the newest: between so many characters and twice as many. */
export function createMemory(most = 1 << 23): Memory {
  const kept: string[] = [];
  let length = 0;
  let dropped = 0;
  return {
    append(records) {
      for (const fields of records) {
        const line = `{"kind":"record",${fields}}`;
        length += line.length;
        kept.push(line);
      }
      // Many at once: each cut moves all the others.
      if (length > 2 * most) {
        let old = 0;
        while (length > most) length -= kept[old++]!.length;
        kept.splice(0, old);
        dropped += old;
      }
      return Promise.resolve();
    },
    reader: {
      name: 'memory',
      async *find(sought, before, budget) {
        let place = Math.min(before?.[1] ?? Infinity, dropped + kept.length);
        let read = 0;
        // The oldest may be dropped meanwhile.
        while (--place >= dropped) {
          if (budget.bytes <= 0 || budget.signal?.aborted) {
            yield { place: [1, place + 1] };
            return;
          }
          const line = kept[place - dropped]!;
          budget.bytes -= line.length;
          read += line.length;
          if (holds(line, sought)) yield { line, place: [1, place] };
          if (read < mostAtOnce) continue;
          // Others have their turn.
          await immediate();
          read = 0;
        }
      },
    },
  };
}

/** Characters that are searched in one turn. */
const mostAtOnce = 1 << 18;

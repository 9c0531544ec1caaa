/** Records in memory: as they would stand in a chain, without one. */

import type { ChainReader } from './places.ts';

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
      find(text, before) {
        const last = before ? before[1] - dropped : kept.length;
        for (let at = Math.min(last, kept.length) - 1; at >= 0; at -= 1) {
          const line = kept[at];
          if (line?.includes(text)) return Promise.resolve({ line, place: [1, at + dropped] });
        }
        return Promise.resolve(null);
      },
    },
  };
}

/** Records in memory: as they would stand in a chain, without one. */

import type { ChainReader } from './places.ts';

export interface Memory {
  append(records: readonly string[]): Promise<void>;
  readonly reader: ChainReader;
}

/** Keeps at most so many, the newest. */
export function createMemory(most = 10_000): Memory {
  const kept: string[] = [];
  let dropped = 0;
  return {
    append(records) {
      for (const fields of records) kept.push(`{"kind":"record",${fields}}`);
      // By many at once: each cut moves all the others.
      if (kept.length > 2 * most) dropped += kept.splice(0, kept.length - most).length;
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

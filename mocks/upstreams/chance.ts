import { createHash } from 'node:crypto';

/** A repeatable run of choices: the same seed and labels give the same choices on every machine. */
export interface Chance {
  /** A number in [0, 1). */
  next(): number;
  /** True in the share `p` of all runs. */
  hit(p: number): boolean;
  /** An integer from `low` to `high`, both inclusive. */
  between(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** `count` characters of an alphabet, decimal digits by default. */
  text(count: number, alphabet?: string): string;
  /** A civil date `YYYY-MM-DD` from 1 January of `firstYear` to 28 December of `lastYear`. */
  date(firstYear: number, lastYear: number): string;
}

/** Starts the run of choices that belongs to a seed and labels (a label is hashed, never kept). */
export function createChance(seed: string, ...labels: readonly string[]): Chance {
  let state = createHash('sha256')
    .update(JSON.stringify([seed, ...labels]))
    .digest()
    .readUInt32LE(0);

  // mulberry32: 32 bits of state are plenty for one person's possessions.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(list: readonly T[]) => list[between(0, list.length - 1)]!;

  return {
    next,
    between,
    pick,
    hit: (p) => next() < p,
    text: (count, alphabet = '0123456789') => Array.from({ length: count }, () => pick(Array.from(alphabet))).join(''),
    date: (firstYear, lastYear) =>
      [between(firstYear, lastYear), between(1, 12), between(1, 28)].map((n) => String(n).padStart(2, '0')).join('-'),
  };
}

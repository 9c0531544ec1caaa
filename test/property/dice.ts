/** Random choices read from a tape of numbers, so that fast-check shrinks everything the same way: to fewer and smaller choices. */

import fc, { type Arbitrary } from 'fast-check';

/** Choices in the order of the tape. When the tape is over, or holds zeros, each choice is the simplest one. */
export interface Dice {
  /** A whole number from 0 to `most`. */
  upTo(most: number): number;
  /** True in one of so many cases; false is simpler. */
  oneIn(cases: number): boolean;
  /** One of these; the first is the simplest. */
  pick<T>(values: readonly T[]): T;
}

/** A random tape of at most `length` choices. */
export function randomTape(length: number): Arbitrary<readonly number[]> {
  return fc.noBias(fc.array(fc.nat(0xffff), { maxLength: length, minLength: 0, size: 'max' }));
}

/** Reads a tape from its beginning. */
export function createDice(tape: readonly number[]): Dice {
  let place = 0;
  const next = () => tape[place++] ?? 0;
  return {
    upTo: (most) => next() % (most + 1),
    oneIn: (cases) => next() % cases === cases - 1,
    pick: (values) => values[next() % values.length]!,
  };
}

/**
 * A small generator of numbers that gives the same sequence on every machine: 32-bit integer arithmetic only.
 * `Math.random` cannot be seeded, and `Math.exp` or `Math.log` may differ in the last bit between engines.
 */

/** A sequence of pseudo-random choices. */
export interface Random {
  /** A whole number from 0 to `limit` − 1; `limit` is 1 … 2³². */
  below(limit: number): number;
  /** A whole number from `first` to `last`, both included; `first` when the range is empty. */
  between(first: number, last: number): number;
  /** True with the probability `share` (0 … 1). */
  chance(share: number): boolean;
  /** A number from 0 to 1, 1 excluded. */
  share(): number;
  /** One element of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** One value of a table, in proportion to its weights (whole numbers). */
  weigh<T>(table: Weighted<T>): T;
}

/** Values with whole-number weights. */
export type Weighted<T> = readonly (readonly [value: T, weight: number])[];

const two32 = 4294967296;
const shuffleStep = 7_368_787;

/** The sequence that belongs to a path of names and numbers: the same path, the same sequence. */
export function randomAt(...path: readonly (string | number)[]): Random {
  return new Sequence(path.join('/'));
}

/** The `index`-th element (0 … `size` − 1) of a fixed shuffle of 0 … `size` − 1; `size` is at most 10⁸. */
export function shuffled(index: number, size: number, offset: number): number {
  // A prime that does not divide the size hits every residue once; the product stays below 2⁵³.
  return (index * shuffleStep + offset) % size;
}

/**
 * Chris Doty-Humphrey's Small Fast Counter generator with 32-bit words; a text is hashed into its three words of state.
 * A class, because a city makes a million of them and closures cost several times as much.
 */
class Sequence implements Random {
  private a = 0x9e3779b9;
  private b = 0x243f6a88;
  private c = 0xb7e15162;
  private counter = 1;

  constructor(text: string) {
    for (let at = 0; at < text.length; at += 1) this.absorb(text.charCodeAt(at));
    // The first words still show the text; a dozen rounds mix them.
    for (let round = 0; round < 12; round += 1) this.next();
  }

  below(limit: number): number {
    return Math.floor(this.share() * limit);
  }

  between(first: number, last: number): number {
    return last <= first ? first : first + this.below(last - first + 1);
  }

  chance(share: number): boolean {
    return this.share() < share;
  }

  share(): number {
    return this.next() / two32;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  weigh<T>(table: Weighted<T>): T {
    let total = 0;
    for (const [, weight] of table) total += weight;
    let rest = this.below(total);
    for (const [value, weight] of table) {
      if (rest < weight) return value;
      rest -= weight;
    }
    throw new RangeError('A table of weights needs at least one positive weight.');
  }

  private absorb(unit: number): void {
    this.a = Math.imul(this.a ^ unit, 0x85ebca6b);
    this.b = Math.imul(this.b ^ unit, 0xc2b2ae35) ^ (this.a >>> 13);
    this.c = Math.imul(this.c ^ unit ^ (this.a >>> 15), 0x27d4eb2f);
  }

  private next(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}

/** The rows of a random library: few values, so that there are ties; nulls, empty branches, text beyond the BMP. */

import type { Dice } from '../dice.ts';

export interface Loan {
  readonly number: string;
  readonly madeOn: string | null;
  readonly kind: string | null;
  /** In fen. */
  readonly fee: bigint | null;
  readonly title: string | null;
  readonly isReturned: boolean;
  readonly weight: number | null;
  readonly pages: number | null;
  readonly volume: { readonly title: string | null; readonly year: number | null } | null;
  readonly notes: readonly Note[];
  readonly reader: string | null;
  /** The reader's name as it was given with this loan. */
  readonly name: string | null;
}

export interface Note {
  readonly position: number;
  readonly text: string | null;
  readonly marks: readonly number[] | null;
  readonly by: string | null;
}

/** What one branch knows of a reader beside loans. */
export interface Card {
  readonly birthYear: number | null;
  readonly isMember: boolean | null;
  readonly hasConsented: boolean | null;
  readonly lastSeenAt: string | null;
  readonly visits: number | null;
  readonly home: {
    readonly city: string | null;
    readonly visits: number | null;
    readonly years: readonly number[];
  } | null;
}

export interface Branch {
  readonly code: string;
  readonly currency: string;
  readonly loans: readonly Loan[];
  readonly cards: ReadonlyMap<string, Card>;
}

/** A club as the office keeps it. */
export interface Club {
  readonly id: string;
  readonly title: string | null;
  readonly kind: string | null;
  readonly branches: readonly string[] | null;
}

/** Everything that there is. */
export interface Library {
  readonly branches: readonly Branch[];
  readonly clubs: readonly Club[];
}

export const branchCodes = ['a', 'b', 'c', 'd'] as const;
export const kinds = ['NOVEL', 'ATLAS', 'SCORE'] as const;
export const days = ['2020-05-05', '2021-01-01', '2021-12-31', '2024-02-29'] as const;
/** In bytes of UTF-8 the last but one stands behind all others, in JavaScript's own order it does not. */
export const titles = ['Tea', 'Te', '茶', '', 'Ｔｅａ', '🍵', 'tea'] as const;
export const readerIds = ['1', '2', '甲', 'only a 1', 'only b 1'] as const;
export const clubIds = ['x', 'y', 'z'] as const;

/** Random rows; all of them in one branch now and then. */
export function randomLibrary(dice: Dice): Library {
  const all = dice.oneIn(8) ? dice.pick(branchCodes) : null;
  return {
    branches: branchCodes.map((code) => {
      const count = all === null ? dice.upTo(5) : code === all ? dice.upTo(12) : 0;
      return randomBranch(dice, code, count);
    }),
    clubs: clubIds.slice(0, dice.upTo(clubIds.length)).map((id) => ({
      id,
      title: maybe(dice, () => dice.pick(titles)),
      kind: maybe(dice, () => dice.pick(kinds)),
      branches: dice.oneIn(2) ? branchCodes.filter(() => dice.oneIn(2)) : null,
    })),
  };
}

function randomBranch(dice: Dice, code: string, count: number): Branch {
  const readers = readerIds.filter((id) => !id.startsWith('only ') || id.startsWith(`only ${code} `));
  const serials = Array.from({ length: count }, (_, index) => index + 1);
  return {
    code,
    currency: dice.oneIn(12) ? 'EUR' : 'CNY',
    loans: serials.map((serial) => randomLoan(dice, `${code}-${String(serial).padStart(3, '0')}`, readers)),
    cards: new Map(readers.filter(() => dice.oneIn(3)).map((id) => [id, randomCard(dice)])),
  };
}

function randomLoan(dice: Dice, number: string, readers: readonly string[]): Loan {
  return {
    number,
    madeOn: maybe(dice, () => dice.pick(days)),
    kind: maybe(dice, () => dice.pick(kinds)),
    fee: maybe(dice, () => BigInt(dice.pick([0, 1, 99, 100, 12_345, 999_999_999]))),
    title: maybe(dice, () => dice.pick(titles)),
    isReturned: dice.oneIn(2),
    weight: maybe(dice, () => dice.pick([0, 0.5, 1.25, 3])),
    pages: maybe(dice, () => dice.upTo(400)),
    volume: maybe(dice, () => ({
      title: maybe(dice, () => dice.pick(titles)),
      year: maybe(dice, () => 1900 + dice.upTo(9)),
    })),
    notes: Array.from({ length: dice.oneIn(2) ? dice.upTo(2) : 0 }, (_, index) => ({
      position: index + 1,
      text: maybe(dice, () => dice.pick(titles)),
      marks: maybe(dice, () => [1, 2, 3].slice(dice.upTo(3))),
      by: maybe(dice, () => dice.pick(readers)),
    })),
    reader: maybe(dice, () => dice.pick(readers)),
    name: maybe(dice, () => dice.pick(['Wang', '王', '𠮷野'])),
  };
}

function randomCard(dice: Dice): Card {
  return {
    birthYear: maybe(dice, () => (dice.oneIn(9) ? 1981 : 1980)),
    isMember: maybe(dice, () => dice.oneIn(2)),
    hasConsented: maybe(dice, () => dice.oneIn(2)),
    lastSeenAt: maybe(dice, () => `${dice.pick(days)}T08:00:00+08:00`),
    visits: maybe(dice, () => dice.upTo(3)),
    home: maybe(dice, () => ({
      city: maybe(dice, () => (dice.oneIn(9) ? 'Xuzhou' : 'Suzhou')),
      visits: maybe(dice, () => dice.upTo(3)),
      years: [2019, 2020, 2021].slice(dice.upTo(3)),
    })),
  };
}

/** Null in one of four cases. */
function maybe<T>(dice: Dice, value: () => T): T | null {
  return dice.oneIn(4) ? null : value();
}

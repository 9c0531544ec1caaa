/** By what rows are found, and what is said of readers and loans: small rules of the program. */

import type { Branch } from './rows.ts';
import type { Sitting } from './sitting.ts';
import { present, sameOf, sumOf, type Row } from './values.ts';

/** Which rows are asked for. */
export interface Filter {
  readonly branches?: readonly string[] | null;
  readonly numbers?: readonly string[] | null;
  readonly kind?: string | null;
  readonly made?: { readonly from?: string | null; readonly days?: readonly string[] | null } | null;
}

/** Whether a branch has a card, a loan or a note of a reader. */
export function isKnownTo({ cards, loans }: Branch, id: string): boolean {
  return cards.has(id) || loans.some((loan) => loan.reader === id || loan.notes.some((note) => note.by === id));
}

/** Some readers are known to one branch only, as their ids say. */
export function withinHome(id: string, codes: readonly string[]): string[] {
  const home = /^only (\w) /.exec(id)?.[1];
  return codes.filter((code) => home === undefined || code === home);
}

/** What the bindery makes of what it requires of a loan; what did not reach it, it calls lost. */
export function conditionOf(loan: {
  readonly madeOn?: string | null;
  readonly volume?: {
    readonly title?: string | null;
    readonly edition?: { readonly year?: number | null } | null;
  } | null;
}) {
  const said = (value: unknown) => (value === undefined ? 'LOST' : JSON.stringify(value));
  const { madeOn, volume } = loan;
  const parts = [madeOn, volume && volume.title, volume && volume.edition && volume.edition.year];
  return { text: parts.map(said).join(' '), grade: madeOn == null ? null : Number(madeOn.slice(-1)) };
}

/** What the bindery calls a reader. */
export function nicknameOf(id: string): string {
  return `${id}!`;
}

/** The rows that a filter leaves. */
export function matching(rows: readonly Row[], filter: Filter | null | undefined): Row[] {
  const { branches, numbers, kind, made } = filter ?? {};
  return rows
    .filter(({ code }) => branches?.includes(code) ?? true)
    .filter(({ loan }) => numbers?.includes(loan.number) ?? true)
    .filter(({ loan }) => kind == null || loan.kind === kind)
    .filter(({ loan }) => made?.from == null || (loan.madeOn !== null && loan.madeOn >= made.from))
    .filter(({ loan }) => made?.days == null || (loan.madeOn !== null && made.days.includes(loan.madeOn)));
}

/** What several cards say of a home, as one. */
export function homeOf(homes: readonly { city: string | null; visits: number | null; years: readonly number[] }[]) {
  if (homes.length === 0) return null;
  const years = homes.flatMap((home) => home.years);
  return {
    city: (_: object, sitting: Sitting) =>
      sameOf(
        homes.map((home) => home.city),
        sitting,
      ),
    visits: sumOf(homes.map((home) => home.visits)),
    span: years.length === 0 ? null : { from: `${Math.min(...years)}-01-01`, to: `${Math.max(...years)}-01-01` },
    byYear: [...new Set(years)]
      .sort((a, b) => a - b)
      .map((year) => ({
        year,
        count: years.filter((own) => own === year).length,
        anyKept: null,
        branches: [],
        span: null,
      })),
  };
}

/** Whether one says so; null when nobody says anything. */
export function anyOf(values: readonly (boolean | null)[]): boolean | null {
  const known = present(values);
  return known.length === 0 ? null : known.includes(true);
}

/** Whether all say so; null when nobody says anything. */
export function allOf(values: readonly (boolean | null)[]): boolean | null {
  const known = present(values);
  return known.length === 0 ? null : !known.includes(false);
}

/** What both have. */
export function intersect(left: readonly string[], right: readonly string[]): string[] {
  return left.filter((code) => right.includes(code));
}

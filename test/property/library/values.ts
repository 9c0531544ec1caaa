/** What a library says of some of its loans: plain loops over rows, each of which gives the same over parts of them, merged. */

import { compare } from './order.ts';
import { kinds, type Loan } from './rows.ts';
import type { Sitting } from './sitting.ts';

/** A loan, and the branch that lent it. */
export interface Row {
  readonly loan: Loan;
  readonly code: string;
  readonly currency: string;
}

/** Sums, extremes and groups, as `Statistics` has them without its coverage. */
export function statisticsOf(rows: readonly Row[]) {
  const loans = rows.map(({ loan }) => loan);
  const weights = () => present(loans.map((loan) => loan.weight)).sort((a, b) => a - b);
  const titles = () => distinct(loans.map((loan) => loan.title));
  const latest = () => latestOf(rows, (loan) => loan.title);
  return {
    count: rows.length,
    fees: () => moneyOf(loans.map((loan) => loan.fee)),
    pages: () => present(loans.map((loan) => loan.pages)).reduce((sum, own) => sum + own, 0),
    anyKept: () => loans.some((loan) => !loan.isReturned),
    allReturned: () => loans.every((loan) => loan.isReturned),
    heaviest: () => weights().at(-1) ?? null,
    lightest: () => weights()[0] ?? null,
    firstTitle: () => titles()[0] ?? null,
    lastTitle: () => titles().at(-1) ?? null,
    plainest: () => kinds.find((kind) => loans.some((loan) => loan.kind === kind)) ?? null,
    currency: (_: object, sitting: Sitting) =>
      sameOf(
        rows.map(({ currency }) => currency),
        sitting,
      ),
    latestTitle: () => latest().value,
    latestOn: () => latest().day,
    span: () => spanOf(rows),
    byKind: () => byKind(rows),
    byYear: () => byYear(rows),
    titles,
  };
}

/** Groups by kind, as the enum has them. */
export function byKind(rows: readonly Row[]) {
  const present = kinds.filter((kind) => rows.some(({ loan }) => loan.kind === kind));
  return present.map((kind) => {
    const own = rows.filter(({ loan }) => loan.kind === kind);
    return {
      kind,
      count: own.length,
      fees: () => moneyOf(own.map(({ loan }) => loan.fee)),
      titles: () => distinct(own.map(({ loan }) => loan.title)),
      latestTitle: () => latestOf(own, (loan) => loan.title).value,
      latestOn: () => latestOf(own, (loan) => loan.title).day,
      span: () => spanOf(own),
      byYear: () => byYear(own),
    };
  });
}

/** Groups by year, ascending; loans without a day are in none. */
export function byYear(rows: readonly Row[]) {
  const yearOf = ({ loan }: Row) => (loan.madeOn === null ? null : Number(loan.madeOn.slice(0, 4)));
  const years = [...new Set(present(rows.map(yearOf)))].sort((a, b) => a - b);
  return years.map((year) => {
    const own = rows.filter((row) => yearOf(row) === year);
    return {
      year,
      count: own.length,
      anyKept: own.some(({ loan }) => !loan.isReturned),
      branches: () => distinct(own.map(({ code }) => code)),
      span: () => spanOf(own),
    };
  });
}

/** First and last day. */
export function spanOf(rows: readonly Row[]) {
  const days = distinct(rows.map(({ loan }) => loan.madeOn));
  return { from: days[0] ?? null, to: days.at(-1) ?? null };
}

/** The value of the latest loan that has one, and its day; of several, that with the first number. */
export function latestOf(rows: readonly Row[], valueOf: (loan: Loan) => string | null) {
  const [latest] = rows
    .map(({ loan }) => loan)
    .filter((loan) => valueOf(loan) !== null)
    .sort((a, b) => compare(b.madeOn ?? '', a.madeOn ?? '') || compare(a.number, b.number));
  return { value: latest ? valueOf(latest) : null, day: latest?.madeOn ?? null };
}

/** The one value that all give; several are told to the sitting. */
export function sameOf<T>(values: readonly (T | null)[], sitting: Sitting): T | null {
  const different = new Set(present(values));
  if (different.size > 1) sitting.conflicts += 1;
  return different.size === 1 ? [...different][0]! : null;
}

/** Yuan with two decimals; null when nobody paid anything, not even nothing. */
export function moneyOf(fen: readonly (bigint | null)[]): string | null {
  const known = present(fen);
  if (known.length === 0) return null;
  const digits = String(known.reduce((sum, own) => sum + own, 0n)).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The sum of what is known; null when nothing is. */
export function sumOf(values: readonly (number | null)[]): number | null {
  const known = present(values);
  return known.length === 0 ? null : known.reduce((sum, own) => sum + own, 0);
}

/** Each text once, in bytes of UTF-8. */
export function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(present(values))].sort(compare);
}

export function present<T>(values: readonly (T | null)[]): T[] {
  return values.filter((value) => value !== null);
}

/** One trial: an operation, rows, and what hub and oracle make of them. */

import { askBindery, toBranchAsk, toOfficeAsk } from './library/asks.ts';
import type { Library } from './library/rows.ts';
import type { City } from './engine.ts';
import { measured, type Operation } from './operations.ts';

/** Everybody answers truly. */
export function toCity(library: Library): City {
  return {
    branches: new Map(library.branches.map((branch) => [branch.code, toBranchAsk(branch)])),
    office: toOfficeAsk(library),
    bindery: askBindery,
  };
}

/** An answer without what is measured: how long it took, and when. */
export function withoutMeasures(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (key, own: unknown) => (measured.has(key) ? undefined : own)),
  ) as unknown;
}

/** The first place where two values differ, for whoever reads the failure; null when they are equal. */
export function differenceOf(left: unknown, right: unknown, path = 'data'): string | null {
  if (left === right) return null;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return `${path}: the hub says ${JSON.stringify(left)}, the oracle ${JSON.stringify(right)}`;
  }
  const [a, b] = [left as Record<string, unknown>, right as Record<string, unknown>];
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const difference = differenceOf(a[key], b[key], `${path}.${key}`);
    if (difference !== null) return difference;
  }
  return Array.isArray(left) === Array.isArray(right) ? null : `${path}: a list and an object`;
}

/** Everything that is needed to see a failure by eye. */
export function described(
  said: string,
  { query }: Operation,
  variables: Readonly<Record<string, unknown>>,
  ...more: readonly unknown[]
): Error {
  const texts = more.map((own) =>
    JSON.stringify(own, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one)),
  );
  return new Error([said, query, JSON.stringify(variables), ...texts].join('\n'));
}

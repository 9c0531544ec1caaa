/** The merge rules for single values (horizontal rules, 8). Null means "says nothing" and never beats a value. */

import type { GraphQLNamedType } from 'graphql';

import { titleOf } from '../members.ts';
import { disputed, FailedValue } from './failed.ts';
import type { Merge, MergeScope, Part } from './merge.ts';
import { compareOf, sumOf } from './scalars.ts';

/** SUM: exact; null + null = null, null + 1 = 1; nobody asked = the neutral element. */
export function sum(type: GraphQLNamedType): Merge {
  const { zero, add } = sumOf(type);
  return (parts, scope) => {
    const values = valuesOf(parts);
    if (values.length === 0) return parts.length === 0 && !scope.hasGaps ? zero : null;
    return values.reduce(add);
  };
}

/** MIN (direction 1) and MAX (direction −1) by the type's order. */
export function least(type: GraphQLNamedType, direction: 1 | -1): Merge {
  const compare = compareOf(type);
  return (parts) => {
    const values = valuesOf(parts);
    if (values.length === 0) return null;
    return values.reduce((best, value) => (direction * compare(value, best) < 0 ? value : best));
  };
}

/** ANY: true as soon as one says so; under a gap "nobody said so" is unknown. */
export const any: Merge = (parts, scope) => decide(parts, scope, true);

/** ALL: false as soon as one says so; under a gap "all said so" is unknown. */
export const all: Merge = (parts, scope) => decide(parts, scope, false);

/** SAME: the one value all agree on; two values are a CONFLICT that names both members. */
export const same: Merge = (parts, scope) => {
  const [first, ...others] = parts.filter(isValue);
  if (!first || parts.some(isDisputed)) return null;
  const other = others.find((part) => JSON.stringify(part.value) !== JSON.stringify(first.value));
  if (!other) return first.value;
  scope.ledger.report({
    code: 'CONFLICT',
    message: `${titleOf(scope.members, first.member)} and ${titleOf(scope.members, other.member)} give different values where all have to agree.`,
    path: scope.path,
    facts: { courts: [first.member, other.member].filter((speaker) => scope.members.behind(speaker) === null) },
  });
  return null;
};

/**
 * FIRST_BY: the value of the object whose hidden key is greatest, or that key itself; of equal ones the first. Takes the
 * objects themselves.
 */
export function firstBy(
  key: string,
  orderKey: string,
  orderType: GraphQLNamedType,
  what: 'value' | 'order' = 'value',
): Merge {
  const compare = compareOf(orderType);
  return (objects) => {
    let best: { order: unknown; value: unknown } | undefined;
    for (const { value } of objects) {
      const object = value as Record<string, unknown>;
      const candidate = { order: orderOf(object[orderKey]), value: object[key] };
      if (candidate.value == null || candidate.value instanceof FailedValue) continue;
      if (!best || isAhead(candidate.order, best.order, compare)) best = candidate;
    }
    return best?.[what] ?? null;
  };
}

function orderOf(value: unknown): unknown {
  return value instanceof FailedValue ? null : (value ?? null);
}

function isAhead(left: unknown, right: unknown, compare: (a: unknown, b: unknown) => number): boolean {
  if (left === null || right === null) return left !== null;
  return compare(left, right) > 0;
}

function decide(parts: readonly Part[], scope: MergeScope, decisive: boolean): boolean | null {
  const values = valuesOf(parts);
  if (values.includes(decisive)) return decisive;
  // A null says nothing; a value that failed or was not asked might have said it.
  const isLost = parts.some(({ value }) => value === undefined || value instanceof FailedValue);
  return scope.hasGaps || isLost || (values.length === 0 && parts.length > 0) ? null : !decisive;
}

function valuesOf(parts: readonly Part[]): unknown[] {
  return parts.filter(isValue).map((part) => part.value);
}

function isDisputed({ value }: Part): boolean {
  return value instanceof FailedValue && value.reason === disputed;
}

function isValue(part: Part): boolean {
  return part.value != null && !(part.value instanceof FailedValue);
}

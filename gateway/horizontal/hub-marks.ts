/** What a hub told of values inside its answer, marked where they stand. */

import type { ResponsePath } from '../ledger/ledger.ts';
import { fieldNamesIn } from './coverage.ts';
import { disputed, FailedValue, type Blemish } from './failed.ts';
import { hiddenKey } from './hidden.ts';
import type { HubWord } from './hub-word.ts';

/**
 * A null that a hub tells of is no silence. Where its members disagree another's value does not settle it; what failed is
 * absent, since a null would be taken for a fact. Changes the data.
 */
export function markTold(data: Record<string, unknown>, { tellings }: HubWord): void {
  const mark = (value: unknown, [step, ...rest]: ResponsePath, instead: FailedValue | undefined): void => {
    if (typeof value !== 'object' || value === null || step === undefined) return;
    if (step === '@') {
      for (const item of Array.isArray(value) ? (value as unknown[]) : []) mark(item, rest, instead);
      return;
    }
    const holder = value as Record<string, unknown>;
    if (rest.length > 0) mark(holder[step], rest, instead);
    else if (holder[step] === null) holder[step] = instead;
  };
  for (const { code, paths } of tellings) {
    const instead = code === 'CONFLICT' ? new FailedValue('DEGRADED', disputed) : undefined;
    // Roots and entities that are null have their own meaning.
    for (const path of paths) if (path.length > (path[0] === '_entities' ? 2 : 1)) mark(data, path, instead);
  }
}

/** Values that a hub left out and has told whose they were are no fault of all the others behind it. */
export function withoutTold(
  rows: readonly Blemish[],
  data: Readonly<Record<string, unknown>>,
  word: HubWord,
): Blemish[] {
  const told = new Set<unknown>([
    ...word.tellings.flatMap(({ paths }) => paths.flat()),
    ...[...word.coverage.values()].flat().flatMap(({ missingFields }) => missingFields ?? []),
    ...missingInside(data),
  ]);
  return rows.filter(({ field, reason }) => reason !== 'MISSING' || !told.has(field));
}

/** The fields that coverage inside an answer names as missing: of its roots, and of its entities' fields. */
function missingInside(data: Readonly<Record<string, unknown>>): string[] {
  const entities = (Array.isArray(data['_entities']) ? (data['_entities'] as unknown[]) : []).filter(isObject);
  return [...Object.values(data), ...entities.flatMap((entity) => Object.values(entity))]
    .filter(isObject)
    .flatMap((value) => {
      const courts = (value[hiddenKey('coverage')] as { courts?: unknown } | undefined)?.courts;
      return (Array.isArray(courts) ? (courts as unknown[]) : []).flatMap((court) =>
        isObject(court) ? (fieldNamesIn(court['missingFields']) ?? []) : [],
      );
    });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof FailedValue);
}

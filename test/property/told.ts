/** How the answers of two executors are held against each other. */

import type { Told } from './executors.ts';

/** Whether two executors told the same; where stock errs about a place in a list, or both tell one of several, `excused`. */
export function compareTold(ours: Told, stock: Told): 'same' | 'excused' | 'different' {
  if (ordered(ours) !== ordered(stock) || ours.account.join() !== stock.account.join()) return 'different';
  if (ours.paths.join() === stock.paths.join()) return 'same';
  return isExcused(ours, stock) || isOneOfSeveral(ours, stock) ? 'excused' : 'different';
}

/** The data with its keys in one order: stock gives them in an order of its own. */
function ordered({ data }: Told): string {
  return JSON.stringify(JSON.parse(data), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  );
}

/** Where a list has objects that a fetch is not about, stock counts them: its path is that of another object. */
function isExcused(ours: Told, stock: Told): boolean {
  const kindsOf = ({ paths }: Told) => [...new Set(paths.map(kindOf))].sort().join();
  return kindsOf(ours) === kindsOf(stock) && ours.paths.every((path) => isNullAt(ours, path));
}

/**
 * Whether what one of them alone tells stands in something that became null, of which the other tells an error as well. Both stop at the first
 * field that takes its object along (GraphQL specification, Handling Field Errors), and stock takes fields in an order of its own.
 */
function isOneOfSeveral(ours: Told, stock: Told): boolean {
  const nullOf = (path: string) => nullAbove(ours, JSON.parse(path) as Place);
  const isAmong = (path: string, { paths }: Told) => {
    const place = nullOf(path);
    return place !== null && paths.some((other) => nullOf(other) === place);
  };
  return ours.paths.every((path) => isAmong(path, stock)) && stock.paths.every((path) => isAmong(path, ours));
}

type Place = readonly (string | number)[];

/** Where the answer has null on the way to a place, before it is reached; null where it has none. */
function nullAbove({ data }: Told, path: Place): string | null {
  let value: unknown = JSON.parse(data);
  for (const [at, step] of path.entries()) {
    if (value === null) return JSON.stringify(path.slice(0, at));
    if (typeof value !== 'object' || !Object.hasOwn(value, step)) return null;
    value = (value as Record<string | number, unknown>)[step];
  }
  return null;
}

/** The place of an error without the indexes of lists. */
function kindOf(path: string): string {
  return path.replaceAll(/,\d+/g, ',@');
}

/** Whether a path of an error ends in null, in what another subgraph requires and nobody asked for, or above it something was made null. */
function isNullAt({ data }: Told, path: string): boolean {
  let value: unknown = JSON.parse(data);
  for (const step of JSON.parse(path) as (string | number)[]) {
    if (value == null) return true;
    // A client may call a field `toString`, which every object has of its kind.
    value = Object.hasOwn(value, step) ? (value as Record<string | number, unknown>)[step] : undefined;
  }
  return value == null;
}

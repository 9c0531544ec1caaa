/** The columns of one row: nested objects become dotted columns, lists of objects stand apart. */

import { isConnection, toRows, toRowShape } from './connection.ts';
import { isObject } from './json.ts';
import type { Shape } from './shape.ts';

export interface Column {
  readonly path: readonly string[];
  readonly type: string | null;
  /** Set where the column is a list of objects, which a row can only count. */
  readonly list: NestedList | null;
}

/** A list of objects inside a row. */
export interface NestedList {
  readonly path: readonly string[];
  /** Of one of its rows. */
  readonly shape: Shape;
}

/** The columns in the order of the question. Coverage and page positions are no columns: they are told elsewhere. */
export function toColumns({ fields }: Shape, above: readonly string[] = []): readonly Column[] {
  return (fields ?? []).filter(isShown).flatMap((field): readonly Column[] => {
    const path = [...above, field.key];
    if (field.fields === null) return [{ path, type: field.type, list: null }];
    if (field.isList) return [{ path, type: null, list: { path, shape: field } }];
    if (!isConnection(field)) return toColumns(field, path);
    const rest = { ...field, fields: field.fields.filter(({ key }) => key !== 'edges') };
    return [...toColumns(rest, path), { path, type: null, list: { path, shape: toRowShape(field) } }];
  });
}

/** A plain value in a row, by the path of its column; null where something on the way is null. */
export function valueAt(row: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? (value[key] ?? null) : null), row);
}

/** The rows of a nested list; null where there is none. */
export function rowsAt(row: unknown, { path }: NestedList): readonly unknown[] | null {
  const value = valueAt(row, path);
  // A list of lists has its innermost objects as rows.
  return Array.isArray(value) ? (value as unknown[]).flat(Infinity) : toRows(value);
}

function isShown({ key, type }: Shape): boolean {
  return (
    key !== '__typename' && (type ?? key).toLowerCase() !== 'coverage' && (type ?? key).toLowerCase() !== 'pageinfo'
  );
}

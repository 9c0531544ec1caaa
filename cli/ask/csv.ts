/** An answer as one CSV table: one row for each row of one list, and what is listed below it joined in its cells. */

import { stringify } from 'csv-stringify/sync';

import { UsageFault } from '../command.ts';
import { rowsAt, toColumns, valueAt, type Column, type NestedList } from './columns.ts';
import { isConnection, toRows, toRowShape } from './connection.ts';
import { toText, type JsonObject } from './json.ts';
import type { Shape } from './shape.ts';

export interface CsvWish {
  /** The list whose rows are the table's, by its path from the outermost list; null for that one. */
  readonly rows: string | null;
  readonly bom: boolean;
}

interface Row {
  /** The cells of the lists above. */
  readonly above: readonly string[];
  readonly row: unknown;
}

/**
 * The CSV (RFC 4180) of an answer; throws UsageFault when there is no list as wished. `say` is told what other lists there
 * are, since their rows cannot stand in the same table.
 */
export function toCsv(
  shapes: readonly Shape[],
  data: JsonObject,
  { rows: wanted, bom }: CsvWish,
  say: (line: string) => void,
): string {
  const root = shapes.find(({ fields }) => fields !== null) ?? { key: '', type: null, isList: false, fields: shapes };
  const value = root.key === '' ? data : (data[root.key] ?? null);
  const shape = isConnection(root) ? toRowShape(root) : root;
  const rows = isConnection(root) ? (toRows(value) ?? []) : value === null ? [] : [value].flat(Infinity);
  const others = listsOf(shape, '');
  const path = wanted === null ? [] : findPath(shape, wanted, others);
  const { headers, cells } = unfold(
    shape,
    rows.map((row) => ({ above: [], row })),
    path,
    [],
    '',
  );
  const beside = shapes.filter(({ fields, key }) => fields !== null && key !== root.key).map(({ key }) => key);
  if (wanted === null && others.length > 0) {
    say(`Lists are joined in their cells; for a row each: ${others.map((list) => `--rows ${list}`).join(', ')}.`);
  }
  if (beside.length > 0) say(`Not in this table: ${beside.join(', ')}. Ask for them alone, or with --json.`);
  return stringify([headers, ...cells], { bom, record_delimiter: 'windows' });
}

/** Every list below a row, by path. */
function listsOf(shape: Shape, above: string): string[] {
  return toColumns(shape).flatMap(({ list }) => {
    if (!list) return [];
    const path = above + list.path.join('.');
    return [path, ...listsOf(list.shape, `${path}.`)];
  });
}

/** The lists on the way to the wished one. */
function findPath(shape: Shape, wanted: string, known: readonly string[]): readonly NestedList[] {
  for (const { list } of toColumns(shape)) {
    if (!list) continue;
    const path = list.path.join('.');
    if (path === wanted) return [list];
    if (wanted.startsWith(`${path}.`) && known.includes(wanted)) {
      return [list, ...findPath(list.shape, wanted.slice(path.length + 1), listsOf(list.shape, ''))];
    }
  }
  const choice = known.length === 0 ? 'There is none in it.' : `There are ${known.join(', ')}.`;
  throw new UsageFault(`--rows is "${wanted}", which is no list of the answer. ${choice}`);
}

/** The table at the end of the path: a row without rows below it stays, once. */
function unfold(
  shape: Shape,
  rows: readonly Row[],
  [next, ...path]: readonly NestedList[],
  headers: readonly string[],
  prefix: string,
): { readonly headers: readonly string[]; readonly cells: readonly (readonly string[])[] } {
  // On the way down only plain values go along: lists beside the way would be told again in every row.
  const columns = toColumns(shape).filter(({ list }) => !next || list === null);
  const own = columns.flatMap((column) => headersOf(column).map((header) => prefix + header));
  const all = [...headers, ...own];
  const cellsOf = ({ above, row }: Row) => [...above, ...columns.flatMap((column) => cellsOfColumn(row, column))];
  if (!next) return { headers: all, cells: rows.map(cellsOf) };
  const below = rows.flatMap((row): Row[] => {
    const above = cellsOf(row);
    const inner = rowsAt(row.row, next) ?? [];
    return inner.length === 0 ? [{ above, row: null }] : inner.map((item) => ({ above, row: item }));
  });
  return unfold(next.shape, below, path, all, `${prefix}${next.path.join('.')}.`);
}

/** A list has a column for each of its own. */
function headersOf({ path, list }: Column): string[] {
  const name = path.join('.');
  return list
    ? toColumns(list.shape)
        .flatMap(headersOf)
        .map((header) => `${name}.${header}`)
    : [name];
}

function cellsOfColumn(row: unknown, { path, type, list }: Column): string[] {
  if (!list) return [toCell(valueAt(row, path), type)];
  const rows = rowsAt(row, list) ?? [];
  const perRow = rows.map((inner) => toColumns(list.shape).flatMap((column) => cellsOfColumn(inner, column)));
  const { length } = toColumns(list.shape).flatMap(headersOf);
  return Array.from({ length }, (_, at) => perRow.map((cells) => cells[at]).join('; '));
}

function toCell(value: unknown, type: string | null): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => toCell(item, type)).join('; ');
  return guarded(toText(value));
}

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe in front
 * (https://owasp.org/www-community/attacks/CSV_Injection). A negative number is a number.
 */
function guarded(text: string): string {
  return /^[=+\-@\t\r＝＋－＠]/.test(text) && !/^-?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text;
}

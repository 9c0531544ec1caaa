/** An answer as tables for people: what belongs to one row stands in one row, lists in it follow as tables of their own. */

import { isConnection, toRows, toRowShape } from './connection.ts';
import { rowsAt, toColumns, valueAt, type Column } from './columns.ts';
import type { JsonObject } from './json.ts';
import type { Shape } from './shape.ts';

export interface Table {
  readonly kind: 'table';
  readonly title: string;
  readonly depth: number;
  readonly columns: readonly Heading[];
  readonly rows: readonly (readonly unknown[])[];
  /** Said beside the title, such as a total. */
  readonly remark: string;
}

/** One object: a line for each of its values. */
export interface Entry {
  readonly kind: 'entry';
  readonly title: string;
  readonly values: readonly { readonly heading: Heading; readonly value: unknown }[];
}

/** What is null, in words. */
export interface Nothing {
  readonly kind: 'nothing';
  readonly title: string;
}

export interface Heading {
  readonly title: string;
  readonly type: string | null;
}

export type Block = Table | Entry | Nothing;

/** A row on its way into a table: its number (`3.1` is the first of the third), and whose it is. */
interface Item {
  readonly number: string;
  readonly of: unknown;
  readonly row: unknown;
}

/** The blocks of an answer, in the order of the question. */
export function toBlocks(shapes: readonly Shape[], data: JsonObject): readonly Block[] {
  const plain = shapes.filter(({ fields, key }) => fields === null && key !== '__typename');
  const values = plain.map(({ key, type }) => ({ heading: { title: key, type }, value: data[key] ?? null }));
  const blocks = shapes.filter(({ fields }) => fields !== null).flatMap((shape) => rootBlocks(shape, data[shape.key]));
  return values.length > 0 ? [{ kind: 'entry', title: 'answer', values }, ...blocks] : blocks;
}

function rootBlocks(shape: Shape, value: unknown): readonly Block[] {
  const { key: title } = shape;
  if (value === null || value === undefined) return [{ kind: 'nothing', title }];
  const rows = isConnection(shape) ? toRows(value) : Array.isArray(value) ? (value as unknown[]) : null;
  if (rows) {
    const items = rows.map((row, index) => ({ number: String(index + 1), of: null, row }));
    const rowShape = isConnection(shape) ? toRowShape(shape) : shape;
    return toTables(title, 0, rowShape, items, { remark: remarkOf(shape, value) });
  }
  const columns = toColumns(shape);
  const values = columns.flatMap((column) =>
    column.list ? [] : [{ heading: toHeading(column), value: valueAt(value, column.path) }],
  );
  const entry: readonly Block[] = values.length > 0 ? [{ kind: 'entry', title, values }] : [];
  return [
    ...entry,
    ...columns.flatMap(({ list }) => {
      if (!list) return [];
      const items = (rowsAt(value, list) ?? []).map((row, index) => ({ number: String(index + 1), of: null, row }));
      return toTables(`${title} › ${list.path.join('.')}`, 1, list.shape, items);
    }),
  ];
}

/** A table of these rows, then one for each list in them, over all rows together: a column says whose each row is. */
function toTables(
  title: string,
  depth: number,
  shape: Shape,
  items: readonly Item[],
  { remark = '', ofType = null }: { readonly remark?: string; readonly ofType?: string | null } = {},
): readonly Table[] {
  const columns = toColumns(shape);
  const label = columns.find(({ list }) => list === null);
  const isNested = items.some(({ of }) => of !== null);
  const table: Table = {
    kind: 'table',
    title,
    depth,
    columns: [
      { title: '#', type: null },
      ...(isNested ? [{ title: 'of', type: ofType }] : []),
      ...columns.map(toHeading),
    ],
    rows: items.map(({ number, of, row }) => [
      number,
      ...(isNested ? [of] : []),
      ...columns.map((column) =>
        column.list ? (rowsAt(row, column.list)?.length ?? null) : valueAt(row, column.path),
      ),
    ]),
    remark,
  };
  const below = columns.flatMap(({ list }) => {
    if (!list) return [];
    const nested = items.flatMap(({ number, row }) =>
      (rowsAt(row, list) ?? []).map((inner, index) => ({
        number: `${number}.${index + 1}`,
        of: (label && valueAt(row, label.path)) ?? '',
        row: inner,
      })),
    );
    return nested.length === 0
      ? []
      : toTables(`${title} › ${list.path.join('.')}`, depth + 1, list.shape, nested, { ofType: label?.type ?? null });
  });
  return [table, ...below];
}

function toHeading({ path, type, list }: Column): Heading {
  return { title: path.join('.'), type: list ? 'Int' : type };
}

/** What a connection says of all its rows. */
function remarkOf(shape: Shape, value: unknown): string {
  const rest = { ...shape, fields: (shape.fields ?? []).filter(({ key }) => key !== 'edges') };
  return isConnection(shape)
    ? toColumns(rest)
        .filter(({ list }) => list === null)
        .map(({ path }) => `${path.join('.')} ${String(valueAt(value, path))}`)
        .join(', ')
    : '';
}

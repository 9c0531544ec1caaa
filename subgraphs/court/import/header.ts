import { maskNumbers } from './mask.ts';
import { unitPowers, type UnitPower } from './read/amount.ts';
import { isBlank, toCellText, type Row, type Table } from './table.ts';
import type { Column } from './columns.ts';
import { reasonHeaders } from './columns.ts';

/** Where a field stands in the file. */
export interface Place {
  readonly index: number;
  /** As the file has it. */
  readonly title: string;
  /** The unit that the header names, as in 金额（万元）. */
  readonly unit: UnitPower;
}

/** A file's columns, understood. */
export interface Header<Field extends string> {
  readonly line: number;
  readonly width: number;
  /** Every header as written; the reject file begins with these. */
  readonly titles: readonly string[];
  readonly places: ReadonlyMap<Field, readonly Place[]>;
  readonly ignored: readonly string[];
  /** The rows come from a reject file: they mend what is there, and say nothing of what they do not name. */
  readonly isMended: boolean;
  /** The place of the reason in a reject file; null in any other. */
  readonly reasonIndex: number | null;
  readonly rows: readonly Row[];
}

/** The file as a whole cannot be read; the text says why and what would be right. */
export class UnusableFile extends Error {
  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
  }
}

export interface HeaderRules<Field extends string> {
  readonly columns: Readonly<Record<Field, Column>>;
  /** Fields that several columns may give, one of them a row. */
  readonly repeatable: ReadonlySet<Field>;
  /** Decides what a header that means several things means here; undefined when nothing fits. */
  readonly decide: (header: string, cells: () => readonly Row['cells'][number][]) => Field | undefined;
}

/** Above the header stand at most so many rows: a title, a date, the office that made it. */
const rowsToSearch = 10;

/** Finds the row of headers and what each means. Throws UnusableFile naming what is missing. */
export function findHeader<Field extends string>(table: Table, rules: HeaderRules<Field>): Header<Field> {
  const rows = table.rows.filter((row) => !isBlank(row));
  if (rows.length === 0) throw new UnusableFile(table.name, 'the file is empty.');
  const known = namesOf(rules.columns);
  const matches = (row: Row): number => row.cells.filter((cell) => known.has(parseTitle(toCellText(cell)).name)).length;
  const at = rows.slice(0, rowsToSearch).findIndex((row) => matches(row) >= 2);
  const headerRow = rows[Math.max(at, 0)]!;
  const body = rows.slice(Math.max(at, 0) + 1);
  const header = understand(table, headerRow, body, rules, known);
  if (body.length === 0) throw new UnusableFile(table.name, 'there is no row below the header.');
  return header;
}

function understand<Field extends string>(
  table: Table,
  { line, cells }: Row,
  rows: readonly Row[],
  { columns, repeatable, decide }: HeaderRules<Field>,
  known: ReadonlyMap<string, Field>,
): Header<Field> {
  const places = new Map<Field, Place[]>();
  const ignored: string[] = [];
  const open: { title: string; index: number; unit: UnitPower }[] = [];
  const width = cells.findLastIndex((cell) => toCellText(cell).trim() !== '') + 1;
  const titles = cells.slice(0, width).map((cell) => toCellText(cell).trim());
  const reasonAt = titles.findIndex((title) => reasonNames.has(parseTitle(title).name));
  const reasonIndex = reasonAt === -1 ? null : reasonAt;
  titles.forEach((title, index) => {
    const { name, unit } = parseTitle(title);
    const field = known.get(name);
    if (index === reasonAt) return;
    if (field !== undefined) places.set(field, [...(places.get(field) ?? []), { index, title, unit }]);
    else open.push({ title, index, unit });
  });
  // The clear headers first: an ambiguous one never takes a field from them.
  for (const { title, index, unit } of open) {
    const field = decide(parseTitle(title).name, () => rows.map((row) => row.cells[index] ?? null));
    if (field !== undefined && !places.has(field)) places.set(field, [{ index, title, unit }]);
    else if (title !== '') ignored.push(title);
  }
  refuseMissing(table, columns, places, titles);
  refuseTwice(table, places, repeatable);
  return { line, width, titles, places, ignored, isMended: reasonIndex !== null, reasonIndex, rows };
}

function refuseMissing<Field extends string>(
  { name, readAs }: Table,
  columns: Readonly<Record<Field, Column>>,
  places: ReadonlyMap<Field, unknown>,
  titles: readonly string[],
): void {
  const missing = (Object.entries(columns) as [Field, Column][]).filter(
    ([field, { required }]) => required && !places.has(field),
  );
  if (missing.length === 0) return;
  const wanted = missing.map(([field, { headers }]) => `${headers[0] ?? field} (${field})`).join(', ');
  const written = titles.filter((title) => title !== '').map((title) => maskNumbers(title).slice(0, 40));
  // Where no header is known this may be no table at all, and what stands in it is not for the terminal: a key, a letter.
  const found = places.size === 0 ? toCount(titles.length) : written.slice(0, 40).join(', ');
  throw new UnusableFile(name, `required columns are missing: ${wanted}. Found (read as ${readAs}): ${found}.`);
}

function toCount(columns: number): string {
  return `${columns} ${columns === 1 ? 'column' : 'columns'}, and no header that is known in the first rows`;
}

function refuseTwice<Field extends string>(
  { name }: Table,
  places: ReadonlyMap<Field, readonly Place[]>,
  repeatable: ReadonlySet<Field>,
): void {
  for (const [field, found] of places) {
    if (found.length < 2 || repeatable.has(field)) continue;
    const titles = found.map(({ title }) => title).join(' and ');
    throw new UnusableFile(name, `two columns mean ${field}: ${titles}. Rename or delete one of them.`);
  }
}

/** A header without what does not matter, and the unit in it: `应执行标的金额（万元）`, `Case_Number *`. */
export function parseTitle(title: string): { readonly name: string; readonly unit: UnitPower } {
  const plain = title.normalize('NFKC').replace(/[\p{Cf}\s]/gu, '');
  const unit = /\((?:单位:?)?(亿元|万元|元|万|亿)\)$/.exec(plain);
  const name = (unit ? plain.slice(0, unit.index) : plain).replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  return { name, unit: unit ? unitPowers[unit[1]!]! : 0 };
}

const reasonNames: ReadonlySet<string> = new Set(reasonHeaders.map((header) => parseTitle(header).name));

function namesOf<Field extends string>(columns: Readonly<Record<Field, Column>>): ReadonlyMap<string, Field> {
  return new Map(
    (Object.entries(columns) as [Field, Column][]).flatMap(([field, { headers }]) =>
      [field, ...headers].map((header) => [parseTitle(header).name, field] as const),
    ),
  );
}

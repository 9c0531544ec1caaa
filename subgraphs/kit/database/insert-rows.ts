import type { Database } from './database.ts';
import { DatabaseError } from './error.ts';
import { quoteIdentifier } from './identifier.ts';
import { parseArray } from './parameters.ts';

/** A column to fill; `type` is its PostgreSQL type without a length, e.g. `text`, `bigint`, `text[]`, `jsonb`. */
export interface InsertColumn {
  readonly name: string;
  readonly type: string;
}

const rowsPerStatement = 5_000;

/**
 * Inserts rows in bulk, one statement per 5,000; each row has one value per column, in the columns' order. Stops at the
 * first chunk that fails, keeping the earlier ones: inside a transaction, all or nothing.
 */
export async function insertRows(
  database: Database,
  table: string,
  columns: readonly InsertColumn[],
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const sql = statement(database.schema, table, columns);
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    const chunk = rows.slice(start, start + rowsPerStatement);
    for (const [index, row] of chunk.entries())
      if (row.length !== columns.length)
        throw misused(
          `row ${start + index} for ${table} has ${row.length} values, and there are ${columns.length} columns`,
        );
    await database.query(
      sql,
      columns.map((column, index) => toColumn(chunk, index, column, `a value of ${table}.${column.name}`)),
    );
  }
}

/** `unnest` flattens arrays of arrays, so an array-typed column travels as the text of its literals and is cast in SQL. */
function statement(schema: string, table: string, columns: readonly InsertColumn[]): string {
  const names = columns.map(({ name }) => quoteIdentifier(name));
  const types = columns.map(({ type }) => parseType(type));
  const arrays = types.map((type, index) => `$${index + 1}::${isArray(type) ? 'text' : type}[]`);
  const values = types.map((type, index) => `u.c${index}${isArray(type) ? `::${type}` : ''}`);
  return (
    `insert into ${quoteIdentifier(schema)}.${quoteIdentifier(table)} (${names.join(', ')}) select ${values.join(', ')}` +
    ` from unnest(${arrays.join(', ')}) as u(${types.map((_, index) => `c${index}`).join(', ')})`
  );
}

/** A cast to a type with a length cuts silently, where an insert would refuse; so no lengths, and no one-character types. */
function parseType(type: string): string {
  if (!/^[a-z][a-z0-9_ ]*(\[\])?$/.test(type) || /^(char|character|bit|bpchar)(\[\])?$/.test(type))
    throw misused(
      `${type} is no type to insert by: give a PostgreSQL type without a length, e.g. text, bigint, text[]`,
    );
  return type;
}

function toColumn(rows: readonly (readonly unknown[])[], index: number, { type }: InsertColumn, place: string): string {
  const values = rows.map((row) => row[index]);
  if (isArray(type))
    return parseArray(
      values.map((value) => toLiteral(value, place)),
      place,
    );
  // An array in a JSON column is JSON, not a PostgreSQL array.
  if (type === 'json' || type === 'jsonb')
    return parseArray(
      values.map((value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value)),
      place,
    );
  return parseArray(values, place);
}

function toLiteral(value: unknown, place: string): string | null {
  if (value === null) return null;
  if (!Array.isArray(value)) throw misused(`${place} must be an array or null`);
  return parseArray(value, place);
}

function isArray(type: string): boolean {
  return type.endsWith('[]');
}

function misused(message: string): DatabaseError {
  return new DatabaseError('DATABASE_MISUSED', message);
}

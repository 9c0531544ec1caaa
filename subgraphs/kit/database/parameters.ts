import { DatabaseError } from './error.ts';

/** A parameter as it travels: PostgreSQL's text form, raw bytes for bytea, or null. */
export type Parameter = string | Uint8Array | null;

/**
 * Writes a value in PostgreSQL's text form: arrays as array literals, dates as ISO 8601, other objects as JSON. Throws
 * on what has no such form (undefined, NaN of a date, a function), naming the place and never the value.
 */
export function parseParameter(value: unknown, place: string): Parameter {
  return value instanceof Uint8Array ? value : toText(value, place);
}

/** Writes an array as a PostgreSQL array literal, e.g. `{"a","b \" c",NULL}`. */
export function parseArray(values: readonly unknown[], place: string): string {
  return `{${values.map((value) => toElement(value, place)).join(',')}}`;
}

function toElement(value: unknown, place: string): string {
  if (Array.isArray(value)) return parseArray(value, place);
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  const text = value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : toText(value, place);
  if (text === null) return 'NULL';
  return `"${/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`;
}

function toText(value: unknown, place: string): string | null {
  if (value === null) return null;
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      if (Array.isArray(value)) return parseArray(value, place);
      if (!(value instanceof Date)) return JSON.stringify(value);
      if (!Number.isNaN(value.getTime())) return value.toISOString();
      break;
  }
  throw new DatabaseError(
    'DATABASE_MISUSED',
    `${place} is ${value instanceof Date ? 'an invalid date' : typeof value}: give a string, number, bigint, boolean, date, bytes, array, object or null`,
  );
}

/**
 * JSON (RFC 8259) as UTF-8, written byte after byte, as `JSON.stringify` would have it. What is out of the ordinary (a character
 * to be escaped, a value that is no leaf) is left to `JSON.stringify`, and so is what is longer than the room there is.
 */

import { Verbatim } from '../verbatim.ts';

/** The room of all that is written: one text at a time, copied when it is whole. */
export const bytes = new Uint8Array(1024 * 1024);

const view = new DataView(bytes.buffer);

/** Behind it there is room for what is written without a look: the names of an object, numbers and words. */
const slack = 64 * 1024;

/** As far as may be written with a look. */
export const end = bytes.length - slack;

/** Thrown where a value is none that is written here. */
export const unwritable = new Error('no JSON that is written here');

/** Thrown where there is no room for it. */
export const tooLong = new Error('more JSON than is written here');

const [quote, backslash] = [34, 92];

/** A value of which nothing is known: a leaf mostly. Gives the place behind it, as all of these do. */
export function writeValue(value: unknown, at: number): number {
  if (typeof value === 'string') return writeText(value, at);
  if (value === null) return writeNull(at);
  if (typeof value === 'number' && Number.isFinite(value)) return writeAscii(String(value), at);
  const text: unknown = JSON.stringify(value);
  // Of what JSON does not know: it would be left out.
  if (typeof text !== 'string') throw unwritable;
  return writeAll(text, at);
}

/** A list whose items are written so. */
export function writeList(
  write: (item: unknown, at: number) => number,
  items: readonly unknown[],
  from: number,
): number {
  let at = from;
  bytes[at++] = 91;
  for (let index = 0; index < items.length; index += 1) {
    if (at > end) throw tooLong;
    if (index > 0) bytes[at++] = 44;
    at = write(items[index], at);
  }
  bytes[at++] = 93;
  return at;
}

/** A list that goes out as it came, four bytes at a time. */
export function writeVerbatim(value: unknown, from: number): number {
  if (!(value instanceof Verbatim)) throw unwritable;
  const { view: came, from: first, to } = value;
  if (from + to - first > end) throw tooLong;
  let at = from;
  let next = first;
  for (; next + 4 <= to; next += 4, at += 4) view.setInt32(at, came.getInt32(next, true), true);
  for (; next < to; next += 1) bytes[at++] = came.getUint8(next);
  return at;
}

/** The word. */
export function writeNull(at: number): number {
  bytes[at] = 110;
  bytes[at + 1] = 117;
  bytes[at + 2] = 108;
  bytes[at + 3] = 108;
  return at + 4;
}

/** A string with its quotation marks. */
function writeText(text: string, from: number): number {
  const { length } = text;
  if (from + 3 * length > end) throw tooLong;
  let at = from;
  bytes[at++] = quote;
  for (let index = 0; index < length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 128) {
      if (unit < 32 || unit === quote || unit === backslash) return writeAll(JSON.stringify(text), from);
      bytes[at++] = unit;
    } else if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >> 6);
      bytes[at++] = 0x80 | (unit & 63);
    } else if (unit < 0xd800 || unit > 0xdfff) {
      bytes[at++] = 0xe0 | (unit >> 12);
      bytes[at++] = 0x80 | ((unit >> 6) & 63);
      bytes[at++] = 0x80 | (unit & 63);
    } else return writeAll(JSON.stringify(text), from);
  }
  bytes[at++] = quote;
  return at;
}

const encoder = new TextEncoder();

/** A text as it is. What `JSON.stringify` gives has no half of a character. */
export function writeAll(text: string, at: number): number {
  if (at + 3 * text.length > end) throw tooLong;
  return at + encoder.encodeInto(text, bytes.subarray(at)).written;
}

function writeAscii(text: string, from: number): number {
  let at = from;
  for (let index = 0; index < text.length; index += 1) bytes[at++] = text.charCodeAt(index);
  return at;
}

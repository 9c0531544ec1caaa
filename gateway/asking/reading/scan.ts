/**
 * What generated readers are made of: values of JSON (RFC 8259) read one after another. Whatever is out of the ordinary (an escape,
 * a fraction, an object of another shape) is left to `JSON.parse`, and so is every judgement of what is no JSON, but for what nobody
 * reads (`late.ts`) or wants as a value (`verbatim.ts`).
 */

import { textOf } from './text.ts';

/** A text that is being read. */
export interface Scan {
  /** The text as UTF-8. */
  readonly bytes: Buffer;
  /** The same, to be compared four bytes at a time. */
  readonly view: DataView;
  /** Where the next value begins, in bytes. */
  at: number;
  /** Whether every object had the shape that was expected of it. */
  isRegular: boolean;
  /** How many bytes were read again, since they were in an object of another shape. */
  readAgain: number;
  /** The string that was read last, of each place. */
  readonly lasts: Last[];
}

/** The string that was read last at a place of the answer: where its bytes are, and the string itself. */
export interface Last {
  from: number;
  length: number;
  isAscii: boolean;
  value: string;
}

/** Of all of them one literal: V8 finds their properties at once. */
export function openScan(bytes: Buffer, at: number): Scan {
  return {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    at,
    isRegular: true,
    readAgain: 0,
    lasts: [],
  };
}

/** Thrown where the text is no JSON, or none that is read here. */
export const unreadable = new Error('no JSON that is read here');

/** Reads objects of one shape; the scan stands at the brace. */
export type ReadObject = (scan: Scan) => unknown;

/** A string, a number, true, false, null; or a list of them. */
export function readLeaf(scan: Scan, place: number): unknown {
  const { bytes, at } = scan;
  switch (bytes[at]) {
    case quote:
      return readText(scan, place);
    case leftBracket:
      return readLeaves(scan, place);
    case leftBrace:
      return readAny(scan, at);
    case 110:
      return readWord(scan, 'null', null);
    case 116:
      return readWord(scan, 'true', true);
    case 102:
      return readWord(scan, 'false', false);
    default:
      return readNumber(scan);
  }
}

/** An object, a list of them, or null. */
export function readBelow(scan: Scan, read: ReadObject): unknown {
  const { bytes, at } = scan;
  if (bytes[at] === leftBrace) return read(scan);
  if (bytes[at] !== leftBracket) return readLeaf(scan, 0);
  const items: unknown[] = [];
  if (isEmptyList(scan)) return items;
  do items.push(readBelow(scan, read));
  while (goesOn(scan));
  return items;
}

/** An object that has not the shape that was expected, from its brace. What is in others of that kind is read with each: no more of it than there is text. */
export function readAny(scan: Scan, from: number): unknown {
  const end = endOf(scan.bytes, from);
  countAgain(scan, end - from);
  const value: unknown = JSON.parse(scan.bytes.toString('utf8', from, end));
  scan.at = end;
  scan.isRegular = false;
  return value;
}

/** Counts what is read a second time. */
export function countAgain(scan: Scan, count: number): void {
  scan.readAgain += count;
  if (scan.readAgain > scan.bytes.length) throw unreadable;
}

export const [quote, backslash, comma] = [34, 92, 44];
export const [leftBracket, rightBracket, leftBrace, rightBrace] = [91, 93, 123, 125];

/**
 * What an answer says again and again (a status, an officer, what is asked twice) is one string: it is compared with the last one,
 * and read on from where they differ.
 */
function readText(scan: Scan, place: number): string {
  const { bytes, view } = scan;
  const from = scan.at + 1;
  const last = scan.lasts[place]!;
  const { from: before, length, value } = last;
  let same = 0;
  const compared = Math.min(length, bytes.length - from);
  while (same + 4 <= compared && view.getInt32(from + same, true) === view.getInt32(before + same, true)) same += 4;
  while (same < length && bytes[from + same] === bytes[before + same]) same += 1;
  let at = from + same;
  if (same === length && bytes[at] === quote) {
    scan.at = at + 1;
    return value;
  }
  // What is the same as before may be more than ASCII, if anything of it was.
  let all = same === 0 || last.isAscii ? 0 : 128;
  for (let byte = bytes[at]; byte !== quote; byte = bytes[(at += 1)]) {
    if (byte === undefined || byte < 32 || byte === backslash) return readEscaped(scan);
    all |= byte;
  }
  const isAscii = all < 128;
  const text = textOf(bytes, from, at, isAscii);
  last.from = from;
  last.length = at - from;
  last.isAscii = isAscii;
  last.value = text;
  scan.at = at + 1;
  return text;
}

function readEscaped(scan: Scan): string {
  const end = endOfText(scan.bytes, scan.at);
  const text = JSON.parse(scan.bytes.toString('utf8', scan.at, end)) as string;
  scan.at = end;
  return text;
}

function readLeaves(scan: Scan, place: number): unknown[] {
  const items: unknown[] = [];
  if (isEmptyList(scan)) return items;
  do items.push(readLeaf(scan, place));
  while (goesOn(scan));
  return items;
}

/** Steps into a list. */
export function isEmptyList(scan: Scan): boolean {
  scan.at += 1;
  if (scan.bytes[scan.at] !== rightBracket) return false;
  scan.at += 1;
  return true;
}

/** Steps over what stands behind an item of a list: whether another one comes. */
export function goesOn(scan: Scan): boolean {
  const next = scan.bytes[scan.at];
  scan.at += 1;
  if (next !== comma && next !== rightBracket) throw unreadable;
  return next === comma;
}

function readWord<Value>(scan: Scan, word: string, value: Value): Value {
  expectText(scan, word);
  return value;
}

/** As many digits are a whole number exactly. */
const mostDigits = 15;

function readNumber(scan: Scan): unknown {
  const { bytes, at: from } = scan;
  let at = from;
  let value = 0;
  for (let digit = bytes[at]! - 48; digit >= 0 && digit <= 9; digit = bytes[at]! - 48) {
    value = value * 10 + digit;
    at += 1;
  }
  const next = bytes[at];
  const isWhole = at - from <= mostDigits && (bytes[from] !== 48 || at - from === 1);
  if (at > from && isWhole && (next === comma || next === rightBrace || next === rightBracket)) {
    scan.at = at;
    return value;
  }
  while (isOfNumber(bytes[at])) at += 1;
  if (at === from) throw unreadable;
  scan.at = at;
  return JSON.parse(bytes.toString('latin1', from, at));
}

/** A statement of generated code: what is done unless this ASCII text stands at `at` in `bytes`, of which `view` is a view. */
export function unlessThere(text: string, otherwise: string): string {
  return `if (${differences(text).join(' || ')}) ${otherwise};`;
}

/** Expressions of which one is true where the text does not stand. */
function differences(text: string): string[] {
  const bytes = Buffer.from(text);
  const rest = bytes.length % 4;
  const words = Array.from({ length: (bytes.length - rest) / 4 }, (_, index) => 4 * index);
  // The last of several may look at some bytes a second time.
  if (rest > 0 && words.length > 0) words.push(bytes.length - 4);
  if (words.length > 0) return words.map((at) => `view.getInt32(at + ${at}, true) !== ${bytes.readInt32LE(at)}`);
  return Array.from(bytes, (byte, index) => `bytes[at + ${index}] !== ${byte}`);
}

/** Steps over this text, which has to stand there. */
export function expectText(scan: Scan, text: string): void {
  for (let index = 0; index < text.length; index += 1) {
    if (scan.bytes[scan.at + index] !== text.charCodeAt(index)) throw unreadable;
  }
  scan.at += text.length;
}

/** A digit, or one of `+-.Ee`. */
function isOfNumber(unit = 0): boolean {
  return (unit >= 48 && unit <= 57) || unit === 43 || unit === 45 || unit === 46 || unit === 69 || unit === 101;
}

/** Steps over whitespace. */
export function skipSpace(scan: Scan): void {
  const { bytes } = scan;
  for (let unit = bytes[scan.at]; unit === 32 || unit === 10 || unit === 13 || unit === 9; unit = bytes[scan.at])
    scan.at += 1;
}

/** Where the object ends that begins here: after its last brace. */
export function endOf(bytes: Buffer, from: number): number {
  let depth = 0;
  for (let at = from; at < bytes.length; at += 1) {
    const unit = bytes[at];
    if (unit === quote) at = endOfText(bytes, at) - 1;
    else if (unit === leftBrace) depth += 1;
    else if (unit === rightBrace && (depth -= 1) === 0) return at + 1;
  }
  throw unreadable;
}

/** Where the string ends that begins here: after its last quotation mark. */
function endOfText(bytes: Buffer, from: number): number {
  for (let at = from + 1; at < bytes.length; at += 1) {
    if (bytes[at] === backslash) at += 1;
    else if (bytes[at] === quote) return at + 1;
  }
  throw unreadable;
}

/**
 * Objects of an answer that may not be wanted (rows beside their page) are stepped over, and read when they are. To step over one takes a
 * quarter of the time that it takes to read it, and leaves nothing behind. In what is JSON its end is found whatever is in it. What is no
 * JSON inside of it alone is found by who reads it, and harms nobody else.
 */

import { Late } from '../../late.ts';
import { evaluated, quoted } from '../../generated-code.ts';
import {
  backslash,
  comma,
  countAgain,
  endOf,
  goesOn,
  isEmptyList,
  leftBrace,
  leftBracket,
  quote,
  readBelow,
  rightBrace,
  rightBracket,
  unlessThere,
  unreadable,
  type ReadObject,
  type Scan,
} from './scan.ts';
import type { ObjectShape } from './shape.ts';

/** Steps over the value at which a scan stands. */
export type Skip = (scan: Scan) => void;

/** Puts an object off; anything else is read at once. */
export function putOff(scan: Scan, read: ReadObject, skip: Skip): unknown {
  const { bytes, at } = scan;
  if (bytes[at] !== leftBrace) return readBelow(scan, read);
  skip(scan);
  const end = scan.at;
  return new Late(() => readLate(scan, at, end, read));
}

/** The object from there to there; undefined where it is no JSON. */
function readLate(scan: Scan, from: number, end: number, read: ReadObject): unknown {
  try {
    scan.at = from;
    const value = read(scan);
    if (scan.at === end) return value;
  } catch {
    // JSON.parse has the last word.
  }
  try {
    return JSON.parse(scan.bytes.toString('utf8', from, end));
  } catch {
    return undefined;
  }
}

/** Code that steps over objects of this shape, as readers read them; of objects of another shape it looks for the end. */
export function compileSkip({ fields }: ObjectShape): Skip {
  const scope: Record<string, unknown> = { skipAny, skipBelow, skipLeaf };
  const lines = ['const { bytes, view, at: from } = scan;', 'let at = from;'];
  const expect = (text: string): void => {
    lines.push(unlessThere(text, 'return skipAny(scan, from)'), `scan.at = at + ${text.length};`);
  };
  fields.forEach(({ key, below }, index) => {
    expect(`${index === 0 ? '{' : ','}${quoted(key)}:`);
    if (below) scope[`skip${index}`] = compileSkip(below);
    lines.push(below ? `skipBelow(scan, skip${index});` : 'skipLeaf(scan);', 'at = scan.at;');
  });
  expect('}');
  return evaluated(`return (scan) => {\n${lines.join('\n')}\n};`, scope) as Skip;
}

/** What is in others of that kind was stepped over with each: no more of it than there is text. */
function skipAny(scan: Scan, from: number): void {
  const end = endOf(scan.bytes, from);
  countAgain(scan, end - from);
  scan.at = end;
}

function skipBelow(scan: Scan, skip: Skip): void {
  const { bytes, at } = scan;
  if (bytes[at] === leftBrace) {
    skip(scan);
    return;
  }
  if (bytes[at] !== leftBracket) {
    skipLeaf(scan);
    return;
  }
  if (isEmptyList(scan)) return;
  do skipBelow(scan, skip);
  while (goesOn(scan));
}

function skipLeaf(scan: Scan): void {
  const { bytes, at } = scan;
  switch (bytes[at]) {
    case quote: {
      skipText(scan);
      return;
    }
    case leftBrace: {
      skipAny(scan, at);
      return;
    }
    case leftBracket:
      if (isEmptyList(scan)) return;
      do skipLeaf(scan);
      while (goesOn(scan));
      return;
    default:
      skipWord(scan);
  }
}

/** Four bytes at a time, as long as none of them ends the string or escapes what comes. */
function skipText(scan: Scan): void {
  const { bytes, view } = scan;
  const last = bytes.length - 4;
  let at = scan.at + 1;
  for (;;) {
    while (at <= last && !hasByte(view.getInt32(at, true) ^ fourQuotes) && !hasEscape(view.getInt32(at, true))) at += 4;
    const byte = bytes[at];
    if (byte === quote) break;
    if (byte === undefined) throw unreadable;
    at += byte === backslash ? 2 : 1;
  }
  scan.at = at + 1;
}

const [fourQuotes, fourBackslashes] = [0x22222222, 0x5c5c5c5c];

function hasEscape(word: number): boolean {
  return hasByte(word ^ fourBackslashes);
}

/** Whether one of four bytes is zero. */
function hasByte(word: number): boolean {
  return ((word - 0x01010101) & ~word & 0x80808080) !== 0;
}

/** A number, true, false, null: letters, digits, `+`, `-` and `.`. What else stands here is no value, or has whitespace before it. */
function skipWord(scan: Scan): void {
  const { bytes, at: from } = scan;
  let at = from;
  while (isOfWord(bytes[at])) at += 1;
  const next = bytes[at];
  if (at === from || (next !== comma && next !== rightBrace && next !== rightBracket)) throw unreadable;
  scan.at = at;
}

function isOfWord(byte = 0): boolean {
  return (
    (byte >= 97 && byte <= 122) ||
    (byte >= 48 && byte <= 57) ||
    byte === 43 ||
    byte === 45 ||
    byte === 46 ||
    byte === 69
  );
}

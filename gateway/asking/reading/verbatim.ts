/**
 * Lists that go out as they came: each value is held against its type where it stands, and nothing is made of it. What is not just as
 * `JSON.stringify` would write it (an escape, `1.0`), or not just what was asked, is read as everything else is, and judged there.
 */

import { isEnumType, type GraphQLLeafType } from 'graphql';

import { evaluated, quoted } from '../../generated-code.ts';
import { isText, leafCheckOf } from '../../horizontal/leaf-checks.ts';
import { Verbatim, type VerbatimField, type VerbatimValue } from '../../verbatim.ts';
import {
  backslash,
  comma,
  leftBracket,
  quote,
  readBelow,
  rightBracket,
  unlessThere,
  type ReadObject,
  type Scan,
} from './scan.ts';
import type { ObjectShape } from './shape.ts';
import { textOf } from './text.ts';

/** Steps over a value that is what it has to be, from its first byte: where it ends; -1 where it is anything else. */
export type Pass = (bytes: Buffer, view: DataView, at: number) => number;

/** Leaves a list as it came, if it may; reads it otherwise. */
export function readVerbatim(scan: Scan, pass: Pass, read: ReadObject): unknown {
  const { bytes, view, at } = scan;
  if (bytes[at] === leftBracket && bytes[at + 1] !== rightBracket) {
    const end = pass(bytes, view, at);
    if (end >= 0) {
      scan.at = end;
      return new Verbatim(view, at, end);
    }
  }
  return readBelow(scan, read);
}

/** The pass for lists of these objects; null where they are asked for otherwise than they would go out. */
export function compilePass(value: VerbatimValue, shape: ObjectShape): Pass | null {
  return isAsked(value, shape) ? toPass(value) : null;
}

/** Whether it is asked for with just these fields, in this order: the hub may have asked for more. */
function isAsked(value: VerbatimValue, shape: ObjectShape | null): boolean {
  if (value.kind === 'leaf') return shape === null;
  if (value.kind === 'list') return isAsked(value.item, shape);
  const asked = shape?.fields ?? [];
  return (
    asked.length === value.fields.length &&
    value.fields.every((field, index) => {
      const { key, below } = asked[index]!;
      return key === field.key && ('typeName' in field ? below === null : isAsked(field.value, below));
    })
  );
}

function toPass(value: VerbatimValue): Pass {
  const pass = toNeeded(value);
  return value.isNonNull
    ? pass
    : (bytes, view, at) => (bytes[at] === letterN ? passNull(bytes, at) : pass(bytes, view, at));
}

function toNeeded(value: VerbatimValue): Pass {
  switch (value.kind) {
    case 'leaf':
      return passOf(value.type);
    case 'list': {
      const pass = toPass(value.item);
      return (bytes, view, at) => passItems(bytes, view, at, pass);
    }
    case 'object':
      return compileObject(value.fields);
  }
}

/**
 * The code for `{ bankName balance }`:
 *
 *     return (bytes, view, from) => {
 *       let at = from;
 *       if (view.getInt32(at, true) !== … || …) return -1;
 *       at += 12;
 *       at = pass0(bytes, view, at);
 *       if (at < 0) return -1;
 *       if (view.getInt32(at, true) !== … || …) return -1;
 *       at += 11;
 *       at = pass1(bytes, view, at);
 *       if (at < 0) return -1;
 *       if (bytes[at + 0] !== 125) return -1;
 *       at += 1;
 *       return at;
 *     };
 */
function compileObject(fields: readonly VerbatimField[]): Pass {
  const scope: Record<string, unknown> = {};
  const lines: string[] = [];
  const expect = (text: string): void => {
    lines.push(unlessThere(text, 'return -1'), `at += ${text.length};`);
  };
  fields.forEach((field, index) => {
    const name = `${index === 0 ? '{' : ','}${quoted(field.key)}:`;
    if ('typeName' in field) {
      expect(`${name}${quoted(field.typeName)}`);
      return;
    }
    expect(name);
    scope[`pass${index}`] = toPass(field.value);
    lines.push(`at = pass${index}(bytes, view, at);`, 'if (at < 0) return -1;');
  });
  expect('}');
  return evaluated(
    `return (bytes, view, from) => {\nlet at = from;\n${lines.join('\n')}\nreturn at;\n};`,
    scope,
  ) as Pass;
}

function passItems(bytes: Buffer, view: DataView, from: number, pass: Pass): number {
  if (bytes[from] !== leftBracket) return -1;
  let at = from + 1;
  if (bytes[at] === rightBracket) return at + 1;
  for (;;) {
    at = pass(bytes, view, at);
    if (at < 0) return -1;
    const next = bytes[at];
    at += 1;
    if (next === rightBracket) return at;
    if (next !== comma) return -1;
  }
}

/** As `leafCheckOf` has it, of values as they travel. */
function passOf(type: GraphQLLeafType): Pass {
  const known = isEnumType(type) ? undefined : passes.get(type.name);
  if (known) return known;
  const check = leafCheckOf(type);
  if (check === isText) return passText;
  return (bytes, view, at) => {
    const end = passText(bytes, view, at);
    return end >= 0 && check(textOf(bytes, at + 1, end - 1, false)) ? end : -1;
  };
}

const passes = new Map<string, Pass>([
  ['ID', (bytes, view, at) => (bytes[at] === quote ? passText(bytes, view, at) : passWhole(bytes, at))],
  ['Int', (bytes, _, at) => passWhole(bytes, at)],
  ['Float', (bytes, _, at) => passFraction(bytes, at)],
  ['Boolean', (bytes, _, at) => passWord(bytes, at, bytes[at] === 116 ? 'true' : 'false')],
  ['Money', (bytes, _, at) => passAmount(bytes, at)],
]);

const letterN = 110;

function passNull(bytes: Buffer, at: number): number {
  return passWord(bytes, at, 'null');
}

function passWord(bytes: Buffer, at: number, word: string): number {
  for (let index = 0; index < word.length; index += 1) if (bytes[at + index] !== word.charCodeAt(index)) return -1;
  return at + word.length;
}

/** A string without escapes, four bytes at a time as long as none of them is special. */
function passText(bytes: Buffer, view: DataView, from: number): number {
  if (bytes[from] !== quote) return -1;
  const last = bytes.length - 4;
  let at = from + 1;
  while (at <= last && isPlain(view.getInt32(at, true))) at += 4;
  for (let byte = bytes[at]; byte !== quote; byte = bytes[(at += 1)])
    if (byte === undefined || byte < 32 || byte === backslash) return -1;
  return at + 1;
}

/** Whether none of four bytes is a quotation mark, a backslash or a control character. */
function isPlain(word: number): boolean {
  const quotes = word ^ 0x22222222;
  const escapes = word ^ 0x5c5c5c5c;
  const isSpecial =
    ((quotes - 0x01010101) & ~quotes) | ((escapes - 0x01010101) & ~escapes) | ((word - 0x20202020) & ~word);
  return (isSpecial & 0x80808080) === 0;
}

/** As many digits are a number that is written as it is read. */
const mostDigits = 15;

/** Smaller numbers are written with an exponent. */
const mostDecimals = 6;

/** Where the digits end; -1 without one, or with a zero before another. */
function passDigits(bytes: Buffer, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at += 1;
  return at === from || (bytes[from] === zero && at > from + 1) ? -1 : at;
}

function passWhole(bytes: Buffer, from: number): number {
  const first = bytes[from] === minus ? from + 1 : from;
  // Minus nought is written without its sign.
  if (first > from && bytes[first] === zero) return -1;
  const at = passDigits(bytes, first);
  return at - first <= mostDigits ? at : -1;
}

function passFraction(bytes: Buffer, from: number): number {
  const first = bytes[from] === minus ? from + 1 : from;
  const point = passDigits(bytes, first);
  if (point < 0 || bytes[point] !== dot) return passWhole(bytes, from);
  let at = point + 1;
  while (isDigit(bytes[at])) at += 1;
  const decimals = at - point - 1;
  if (decimals === 0 || decimals > mostDecimals || bytes[at - 1] === zero || at - first - 1 > mostDigits) return -1;
  return at;
}

/** Yuan with two decimals, as text. */
function passAmount(bytes: Buffer, from: number): number {
  if (bytes[from] !== quote) return -1;
  const first = bytes[from + 1] === minus ? from + 2 : from + 1;
  let at = first;
  while (isDigit(bytes[at])) at += 1;
  if (at === first || at - first > 16) return -1;
  const isWhole = bytes[at] === dot && isDigit(bytes[at + 1]) && isDigit(bytes[at + 2]) && bytes[at + 3] === quote;
  return isWhole ? at + 4 : -1;
}

const [zero, minus, dot] = [48, 45, 46];

function isDigit(byte = 0): boolean {
  return byte >= 48 && byte <= 57;
}

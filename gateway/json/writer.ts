/** Writers of JSON, generated for the shape that values are known to have. */

import { keptWith } from '../../common/kept-with.ts';
import { evaluated, quoted, reading } from '../generated-code.ts';
import { bytes, end, tooLong, unwritable, writeAll, writeList, writeNull, writeValue, writeVerbatim } from './bytes.ts';

/** What is known of a value. An object has these fields and no others, in this order, and a list of such objects may stand in its place; any of the values may be null. A list may have stayed as it came (`verbatim.ts`). */
export type JsonShape =
  | { readonly kind: 'value' }
  | { readonly kind: 'list'; readonly item: JsonShape }
  | { readonly kind: 'object'; readonly fields: readonly JsonField[] };

/** A field, under the name that the JSON has for it. */
export interface JsonField {
  readonly key: string;
  readonly value: JsonShape;
}

/** The bytes of `JSON.stringify(value)` between these texts; null where they are not written here: then it has the last word. */
export type WriteJson = (value: unknown, before?: string, after?: string) => Buffer | null;

/** Puts a value behind what is written, and gives the place behind it. */
type Write = (value: unknown, at: number) => number;

/** A writer that is made when it is worth it; null before: most shapes are written again and again, or never again. Null also when it has been given up. */
export function laterWriter(shapeNow: () => JsonShape): () => WriteJson | null {
  let times = 0;
  let write: WriteJson | null = null;
  const givenUp = () => {
    times = -Infinity;
  };
  return () => {
    times += 1;
    if (times >= worth) write ??= compileWriter(shapeNow(), givenUp);
    return times >= worth ? write : null;
  };
}

const worth = 4;

/** How lists are written whose items are known to have a shape. */
export const knownJson = keptWith<readonly unknown[], WriteJson>();

/** So many values in a row may have another shape than they should. */
const patience = 4;

/** Characters of all names of a shape. Each becomes a statement; what has a shape with more is left to `JSON.stringify`. */
const mostNames = 2_048;

interface Code {
  readonly functions: string[];
  readonly written: Map<JsonShape, string>;
}

/**
 * A writer of values of this shape; `givenUp` is told when it will write no more. Each object has a function, and its names are written as the numbers of their characters: no text
 * is made that would have to be put together, encoded and collected. The code for `{ status accounts { balance } }`:
 *
 *     function w1(v, at) {
 *       if (at > end) throw tooLong;
 *       if (v == null) return none(v, at);
 *       if (Array.isArray(v)) return writeList(w1, v, at);
 *       bytes[at] = 123; bytes[at + 1] = 34; bytes[at + 2] = 98; …
 *       at = writeValue(v["balance"], at + 11);
 *       bytes[at] = 125;
 *       return at + 1;
 *     }
 */
export function compileWriter(shape: JsonShape, givenUp: () => void = () => undefined): WriteJson {
  let write = namesIn(shape) > mostNames ? null : compileWrite(shape);
  if (write === null) givenUp();
  let left = patience;
  return (value, before = '', after = '') => {
    if (write === null) return null;
    // What is not written to its end may be anywhere.
    let to = bytes.length;
    try {
      to = writeAll(after, write(value, writeAll(before, 0)));
      left = patience;
      return Buffer.from(bytes.subarray(0, to));
    } catch (error) {
      if (error === tooLong) return null;
      if (error !== unwritable) throw error;
      left -= 1;
      if (left === 0) {
        write = null;
        givenUp();
      }
      return null;
    } finally {
      // Nobody's names and numbers stay here.
      bytes.fill(0, 0, to);
    }
  };
}

function namesIn(shape: JsonShape): number {
  if (shape.kind === 'value') return 0;
  if (shape.kind === 'list') return namesIn(shape.item);
  return shape.fields.reduce((sum, { key, value }) => sum + key.length + namesIn(value), 0);
}

function compileWrite(shape: JsonShape): Write {
  const code: Code = { functions: [], written: new Map() };
  const root = nameOf(code, shape);
  const body = `function none(v, at) { if (v === null) return writeNull(at); throw unwritable; }
${code.functions.join('\n')}
return ${root};`;
  return evaluated(body, { bytes, end, tooLong, unwritable, writeList, writeNull, writeValue, writeVerbatim }) as Write;
}

/** The function that writes values of this shape. */
function nameOf(code: Code, shape: JsonShape): string {
  if (shape.kind === 'value') return 'writeValue';
  const known = code.written.get(shape);
  if (known !== undefined) return known;
  const keys = shape.kind === 'object' ? shape.fields.map(({ key }) => key) : [];
  // Names of GraphQL, of which no two are the same: what else there may be is for JSON.stringify.
  const isPlain = keys.every((key) => /^\w+$/.test(key)) && new Set(keys).size === keys.length;
  const name = isPlain ? `w${code.written.size}` : 'writeValue';
  code.written.set(shape, name);
  if (isPlain) code.functions.push(`function ${name}(v, at) {\n${shapeBody(code, shape, name)}\n}`);
  return name;
}

function shapeBody(code: Code, shape: Exclude<JsonShape, { kind: 'value' }>, name: string): string {
  if (shape.kind === 'list') {
    return `if (v == null) return none(v, at);
if (!Array.isArray(v)) return writeVerbatim(v, at);
return writeList(${nameOf(code, shape.item)}, v, at);`;
  }
  const lines = shape.fields.map(({ key, value }, index) => {
    const before = `${index === 0 ? '{' : ','}${quoted(key)}:`;
    const stores = Array.from(before, (_, place) => `bytes[at + ${place}] = ${before.charCodeAt(place)};`);
    return `${stores.join(' ')}\nat = ${nameOf(code, value)}(${reading('v', key)}, at + ${before.length});`;
  });
  if (lines.length === 0) lines.push('bytes[at++] = 123;');
  return `if (at > end) throw tooLong;
if (v == null) return none(v, at);
if (Array.isArray(v)) return writeList(${name}, v, at);
if (typeof v !== "object") throw unwritable;
${lines.join('\n')}
bytes[at] = 125;
return at + 1;`;
}

/** Writers of JSON, generated for the shape that values are known to have. */

import { keptWith } from '../../common/kept-with.ts';
import { evaluated, quoted, reading } from '../generated-code.ts';
import { bytes, end, mostNames, unwritable, writeAll, writeNull, writeValue } from './bytes.ts';

/** What is known of a value. An object has these fields and no others, in this order; any of the values may be null. */
export type JsonShape =
  | { readonly kind: 'value' }
  | { readonly kind: 'list'; readonly item: JsonShape }
  | { readonly kind: 'object'; readonly fields: readonly JsonField[] };

export interface JsonField {
  readonly key: string;
  readonly value: JsonShape;
}

/** The bytes of `JSON.stringify(value)` between these texts; null where they are not written here: then it has the last word. */
export type WriteJson = (value: unknown, before?: string, after?: string) => Buffer | null;

/** Puts a value behind what is written, and gives the place behind it. */
type Write = (value: unknown, at: number) => number;

/** A writer that is made when it is worth it; null before: most shapes are written again and again, or never again. */
export function laterWriter(shapeNow: () => JsonShape): () => WriteJson | null {
  let times = 0;
  let write: WriteJson | null = null;
  return () => {
    times += 1;
    return times < worth ? null : (write ??= compileWriter(shapeNow()));
  };
}

const worth = 4;

/** How lists are written whose items are known to have a shape. */
export const knownJson = keptWith<readonly unknown[], WriteJson>();

/** So many values in a row may be such that they are not written here. */
const patience = 4;

interface Code {
  readonly functions: string[];
  readonly written: Map<JsonShape, string>;
}

/**
 * A writer of values of this shape. Each object has a function, and its names are written as the numbers of their characters: no text
 * is made that would have to be put together, encoded and collected. The code for `{ status accounts { balance } }`:
 *
 *     function w1(v, at) {
 *       if (at > end) throw unwritable;
 *       if (v == null) return none(v, at);
 *       bytes[at] = 123; bytes[at + 1] = 34; bytes[at + 2] = 98; …
 *       at = writeValue(v["balance"], at + 11);
 *       bytes[at] = 125;
 *       return at + 1;
 *     }
 */
export function compileWriter(shape: JsonShape): WriteJson {
  const code: Code = { functions: [], written: new Map() };
  const root = nameOf(code, shape);
  const body = `function none(v, at) { if (v === null) return writeNull(at); throw unwritable; }
${code.functions.join('\n')}
return ${root};`;
  const write = evaluated(body, { bytes, end, unwritable, writeNull, writeValue }) as Write;
  let left = patience;
  return (value, before = '', after = '') => {
    if (left === 0) return null;
    try {
      const to = writeAll(after, write(value, writeAll(before, 0)));
      left = patience;
      return Buffer.from(bytes.subarray(0, to));
    } catch {
      left -= 1;
      return null;
    }
  };
}

/** The function that writes values of this shape. */
function nameOf(code: Code, shape: JsonShape): string {
  if (shape.kind === 'value') return 'writeValue';
  const known = code.written.get(shape);
  if (known !== undefined) return known;
  const names = shape.kind === 'object' ? shape.fields.map(({ key }) => quoted(key)) : [];
  // Names are those of GraphQL: letters, digits and underscores.
  const isPlain = names.every((name) => /^"\w*"$/.test(name)) && names.join('::').length <= mostNames;
  const name = isPlain ? `w${code.written.size}` : 'writeValue';
  code.written.set(shape, name);
  if (isPlain) code.functions.push(`function ${name}(v, at) {\n${shapeBody(code, shape)}\n}`);
  return name;
}

function shapeBody(code: Code, shape: Exclude<JsonShape, { kind: 'value' }>): string {
  if (shape.kind === 'list') {
    return `if (v == null) return none(v, at);
if (!Array.isArray(v)) throw unwritable;
bytes[at++] = 91;
for (let i = 0; i < v.length; i++) {
if (at > end) throw unwritable;
if (i > 0) bytes[at++] = 44;
at = ${nameOf(code, shape.item)}(v[i], at);
}
bytes[at++] = 93;
return at;`;
  }
  const lines = shape.fields.map(({ key, value }, index) => {
    const before = `${index === 0 ? '{' : ','}${quoted(key)}:`;
    const stores = Array.from(before, (_, place) => `bytes[at + ${place}] = ${before.charCodeAt(place)};`);
    return `${stores.join(' ')}\nat = ${nameOf(code, value)}(${reading('v', key)}, at + ${before.length});`;
  });
  if (lines.length === 0) lines.push('bytes[at++] = 123;');
  return `if (at > end) throw unwritable;
if (v == null) return none(v, at);
${lines.join('\n')}
bytes[at] = 125;
return at + 1;`;
}

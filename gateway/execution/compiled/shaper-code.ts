/**
 * Third stage: a shape becomes the text of a function that completes an answer in one pass. Every object of the answer has a function that reads what was
 * fetched and gives one literal; every list has one that goes through it. What is null where it must not be makes null of what is around it, up to something
 * that may be null, and is told once, with its path.
 */

import { property, quoted, reading } from '../../generated-code.ts';
import { leafCheck } from './leaves.ts';
import type { FieldShape, ObjectShape, ValueShape } from './selection.ts';

export interface ShaperCode {
  /** The body of a function that gives the shaper; `enums`, `rules` and the class `Verbatim` are in its scope. */
  readonly body: string;
  /** Names of large enums, in the order of the code's `enums`. */
  readonly enums: readonly (readonly string[])[];
}

/** The place in `rules` of what is applied to a field's completed values; undefined where nothing is. */
export type RuleOf = (typeName: string, fieldName: string) => number | undefined;

interface Writer {
  readonly functions: string[];
  readonly written: Map<ValueShape | ObjectShape, string>;
  readonly enums: (readonly string[])[];
  readonly ruleOf: RuleOf;
  /** How many lists are around each other at most: each has its index in a variable of its own. */
  depth: number;
}

/** A place in the answer, as code: keys in quotes, and variables that hold the indexes of lists. */
type Place = readonly string[];

/** The text of a shaper: `(data, introspection, failed, scope) => answer`, null when nothing is left. */
export function shaperCode(shape: ObjectShape, ruleOf: RuleOf = () => undefined): ShaperCode {
  const writer: Writer = { functions: [], written: new Map(), enums: [], ruleOf, depth: 0 };
  const root = writeObject(writer, shape, [], 0);
  const indexes = Array.from({ length: writer.depth }, (_, index) => `i${index} = 0`);
  const state = ['failed = null', 'scope = null', 'introspection = null', ...indexes].join(', ');
  const body = `let ${state};
function wrong(path) { failed(path); return null; }
${writer.functions.join('\n')}
return (data, introspected, tell, own) => {
failed = tell; introspection = introspected; scope = own;
try { return ${root}(data); } finally { failed = introspection = scope = null; }
};`;
  return { body, enums: writer.enums };
}

/** Writes the function of an object and gives its name. */
function writeObject(writer: Writer, shape: ObjectShape, place: Place, depth: number): string {
  const known = writer.written.get(shape);
  if (known !== undefined) return known;
  const name = `o${shape.id}`;
  writer.written.set(shape, name);
  const isObject = `if (typeof v !== "object" || Array.isArray(v)) return wrong([${place.join(', ')}]);`;
  if (!shape.isAbstract) {
    const [[typeName, fields]] = [...shape.types] as [[string, readonly FieldShape[]]];
    writer.functions.push(
      `function ${name}(v) { // ${quoted(typeName)}\n${isObject}\n${objectBody(writer, fields, place, depth)}\n}`,
    );
    return name;
  }
  const cases = [...shape.types].map(([typeName, fields], index) => {
    const own = `${name}_${index}`;
    writer.functions.push(
      `function ${own}(v) { // ${quoted(typeName)}\n${objectBody(writer, fields, place, depth)}\n}`,
    );
    return `case ${quoted(typeName)}: return ${own}(v);`;
  });
  // Where the same is asked of every type, the last one, which is the abstract one itself, speaks for them.
  const [common, ...others] = [...shape.types.values()].map((fields) => fields.length);
  if (others.every((count) => count === common)) cases.push(`case undefined: return ${name}_${others.length}(v);`);
  const choice = `switch (v["__typename"]) {\n${cases.join('\n')}\ndefault: return wrong([${place.join(', ')}]);\n}`;
  writer.functions.push(`function ${name}(v) {\n${isObject}\n${choice}\n}`);
  return name;
}

function objectBody(writer: Writer, fields: readonly FieldShape[], place: Place, depth: number): string {
  const lines: string[] = [];
  const properties = fields.map((field, index) => {
    if (field.kind === 'typename') {
      if (field.typeName === null) lines.push(`wrong([${[...place, quoted(field.key)].join(', ')}]); return null;`);
      return property(field.key, quoted(field.typeName ?? ''));
    }
    if (field.kind === 'introspection') return property(field.key, reading('introspection', field.key));
    const [from, to] = [`v${index}`, `r${index}`];
    lines.push(`const ${from} = ${reading('v', field.source)};`, `let ${to} = null;`);
    lines.push(
      ...completing(writer, field.value, from, `${to} = `, [...place, quoted(field.key)], depth, 'return null;'),
    );
    const rule = writer.ruleOf(field.typeName, field.fieldName);
    if (rule !== undefined) lines.push(`${to} = rules[${rule}](${to}, scope);`);
    return property(field.key, to);
  });
  return [...lines, `return { ${properties.join(', ')} };`].join('\n');
}

/** Statements that put the completed value where `into` begins an assignment; `fail` leaves what is around. */
function completing(
  writer: Writer,
  value: ValueShape,
  from: string,
  into: string,
  place: Place,
  depth: number,
  fail: string,
): string[] {
  const path = `[${place.join(', ')}]`;
  if (value.kind === 'leaf') {
    const check = leafCheck(value.type, from, (values) => `enums[${enumPlace(writer, values)}]`);
    const none = value.isNonNull ? `{ wrong(${path}); ${fail} }` : `if (${from} != null) wrong(${path});`;
    // What may be anything is only ever wrong by being null.
    if (check === `${from} != null` && !value.isNonNull) return [`${into}${from} ?? null;`];
    return [`if (${check}) ${into}${from};`, `else ${none}`];
  }
  const call =
    value.kind === 'list' ? writeList(writer, value, place, depth) : writeObject(writer, value.shape, place, depth);
  if (!value.isNonNull) return [`if (${from} != null) ${into}${call}(${from});`];
  const completed = `${from}_`;
  return [
    `if (${from} == null) { wrong(${path}); ${fail} }`,
    `const ${completed} = ${call}(${from});`,
    `if (${completed} === null) { ${fail} }`,
    `${into}${completed};`,
  ];
}

/** Writes the function of a list and gives its name. */
function writeList(writer: Writer, list: ValueShape & { readonly kind: 'list' }, place: Place, depth: number): string {
  const known = writer.written.get(list);
  if (known !== undefined) return known;
  const name = `l${writer.written.size}`;
  writer.written.set(list, name);
  writer.depth = Math.max(writer.depth, depth + 1);
  const index = `i${depth}`;
  const item = completing(writer, list.item, 'e', 'r = ', [...place, index], depth + 1, '{ whole = false; continue; }');
  writer.functions.push(`function ${name}(v) {
if (!Array.isArray(v)) return v instanceof Verbatim ? v : wrong([${place.join(', ')}]);
const items = [];
let whole = true;
for (let i = 0; i < v.length; i++) {
${index} = i;
const e = v[i];
let r = null;
${item.join('\n')}
items.push(r);
}
return whole ? items : null;
}`);
  return name;
}

function enumPlace(writer: Writer, values: readonly string[]): number {
  const known = writer.enums.findIndex(
    (own) => own.length === values.length && own.every((one, at) => one === values[at]),
  );
  return known >= 0 ? known : writer.enums.push(values) - 1;
}

/**
 * A quick look at a value of an answer: whether it is just what was asked, so that nothing has to be taken out and told. It changes
 * nothing. Nearly all values are; only the others are checked with care (`conformance.ts`). It is made at every object of every
 * answer, so it is code that is generated for the question.
 */

import {
  getNullableType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';

import { evaluated, quoted, reading } from '../generated-code.ts';
import { isText, leafCheckOf } from './leaf-checks.ts';
import { collectFields, subselectionsOf, type CollectedField, type SelectionScope } from './selection.ts';
import { twinsOf } from './twins.ts';
import { Verbatim } from '../verbatim.ts';

/** True only where the careful check would find nothing wrong; false says that it has to be made. */
export type Glance = (value: unknown) => boolean;

type Sets = Parameters<typeof collectFields>[2];

/** A look at an object of this type; null where what is asked depends on more than the type. */
export function compileGlance(scope: SelectionScope, type: GraphQLObjectType, sets: Sets): Glance | null {
  return compileLook((code) => writeObject(code, scope, type, sets));
}

/** A look at the value of a field. */
export function compileFieldGlance(
  scope: SelectionScope,
  type: GraphQLObjectType,
  field: CollectedField,
): Glance | null {
  return compileLook((code) => writeField(code, scope, type, field));
}

/** Code that grows: functions that look at objects and lists, and the checks of leaves that they call. */
interface Code {
  readonly functions: string[];
  readonly checks: Map<GraphQLLeafType, Glance>;
}

/** An expression that is true of a value that is just right, for the variable that has it. */
type Test = (variable: string) => string;

function compileLook(write: (code: Code) => Test | null): Glance | null {
  const code: Code = { functions: [], checks: new Map() };
  const test = write(code);
  if (test === null) return null;
  const body = `${code.functions.join('\n')}\nreturn (v) => ${test('v')};`;
  return evaluated(body, { Verbatim, checks: [...code.checks.values()] }) as Glance;
}

function writeFunction(code: Code, body: string): Test {
  const name = `look${code.functions.length}`;
  code.functions.push(`function ${name}(v) {\n${body}\n}`);
  return (variable) => `${name}(${variable})`;
}

function writeObject(code: Code, scope: SelectionScope, type: GraphQLObjectType, sets: Sets): Test | null {
  const fields = collectFields(scope, type, sets);
  const tests: string[] = [];
  for (const [place, field] of fields.entries()) {
    const test = writeField(code, scope, type, field);
    if (test === null) return null;
    tests.push(`const v${place} = ${reading('v', field.key)};\nif (!(${test(`v${place}`)})) return false;`);
  }
  const placeOf = (key: string) => fields.findIndex((field) => field.key === key);
  for (const twin of twinsOf(type, fields)) {
    const [own, hidden] = [`v${placeOf(twin.key)}`, `v${placeOf(twin.hidden)}`];
    tests.push(`if (${own} != null && ${hidden} != null && ${own} !== ${hidden}) return false;`);
  }
  return writeFunction(
    code,
    `if (typeof v !== "object" || v === null || Array.isArray(v)) return false;
${tests.join('\n')}
// With all that was asked and no more than that, it has nothing that nobody asked for. No list is made of its keys.
let count = 0;
for (const _ in v) count += 1;
return count === ${fields.length};`,
  );
}

function writeField(code: Code, scope: SelectionScope, type: GraphQLObjectType, field: CollectedField): Test | null {
  if (!field.uses.some(({ conditions }) => conditions.length === 0)) return null;
  if (field.name === '__typename') return (variable) => `${variable} === ${quoted(type.name)}`;
  const definition = type.getFields()[field.name];
  return definition ? writeType(code, scope, definition.type, field) : null;
}

function writeType(code: Code, scope: SelectionScope, type: GraphQLOutputType, field: CollectedField): Test | null {
  const test = writeNeeded(code, scope, getNullableType(type), field);
  return test && (isNonNullType(type) ? test : (variable) => `(${variable} === null || ${test(variable)})`);
}

function writeNeeded(code: Code, scope: SelectionScope, type: GraphQLOutputType, field: CollectedField): Test | null {
  if (isListType(type)) {
    const test = writeType(code, scope, type.ofType as GraphQLOutputType, field);
    return test && writeList(code, test);
  }
  if (isObjectType(type)) return writeObject(code, scope, type, subselectionsOf(field));
  return isLeafType(type) ? writeLeaf(code, type) : null;
}

function writeList(code: Code, test: Test): Test {
  return writeFunction(
    code,
    `if (!Array.isArray(v)) return v instanceof Verbatim;
for (let i = 0; i < v.length; i++) {
const item = v[i];
if (!(${test('item')})) return false;
}
return true;`,
  );
}

/** Short lists of names are compared one by one. */
const fewNames = 4;

function writeLeaf(code: Code, type: GraphQLLeafType): Test {
  const names = isEnumType(type) ? type.getValues().map(({ name }) => quoted(name)) : [];
  if (names.length > 0 && names.length <= fewNames)
    return (variable) => `(${names.map((name) => `${variable} === ${name}`).join(' || ')})`;
  const check = leafCheckOf(type);
  if (check === isText) return (variable) => `typeof ${variable} === "string"`;
  if (!code.checks.has(type)) code.checks.set(type, check);
  const place = [...code.checks.keys()].indexOf(type);
  return (variable) => `checks[${place}](${variable})`;
}

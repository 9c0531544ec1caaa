/**
 * A quick look at a value of an answer: whether it is just what was asked, so that nothing has to be taken out and told. It changes
 * nothing. Nearly all values are; only the others are checked with care (`conformance.ts`).
 */

import {
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';

import { leafCheckOf } from './leaf-checks.ts';
import { collectFields, subselectionsOf, type CollectedField, type SelectionScope } from './selection.ts';
import { twinsOf } from './twins.ts';

/** True only where the careful check would find nothing wrong; false says that it has to be made. */
export type Glance = (value: unknown) => boolean;

/** A look at an object of this type; null where what is asked depends on more than the type. */
export function compileGlance(
  scope: SelectionScope,
  type: GraphQLObjectType,
  sets: Parameters<typeof collectFields>[2],
): Glance | null {
  const fields = collectFields(scope, type, sets);
  const looks = fields.map((field) => compileFieldGlance(scope, type, field));
  if (looks.includes(null)) return null;
  const keys = fields.map(({ key }) => key);
  const twins = twinsOf(type, fields);
  const tests = looks as Glance[];
  const most = keys.length;
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    const object = value as Readonly<Record<string, unknown>>;
    for (let place = 0; place < most; place += 1) if (!tests[place]!(object[keys[place]!])) return false;
    // With all that was asked and no more than that, it has nothing that nobody asked for.
    let count = 0;
    // Makes no list of them, of which there would be one for each object of each answer.
    // eslint-disable-next-line @typescript-eslint/no-unused-vars
    for (const _ in object) count += 1;
    if (count !== most) return false;
    for (const { key, hidden } of twins) {
      if (object[key] != null && object[hidden] != null && object[key] !== object[hidden]) return false;
    }
    return true;
  };
}

/** A look at the value of a field. */
export function compileFieldGlance(
  scope: SelectionScope,
  type: GraphQLObjectType,
  field: CollectedField,
): Glance | null {
  if (!field.uses.some(({ conditions }) => conditions.length === 0)) return null;
  if (field.name === '__typename') return (value) => value === type.name;
  const definition = type.getFields()[field.name];
  return definition ? compileType(scope, definition.type, field) : null;
}

function compileType(scope: SelectionScope, type: GraphQLOutputType, field: CollectedField): Glance | null {
  const nullable = getNullableType(type);
  const look = compileNeeded(scope, nullable, field);
  return look && (isNonNullType(type) ? look : (value) => value === null || look(value));
}

function compileNeeded(scope: SelectionScope, type: GraphQLOutputType, field: CollectedField): Glance | null {
  if (isListType(type)) {
    const look = compileType(scope, type.ofType as GraphQLOutputType, field);
    return look && listLook(look);
  }
  if (isObjectType(type)) return compileGlance(scope, type, subselectionsOf(field));
  return isLeafType(type) ? leafCheckOf(type) : null;
}

function listLook(look: Glance): Glance {
  return (value) => {
    if (!Array.isArray(value)) return false;
    const list = value as unknown[];
    for (let place = 0; place < list.length; place += 1) if (!look(list[place])) return false;
    return true;
  };
}

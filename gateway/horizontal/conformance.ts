/**
 * Holds an answer against what was asked: a value that is missing or not of its type is taken out and told, so that it
 * never enters a sum, a row or another subgraph as a fact. Where null is not allowed, the object around it goes too.
 */

import {
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';

import { FailedValue } from './failed.ts';
import { leafCheckOf } from './leaf-checks.ts';
import {
  collectFields,
  isIncluded,
  subselectionsOf,
  type CollectedField,
  type SelectionScope,
  type Variables,
} from './selection.ts';
import { twinsOf } from './twins.ts';
import { Verbatim } from '../verbatim.ts';

/** Told of each value that was taken out: the field, whether it was missing or not of its type, and where it stood. */
export type Tell = (field: string, reason: 'MISSING' | 'ILL_TYPED', rootKey?: string, entity?: number) => void;

/** Takes out of an object what does not conform; false when the object itself cannot stand without it. */
export type Conform = (object: Record<string, unknown>, variables: Variables, tell: Tell) => boolean;

/** Compiles the check of an object type's selected fields. */
export function compileConformance(
  scope: ConformanceScope,
  type: GraphQLObjectType,
  sets: Parameters<typeof collectFields>[2],
): Conform {
  // Half a value object (a writ without its number) would be read as a whole one: it stands only when all of it does.
  const isWholeOnly = scope.entityNames !== undefined && !scope.entityNames.has(type.name);
  const asked = collectFields(scope, type, sets);
  const keys = new Set(asked.map(({ key }) => key));
  const fields = asked.map((field) => compileFieldConformance(scope, type, field, isWholeOnly));
  const twins = twinsOf(type, asked);
  return (object, variables, tell) => {
    let stands = true;
    for (const conform of fields) if (!conform(object, variables, tell)) stands = false;
    for (const { key, hidden, name } of twins) {
      if (object[key] == null || object[hidden] == null || object[key] === object[hidden]) continue;
      tell(name, 'ILL_TYPED');
      stands = false;
    }
    // What nobody asked for goes no further: whoever reads the answer next may take it for something that was.
    for (const key in object) if (!keys.has(key)) Reflect.deleteProperty(object, key);
    return stands;
  };
}

/** Where selections come from; with `entityNames`, objects of other types stand only as a whole. */
export interface ConformanceScope extends SelectionScope {
  readonly entityNames?: ReadonlySet<string>;
}

/** The check of one field of an object. What failed before has been told already: a mark, or undefined in its place. */
export function compileFieldConformance(
  scope: ConformanceScope,
  type: GraphQLObjectType,
  field: CollectedField,
  isWholeOnly = false,
): Conform {
  const { isNeeded, isSound } = compileField(scope, type, field);
  const { key, name } = field;
  const isSure = field.uses.some(({ conditions }) => conditions.length === 0);
  return (object, variables, tell) => {
    if (!isSure && !isIncluded(field, variables)) return true;
    const value = object[key];
    if (value === null && !isNeeded) return true;
    const sound = value == null ? 'missing' : value instanceof FailedValue || isSound(value, variables, tell);
    if (sound === true) return true;
    // What failed was told with its own error, and what holds it was told with what it holds.
    if (sound === 'missing' && !(key in object && value === undefined)) tell(name, 'MISSING');
    if (sound === false) tell(name, 'ILL_TYPED');
    object[key] = undefined;
    return !isNeeded && !isWholeOnly;
  };
}

/** `'told'`: it cannot stand, because of something inside it that has been told. */
type IsSound = (value: unknown, variables: Variables, tell: Tell) => boolean | 'told';

function compileField(scope: ConformanceScope, type: GraphQLObjectType, field: CollectedField) {
  if (field.name === '__typename') return { isNeeded: true, isSound: (value: unknown) => value === type.name };
  const definition = type.getFields()[field.name];
  if (!definition) return { isNeeded: false, isSound: () => true };
  return { isNeeded: isNonNullType(definition.type), isSound: compileType(scope, definition.type, field) };
}

function compileType(scope: ConformanceScope, type: GraphQLOutputType, field: CollectedField): IsSound {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const itemType = nullable.ofType;
    return compileList(compileType(scope, itemType, field), isNonNullType(itemType), field.name === 'edges');
  }
  if (isObjectType(nullable)) {
    const conform = compileConformance(scope, nullable, subselectionsOf(field));
    return (value, variables, tell) => {
      if (typeof value !== 'object' || Array.isArray(value)) return false;
      return conform(value as Record<string, unknown>, variables, tell) || 'told';
    };
  }
  return leafCheckOf(nullable as GraphQLLeafType);
}

/** One bad edge costs its own row; in any other list of non-null items the list goes, as GraphQL has it. */
function compileList(isItemSound: IsSound, isItemNeeded: boolean, mayDrop: boolean): IsSound {
  return (value, variables, tell) => {
    // It was held against its types while it was read.
    if (value instanceof Verbatim) return true;
    if (!Array.isArray(value)) return false;
    const list = value as unknown[];
    let sound = list.length;
    let told = false;
    for (let index = 0; index < list.length; index += 1) {
      const item = list[index];
      if (item === null && !isItemNeeded) continue;
      const verdict = item instanceof FailedValue || (item != null && isItemSound(item, variables, tell));
      if (verdict === true) continue;
      told ||= verdict === 'told';
      list[index] = undefined;
      sound -= 1;
    }
    if (sound === list.length) return true;
    if (!mayDrop) return told ? 'told' : false;
    if (!told) tell('edges', 'ILL_TYPED');
    list.splice(0, list.length, ...list.filter((item) => item !== undefined));
    return true;
  };
}

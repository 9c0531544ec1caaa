/** Answers a client's own selection (aliases, `__typename`, arguments, conditions) from plain values the hub made itself. */

import { getNamedType, isListType, isNonNullType, isObjectType, type GraphQLObjectType } from 'graphql';

import { argumentsOf } from './arguments.ts';
import {
  collectFields,
  isIncluded,
  subselectionsOf,
  type CollectedField,
  type SelectionScope,
  type Variables,
} from './selection.ts';

/** Makes the selected form of a source object; a property that is a function is called with the field's arguments. */
export type Projection = (source: object, variables: Variables) => Record<string, unknown>;

/** Compiles a projection of the selected fields of one object type. */
export function compileProjection(
  scope: SelectionScope,
  type: GraphQLObjectType,
  sets: Parameters<typeof collectFields>[2],
): Projection {
  const fields = collectFields(scope, type, sets).map((field) => compileField(scope, type, field));
  return (source, variables) => {
    const result: Record<string, unknown> = {};
    for (const { field, valueOf } of fields) {
      if (isIncluded(field, variables)) result[field.key] = valueOf(source as Record<string, unknown>, variables);
    }
    return result;
  };
}

function compileField(scope: SelectionScope, type: GraphQLObjectType, field: CollectedField) {
  if (field.name === '__typename') return { field, valueOf: () => type.name };
  const definition = type.getFields()[field.name]!;
  const object = getNamedType(definition.type);
  const nested = isObjectType(object) ? compileProjection(scope, object, subselectionsOf(field)) : undefined;
  const isList = isListType(isNonNullType(definition.type) ? definition.type.ofType : definition.type);
  const valueOf = (source: Record<string, unknown>, variables: Variables): unknown => {
    const property = source[field.name];
    const value: unknown =
      typeof property === 'function'
        ? (property as (values: object) => unknown)(argumentsOf(definition, field.uses[0]!.node, variables))
        : property;
    if (value == null) return null;
    if (!nested) return value;
    return isList ? (value as object[]).map((item) => nested(item, variables)) : nested(value, variables);
  };
  return { field, valueOf };
}

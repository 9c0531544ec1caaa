/** What composer and hub ask of a contract's fields and types. */

import {
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** The object type that a field's value, or each item of it, has; undefined for leaves and abstract types. */
export function objectOf(field: GraphQLField<unknown, unknown>): GraphQLObjectType | undefined {
  const type = getNamedType(field.type);
  return isObjectType(type) ? type : undefined;
}

/** Whether a field's value is a scalar, an enum, or a list of them. */
export function isLeafField(field: GraphQLField<unknown, unknown>): boolean {
  return isLeafType(getNamedType(field.type));
}

/** Whether a field's value is a list. */
export function isListField(field: GraphQLField<unknown, unknown>): boolean {
  return isListType(getNullableType(field.type));
}

/** The object types of a contract without introspection's own, in the order of the SDL. */
export function objectTypesOf(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
  );
}

/** An answer along the engine's own selection: nothing that only the hub asked for, and nothing that a court sent unasked. */

import { getNamedType, isObjectType, type GraphQLObjectType } from 'graphql';

import {
  collectFields,
  isIncluded,
  subselectionsOf,
  type CollectedField,
  type SelectionScope,
  type Variables,
} from '../horizontal/selection.ts';

/** Makes of a source's value what the engine is told. What is absent stays absent: null would be taken for a fact. */
export type Project = (value: unknown, variables: Variables) => unknown;

/** The projection of a field of this type. */
export function compileField(scope: SelectionScope, type: GraphQLObjectType, field: CollectedField): Project {
  const definition = type.getFields()[field.name];
  const named = definition && getNamedType(definition.type);
  if (!isObjectType(named)) return (value) => value;
  return compileObject(scope, named, subselectionsOf(field));
}

/** The projection of an object of this type, or of lists of such. */
export function compileObject(
  scope: SelectionScope,
  type: GraphQLObjectType,
  sets: Parameters<typeof collectFields>[2],
): Project {
  const fields = collectFields(scope, type, sets).map((field) => ({
    field,
    project: compileField(scope, type, field),
  }));
  const project: Project = (value, variables) => {
    if (Array.isArray(value)) return value.map((item) => project(item, variables));
    if (typeof value !== 'object' || value === null) return value;
    const told: Record<string, unknown> = {};
    for (const { field, project: below } of fields) {
      if (!isIncluded(field, variables)) continue;
      const own = field.name === '__typename' ? type.name : (value as Record<string, unknown>)[field.key];
      if (own !== undefined) told[field.key] = below(own, variables);
    }
    return told;
  };
  return project;
}

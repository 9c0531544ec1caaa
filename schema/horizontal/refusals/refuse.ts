/** How a check says what it refuses. */

import type { GraphQLField } from 'graphql';

import { objectTypesOf, type Contract } from '../contract.ts';

/** Adds one fault: the coordinate, why it cannot be merged truly, and what to change. */
export type Refuse = (coordinate: string, reason: string, remedy: string) => void;

export type Field = GraphQLField<unknown, unknown>;

/** Every field of every object type with its type and its coordinate. */
export function fieldsOf(contract: Contract) {
  return objectTypesOf(contract.schema).flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ type, field, coordinate: `${type.name}.${field.name}` })),
  );
}

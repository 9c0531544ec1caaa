/** A field's arguments as the hub reads them. */

import { getArgumentValues, type FieldNode, type GraphQLField } from 'graphql';

import type { Variables } from './selection.ts';

export type Arguments = Readonly<Record<string, unknown>>;

/** The values of a field's arguments; an explicit null means the default, as it does in every court. */
export function argumentsOf(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Variables,
): Arguments {
  const values = getArgumentValues(definition, node, variables);
  for (const { name, defaultValue } of definition.args) {
    if (values[name] === null && defaultValue !== undefined) values[name] = defaultValue;
  }
  return values;
}

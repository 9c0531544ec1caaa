/** A field's arguments as the hub reads them. */

import { getArgumentValues, visit, type FieldNode, type GraphQLField, type VariableNode } from 'graphql';

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

/** The same for a field that is asked for again and again: where no argument is a variable they are read once. */
export function compileArguments(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (variables: Variables) => Arguments {
  if (hasVariables(node)) return (variables) => argumentsOf(definition, node, variables);
  let known: Arguments | null = null;
  return () => (known ??= argumentsOf(definition, node, {}));
}

function hasVariables({ arguments: given = [] }: FieldNode): boolean {
  const found: VariableNode[] = [];
  for (const argument of given) visit(argument, { Variable: (own) => void found.push(own) });
  return found.length > 0;
}

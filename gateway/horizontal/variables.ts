/** A request's variables as an operation reads them. */

import { valueFromASTUntyped, type OperationDefinitionNode } from 'graphql';

import type { Variables } from './selection.ts';

/** The variables with the operation's own defaults where none was given. */
export function withDefaults(operation: OperationDefinitionNode, variables: Variables): Record<string, unknown> {
  const complete: Record<string, unknown> = { ...variables };
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    if (complete[name] === undefined && defaultValue) complete[name] = valueFromASTUntyped(defaultValue);
  }
  return complete;
}

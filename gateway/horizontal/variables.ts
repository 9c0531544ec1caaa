/** A request's variables as an operation reads them. */

import {
  coerceInputValue,
  isInputType,
  typeFromAST,
  valueFromAST,
  valueFromASTUntyped,
  type GraphQLInputType,
  type GraphQLSchema,
  type NamedTypeNode,
  type OperationDefinitionNode,
} from 'graphql';

import type { Variables } from './selection.ts';

/**
 * The variables with the operation's own defaults where none was given; with a schema, in the form of their types. The stock planner
 * writes the default "1" of an ID as 1, and clients may give an ID as a number: keys are compared, so they have one form.
 */
export function withDefaults(
  operation: OperationDefinitionNode,
  variables: Variables,
  schema?: GraphQLSchema,
): Record<string, unknown> {
  const complete = bareVariables(variables);
  for (const { variable, type: node, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    const type = schema && typeFromAST(schema, node as NamedTypeNode);
    // Representations are of no type of the contract.
    if (!isInputType(type)) {
      if (complete[name] === undefined && defaultValue) complete[name] = valueFromASTUntyped(defaultValue);
    } else if (complete[name] !== undefined) complete[name] = coerced(complete[name], type);
    else if (defaultValue) complete[name] = valueFromAST(defaultValue, type);
  }
  return complete;
}

/** The same variables in an object that inherits nothing: one that is called `constructor` or `__proto__` is there when it was given. */
export function bareVariables(variables: Variables): Record<string, unknown> {
  return Object.assign(Object.create(null) as Record<string, unknown>, variables);
}

/** A value that does not fit has been told before anything was planned; here it stays as it is. */
function coerced(value: unknown, type: GraphQLInputType): unknown {
  const faults: unknown[] = [];
  const result: unknown = coerceInputValue(value, type, (path) => faults.push(path));
  return faults.length === 0 ? result : value;
}

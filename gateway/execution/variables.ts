/** Variables are held against the schema before anything is planned, as GraphQL has it; values are never repeated. */

import {
  coerceInputValue,
  GraphQLError,
  isInputType,
  isNonNullType,
  typeFromAST,
  type GraphQLSchema,
  type NamedTypeNode,
  type OperationDefinitionNode,
} from 'graphql';

/** Every fault of a request's variables: where it is and what would be right. */
export function variableFaults(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): GraphQLError[] {
  const faults: GraphQLError[] = [];
  for (const { variable, type: node, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    const type = typeFromAST(schema, node as NamedTypeNode);
    if (!isInputType(type)) continue;
    const fault = (path: readonly (string | number)[], expected: string) =>
      faults.push(
        new GraphQLError(`Variable $${[name, ...path].join('.')} is not valid: ${expected}.`, {
          nodes: variable,
          extensions: { code: 'BAD_USER_INPUT', variable: name },
        }),
      );
    const value = variables[name];
    if (value === undefined) {
      if (!defaultValue && isNonNullType(type)) fault([], `it has to be given, as ${type.toString()}`);
      continue;
    }
    coerceInputValue(value, type, (path, _, error) => fault(path, withoutValue(error.message)));
  }
  return faults;
}

/** graphql-js repeats the value that does not fit; what is left says what would. */
function withoutValue(message: string): string {
  const expected = /^Expected (?:non-nullable )?(?:type )?"([^"]+)"/.exec(message);
  if (expected) return `it has to be ${expected[1]}`;
  const unknown = /^Field "([^"]+)" is not defined by type "([^"]+)"/.exec(message);
  if (unknown) return `${unknown[2]} has no field ${unknown[1]}`;
  const required = /^Field "([^"]+)" of required type "([^"]+)" was not provided/.exec(message);
  if (required) return `${required[1]} has to be given, as ${required[2]}`;
  const enumerated = /(?:does not exist in|cannot represent[^:]*?) "?([A-Z][A-Za-z]+)"? enum/.exec(message);
  if (enumerated) return `it has to be a value of ${enumerated[1]}`;
  const scalar = /^([A-Z][A-Za-z]+) cannot represent/.exec(message);
  return scalar ? `it has to be ${scalar[1]}` : 'it is not of its type';
}

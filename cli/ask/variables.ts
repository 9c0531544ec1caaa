/** The variables of an operation: an example's own, then `--variables`, then each `--var`. */

import { existsSync, readFileSync } from 'node:fs';

import { isNonNullType, Kind, print, typeFromAST, type GraphQLInputType, type GraphQLSchema } from 'graphql';

import { UsageFault } from '../command.ts';
import { isObject, type JsonObject } from './json.ts';
import type { Operation } from './operation.ts';
import { parseValue } from './typed-value.ts';
import { setAt } from './variable-path.ts';

export interface GivenVariables {
  /** `--variables`: a file, or a JSON object itself. */
  readonly whole: string | undefined;
  /** Each `--var name=value`; `filter.stages=FILED,CLOSED` sets one field of an input object. */
  readonly single: readonly string[];
}

/** What goes to the hub; throws UsageFault for a variable that the operation has not, and for one that it lacks. */
export function readVariables(
  { definition, defaults }: Operation,
  schema: GraphQLSchema,
  { whole, single }: GivenVariables,
): JsonObject {
  const declared = new Map(
    (definition.variableDefinitions ?? []).map((node) => [
      node.variable.name.value,
      {
        written: print(node.type),
        type: typeFromAST(schema, node.type as never) as GraphQLInputType | undefined,
        isRequired: node.type.kind === Kind.NON_NULL_TYPE && !node.defaultValue,
      },
    ]),
  );
  const known =
    declared.size === 0
      ? 'It has none.'
      : `It has ${[...declared].map(([name, { written }]) => `${name} (${written})`).join(', ')}.`;
  const check = (name: string) => {
    const found = declared.get(name);
    if (!found) throw new UsageFault(`the operation has no variable "${name}". ${known}`);
    return found;
  };

  const variables: Record<string, unknown> = { ...defaults, ...(whole !== undefined && readWhole(whole)) };
  for (const name of Object.keys(variables)) check(name);
  for (const assignment of single) {
    const [, path, text] = /^\$?([^=]+)=(.*)$/s.exec(assignment) ?? [];
    if (path === undefined || text === undefined) {
      throw new UsageFault(`--var is "${assignment}": write --var name=value. ${known}`);
    }
    const [name, ...fields] = path.split('.') as [string, ...string[]];
    const { type } = check(name);
    variables[name] = setAt(variables[name], fields, type, path, (of) => parseValue(text, of, path));
  }
  for (const [name, { written, type, isRequired }] of declared) {
    if (isRequired && (variables[name] === undefined || (isNonNullType(type) && variables[name] === null))) {
      throw new UsageFault(`the operation needs ${name} (${written}): add --var ${name}=VALUE.`);
    }
  }
  return variables;
}

function readWhole(given: string): JsonObject {
  const isInline = given.trimStart().startsWith('{');
  if (!isInline && !existsSync(given)) {
    throw new UsageFault(`--variables is "${given}", which is no file and no JSON object such as {"name": "王伟"}.`);
  }
  try {
    const value: unknown = JSON.parse(isInline ? given : readFileSync(given, 'utf8').replace(/^\ufeff/, ''));
    if (isObject(value)) return value;
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason !== undefined) throw new UsageFault(`cannot read ${given} (${reason}).`);
  }
  throw new UsageFault(`--variables holds no JSON object. Write {"name": value}${isInline ? '' : ' in the file'}.`);
}

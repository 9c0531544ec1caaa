/** What other subgraphs may say about the contract's types: extend its entities, require its fields, and no more. */

import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  Kind,
  parse,
  type ConstDirectiveNode,
  type DefinitionNode,
  type GraphQLInputType,
} from 'graphql';

import { objectTypesOf, type Contract } from './contract.ts';
import type { Fault } from './fault.ts';

/** Every field and enum of the contract that this subgraph would answer in the courts' place; empty when there is none. */
export function neighbourFaults(contract: Contract, member: string, sdl: string): Fault[] {
  const askedEnums = askedEnumsOf(contract);
  return parse(sdl).definitions.flatMap((definition): Fault[] => {
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION && askedEnums.has(definition.name.value)) {
      return [
        {
          member,
          coordinate: definition.name.value,
          reason: 'The contract asks with this enum, so one value more in either place would break every composition.',
          remedy: 'Use a scalar or String here.',
        },
      ];
    }
    return takenFields(contract, definition).map((coordinate) => ({
      member,
      coordinate,
      reason: 'The courts answer this field.',
      remedy: 'Mark it @external and @requires it, or give your own field another name.',
    }));
  });
}

/** Fields of the contract that a definition declares as its own, although they are neither a key nor @external. */
function takenFields(contract: Contract, definition: DefinitionNode): string[] {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
  const { name, directives, fields } = definition;
  const type = contract.schema.getType(name.value);
  if (!isObjectType(type) || isExternal(directives)) return [];
  const keys = contract.entities.get(type.name)?.keyFields ?? [];
  return (fields ?? [])
    .filter((field) => field.name.value in type.getFields())
    .filter((field) => !contract.isExternal(type.name, field.name.value))
    .filter((field) => !keys.includes(field.name.value) && !isExternal(field.directives))
    .map((field) => `${type.name}.${field.name.value}`);
}

function isExternal(directives: readonly ConstDirectiveNode[] | undefined): boolean {
  return directives?.some((directive) => directive.name.value === 'external') ?? false;
}

/** The enums in arguments and inputs: every subgraph has to know exactly the same values of them. */
function askedEnumsOf(contract: Contract): Set<string> {
  const enums = new Set<string>();
  const visit = (type: GraphQLInputType) => {
    const named = getNamedType(type);
    if (isEnumType(named)) enums.add(named.name);
  };
  for (const type of objectTypesOf(contract.schema)) {
    for (const field of Object.values(type.getFields())) for (const argument of field.args) visit(argument.type);
  }
  for (const type of Object.values(contract.schema.getTypeMap())) {
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) visit(field.type);
  }
  return enums;
}

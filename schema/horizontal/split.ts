/**
 * Splits a contract in three logical subgraphs, so that a stock planner goes where the rows are:
 * `court` (routed roots, owned entities whole), `city` (gathered roots, every entity a stub) and `reach` (owner-less
 * entities whole, owned entities as stubs). With fewer it would stay where it is and give one court's rows.
 */

import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isScalarType,
  Kind,
  print,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type GraphQLNamedType,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { specifiedScalarTypes } from 'graphql/type/scalars.js';

import { isLeafField, type Contract } from './contract.ts';
import { federationSpec } from './directives.ts';
import { ContractError } from './fault.ts';
import { refusalsOf } from './refusals.ts';

export const logicalNames = ['court', 'city', 'reach'] as const;
export type LogicalName = (typeof logicalNames)[number];

/** The SDL of each logical subgraph; throws ContractError when the contract cannot be merged. */
export function splitContract(contract: Contract): Record<LogicalName, string> {
  const faults = refusalsOf(contract);
  if (faults.length > 0) throw new ContractError(faults);
  const reachable = {
    court: reachableTypes(contract, 'court'),
    city: reachableTypes(contract, 'city'),
    reach: reachableTypes(contract, 'reach'),
  };
  return {
    court: printLogical(contract, 'court', reachable),
    city: printLogical(contract, 'city', reachable),
    reach: printLogical(contract, 'reach', reachable),
  };
}

type Reachable = Record<LogicalName, ReadonlySet<string>>;

function printLogical(contract: Contract, logical: LogicalName, reachable: Reachable): string {
  const types = reachable[logical];
  const header = `extend schema @link(url: "${federationSpec}", import: ["@key", "@shareable", "@inaccessible", "@tag"])`;
  const definitions = contract.document.definitions.flatMap((definition) => {
    if (!('name' in definition) || !types.has(definition.name.value)) return [];
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [print(definition)];
    return [print(objectOfLogical(contract, definition, logical, reachable))];
  });
  return `${[header, ...definitions].join('\n\n')}\n`;
}

/** Names of the types that this logical subgraph shows, found by walking what it keeps. */
function reachableTypes(contract: Contract, logical: LogicalName): Set<string> {
  const seen = new Set<string>();
  const visit = (type: GraphQLNamedType) => {
    if (seen.has(type.name) || specifiedScalarTypes.some((scalar) => scalar.name === type.name)) return;
    seen.add(type.name);
    if (isScalarType(type) || isEnumType(type)) return;
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) visit(getNamedType(field.type));
    }
    if (isObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        if (!keeps(contract, type.name, field.name, logical)) continue;
        visit(getNamedType(field.type));
        for (const argument of field.args) visit(getNamedType(argument.type));
      }
    }
  };
  for (const root of rootsOf(contract, logical)) visit(contract.schema.getType(root)!);
  return seen;
}

/** Where the walk begins: root types, and the entities that this logical subgraph resolves. */
function rootsOf(contract: Contract, logical: LogicalName): string[] {
  const whole = [...contract.entities.values()].filter((entity) => isWhole(contract, entity.name, logical));
  const roots = [contract.schema.getQueryType(), contract.schema.getMutationType()].filter((root) =>
    Object.keys(root?.getFields() ?? {}).some((field) => keeps(contract, root!.name, field, logical)),
  );
  return [...roots.map((root) => root!.name), ...whole.map((entity) => entity.name)];
}

/** Whether an entity is shown with all its fields, rather than as a stub. */
function isWhole(contract: Contract, typeName: string, logical: LogicalName): boolean {
  const entity = contract.entities.get(typeName);
  if (!entity || entity.foreign) return false;
  return logical === (entity.ownerKey === null ? 'reach' : 'court');
}

function keeps(contract: Contract, typeName: string, fieldName: string, logical: LogicalName): boolean {
  if (typeName === contract.schema.getQueryType()?.name || typeName === contract.schema.getMutationType()?.name) {
    return contract.routeOf(typeName, fieldName) ? logical === 'court' : logical === 'city';
  }
  const entity = contract.entities.get(typeName);
  if (!entity || isWhole(contract, typeName, logical)) return true;
  if (entity.keyFields.includes(fieldName)) return true;
  // In `court` a person is an id only, so that one answer never has two names for one person.
  if (entity.foreign || logical === 'court') return false;
  const type = contract.schema.getType(typeName);
  return isObjectType(type) && isLeafField(type.getFields()[fieldName]!) && !contract.gatherOf(typeName, fieldName);
}

function objectOfLogical(
  contract: Contract,
  definition: ObjectTypeDefinitionNode,
  logical: LogicalName,
  reachable: Reachable,
): ObjectTypeDefinitionNode {
  const name = definition.name.value;
  const isKey = (field: string) => contract.entities.get(name)?.keyFields.includes(field) ?? false;
  // A field that only one of the three shows is not shareable: nobody else may define it unnoticed.
  const isShared = (field: string) =>
    logicalNames.filter((other) => reachable[other].has(name) && keeps(contract, name, field, other)).length > 1;
  const fields = (definition.fields ?? [])
    .filter((field) => keeps(contract, name, field.name.value, logical))
    .map((field) => fieldOfLogical(field, isShared(field.name.value) && !isKey(field.name.value)));
  const directives = (definition.directives ?? [])
    .filter((directive) => !isHorizontal(directive))
    .map((directive) =>
      directive.name.value === 'key' && !isWhole(contract, name, logical) ? unresolvable(directive) : directive,
    );
  return { ...definition, fields, directives };
}

function fieldOfLogical(field: FieldDefinitionNode, shareable: boolean): FieldDefinitionNode {
  const kept = (field.directives ?? []).filter((directive) => !isHorizontal(directive));
  const directives = shareable ? [...kept, directiveNode('shareable')] : kept;
  return { ...field, directives };
}

function isHorizontal(directive: ConstDirectiveNode): boolean {
  return ['route', 'gather', 'owner', 'merge', 'shareable'].includes(directive.name.value);
}

function unresolvable(directive: ConstDirectiveNode): ConstDirectiveNode {
  const fields = (directive.arguments ?? []).filter((argument) => argument.name.value !== 'resolvable');
  return {
    ...directive,
    arguments: [
      ...fields,
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: 'resolvable' },
        value: { kind: Kind.BOOLEAN, value: false },
      },
    ],
  };
}

function directiveNode(name: string): ConstDirectiveNode {
  return { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: name } };
}

/**
 * Splits a contract in three logical subgraphs, so that a stock planner goes where the rows are:
 * `court` (routed roots, owned entities whole), `city` (gathered roots, every entity a stub) and `reach` (owner-less
 * entities whole, owned entities as stubs). With fewer it would stay where it is and give one court's rows.
 */

import {
  Kind,
  print,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';

import type { Contract } from './contract.ts';
import { federationSpec, horizontalNames } from './directives.ts';
import { ContractError } from './fault.ts';
import { refusalsOf } from './refusals.ts';
import { logicalNames, toShown, type LogicalName, type Shown } from './shown.ts';

export { logicalNames, type LogicalName } from './shown.ts';

/** The SDL of each logical subgraph; throws ContractError when the contract cannot be merged. */
export function splitContract(contract: Contract): Record<LogicalName, string> {
  const faults = refusalsOf(contract);
  if (faults.length > 0) throw new ContractError(faults);
  const shown = toShown(contract);
  return {
    court: printLogical(contract, 'court', shown),
    city: printLogical(contract, 'city', shown),
    reach: printLogical(contract, 'reach', shown),
  };
}

function printLogical(contract: Contract, logical: LogicalName, shown: Shown): string {
  const header = `extend schema @link(url: "${federationSpec}", import: ["@key", "@shareable", "@inaccessible", "@tag", "@external", "@requires"])`;
  const definitions = contract.document.definitions.flatMap((definition) => {
    if (!('name' in definition) || !shown.has(logical, definition.name.value)) return [];
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) {
      return [print(objectOfLogical(contract, definition, logical, shown))];
    }
    if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      return [print(interfaceOfLogical(definition, logical, shown))];
    }
    return [print(definition)];
  });
  return `${[header, ...definitions].join('\n\n')}\n`;
}

function objectOfLogical(
  contract: Contract,
  definition: ObjectTypeDefinitionNode,
  logical: LogicalName,
  shown: Shown,
): ObjectTypeDefinitionNode {
  const name = definition.name.value;
  const isKey = (field: string) => contract.entities.get(name)?.keyFields.includes(field) ?? false;
  // A field that only one of the three shows is not shareable: nobody else may define it unnoticed.
  const isShared = (field: string) =>
    logicalNames.filter((other) => shown.has(other, name) && shown.keeps(other, name, field)).length > 1;
  const fields = (definition.fields ?? [])
    .filter((field) => shown.keeps(logical, name, field.name.value))
    .map((field) => fieldOfLogical(field, isShared(field.name.value) && !isKey(field.name.value)));
  const directives = (definition.directives ?? [])
    .filter((directive) => !isHorizontal(directive))
    .map((directive) =>
      directive.name.value === 'key' && !shown.isWhole(logical, name) ? unresolvable(directive) : directive,
    );
  return { ...definition, fields, directives };
}

function interfaceOfLogical(
  definition: InterfaceTypeDefinitionNode,
  logical: LogicalName,
  shown: Shown,
): InterfaceTypeDefinitionNode {
  const fields = (definition.fields ?? [])
    .filter((field) => shown.keeps(logical, definition.name.value, field.name.value))
    .map((field) => fieldOfLogical(field, false));
  return { ...definition, fields };
}

function fieldOfLogical(field: FieldDefinitionNode, shareable: boolean): FieldDefinitionNode {
  const kept = (field.directives ?? []).filter((directive) => !isHorizontal(directive));
  const directives = shareable ? [...kept, directiveNode('shareable')] : kept;
  return { ...field, directives };
}

function isHorizontal(directive: ConstDirectiveNode): boolean {
  return [...horizontalNames, 'shareable'].includes(directive.name.value);
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

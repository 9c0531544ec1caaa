/** Values on their way to a member that may know less than the contract: what it would not understand never goes there. */

import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  Kind,
  valueFromASTUntyped,
  type ArgumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type ObjectFieldNode,
  type ValueNode,
} from 'graphql';

import type { Capability } from '../../schema/horizontal/drift/capability.ts';
import type { Variables } from './selection.ts';

/** What the hub does itself for every member: telling it to a member changes nothing. */
const doneByHub: ReadonlySet<string> = new Set(['completeness']);

/**
 * The arguments with which a member can be asked for a field; null when one that is used would not be understood. Used
 * means that leaving it out would ask something else: null is a value of its own where the contract has a default.
 */
export function argumentsFor(
  capability: Capability,
  typeName: string,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Variables,
): readonly ArgumentNode[] | null {
  const told: ArgumentNode[] = [];
  for (const argument of field.args) {
    const given = node.arguments?.find(({ name }) => name.value === argument.name);
    const value = given && valueFromASTUntyped(given.value, variables);
    if (capability.lacksArgument(typeName, field.name, argument.name)) {
      if (!doneByHub.has(argument.name) && isUsed(argument, value)) return null;
      continue;
    }
    if (value === null && capability.refusesNull(typeName, field.name, argument.name)) return null;
    const written = value === undefined ? capability.defaultOf(typeName, field.name, argument.name) : undefined;
    if (usesLacking(capability, argument.type, written ? valueFromASTUntyped(written) : value)) return null;
    if (written) told.push({ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: argument.name }, value: written });
    else if (given) told.push({ ...given, value: nodeFor(capability, argument.type, given.value, variables) });
  }
  return told;
}

/** Whether what an argument, or a field inside it, may hold differs for this member. */
export function isSensitive(capability: Capability, typeName: string, field: GraphQLField<unknown, unknown>): boolean {
  return field.args.some(
    (argument) =>
      capability.lacksArgument(typeName, field.name, argument.name) ||
      capability.defaultOf(typeName, field.name, argument.name) !== undefined ||
      isSensitiveType(capability, argument.type),
  );
}

/** Whether values of this type are not all understood by a member as the contract means them. */
export function isSensitiveType(capability: Capability, given: GraphQLInputType, seen = new Set<unknown>()): boolean {
  const type = itemType(given);
  if (isEnumType(type)) return type.getValues().some(({ name }) => capability.lacksEnumValue(type.name, name));
  if (!isInputObjectType(type) || seen.has(type)) return false;
  seen.add(type);
  return Object.values(type.getFields()).some(
    (field) =>
      capability.lacksInputField(type.name, field.name) ||
      capability.inputDefaultOf(type.name, field.name) !== undefined ||
      isSensitiveType(capability, field.type, seen),
  );
}

/** A variable's value without the unused fields that a member does not know, and with defaults that differ there. */
export function valueFor(capability: Capability, given: GraphQLInputType, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => valueFor(capability, itemType(given), item));
  const type = itemType(given);
  if (!isInputObjectType(type) || typeof value !== 'object' || value === null) return value;
  const own = value as Record<string, unknown>;
  const told: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(type.getFields())) {
    if (capability.lacksInputField(type.name, name)) continue;
    const written = own[name] === undefined ? capability.inputDefaultOf(type.name, name) : undefined;
    if (written) told[name] = valueFromASTUntyped(written);
    else if (name in own) told[name] = valueFor(capability, field.type, own[name]);
  }
  return told;
}

/** Whether anything in a value is used and would not be understood. */
function usesLacking(capability: Capability, given: GraphQLInputType, value: unknown): boolean {
  if (value == null) return false;
  if (Array.isArray(value)) return value.some((item) => usesLacking(capability, itemType(given), item));
  const type = itemType(given);
  if (isEnumType(type)) return typeof value === 'string' && capability.lacksEnumValue(type.name, value);
  if (!isInputObjectType(type) || typeof value !== 'object') return false;
  const own = value as Record<string, unknown>;
  return Object.values(type.getFields()).some((field) => {
    const held = own[field.name];
    if (capability.lacksInputField(type.name, field.name)) return isUsed(field, held);
    if (held === null && capability.inputRefusesNull(type.name, field.name)) return true;
    const written = held === undefined ? capability.inputDefaultOf(type.name, field.name) : undefined;
    return usesLacking(capability, field.type, written ? valueFromASTUntyped(written) : held);
  });
}

function isUsed({ astNode }: GraphQLArgument | GraphQLInputField, value: unknown): boolean {
  if (value === undefined) return false;
  const fallback: unknown = astNode?.defaultValue ? valueFromASTUntyped(astNode.defaultValue) : null;
  return JSON.stringify(value) !== JSON.stringify(fallback);
}

/** The same for a value as the question writes it; variables in it stay. */
function nodeFor(capability: Capability, given: GraphQLInputType, node: ValueNode, variables: Variables): ValueNode {
  const type = itemType(given);
  if (node.kind === Kind.LIST) {
    return { ...node, values: node.values.map((item) => nodeFor(capability, type, item, variables)) };
  }
  if (node.kind !== Kind.OBJECT || !isInputObjectType(type)) return node;
  const fields = Object.values(type.getFields()).flatMap((field): ObjectFieldNode[] => {
    if (capability.lacksInputField(type.name, field.name)) return [];
    const held = node.fields.find(({ name }) => name.value === field.name);
    const value = held && valueFromASTUntyped(held.value, variables);
    const written = value === undefined ? capability.inputDefaultOf(type.name, field.name) : undefined;
    const name = { kind: Kind.NAME, value: field.name } as const;
    if (written) return [{ kind: Kind.OBJECT_FIELD, name, value: written }];
    return held ? [{ ...held, value: nodeFor(capability, field.type, held.value, variables) }] : [];
  });
  return { ...node, fields };
}

/** The type of the items of a list, however deep; one value stands for a list of one. */
function itemType(given: GraphQLInputType): GraphQLInputType {
  const type = getNullableType(given);
  return isListType(type) ? itemType(type.ofType) : type;
}

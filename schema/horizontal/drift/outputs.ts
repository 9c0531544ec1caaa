/** What a member can be asked for: object types and interfaces, their fields, and who they implement. */

import {
  isListType,
  isNonNullType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLUnionType,
} from 'graphql';

import type { Comparison } from './comparison.ts';
import { compareArguments } from './inputs.ts';

type Fielded = GraphQLObjectType | GraphQLInterfaceType;

/** Compares an object type or an interface, field by field. */
export function compareFields(comparison: Comparison, contract: Fielded, own: Fielded): void {
  const served = own.getFields();
  for (const field of Object.values(contract.getFields())) {
    const coordinate = `${contract.name}.${field.name}`;
    const ownField = served[field.name];
    if (ownField) {
      compareField(comparison, coordinate, field, ownField);
    } else if (comparison.needed.has(coordinate)) {
      comparison.fault(
        coordinate,
        'The contract needs this field, and the member does not have it.',
        `Serve it as ${String(field.type)}.`,
      );
    } else if (!comparison.contract.isExternal(contract.name, field.name)) {
      comparison.lack('field', coordinate);
    }
  }
  for (const name of Object.keys(served)) {
    if (name in contract.getFields()) continue;
    comparison.note(`${contract.name}.${name}`, 'The contract does not have this field; it is not shown.');
  }
  for (const { name } of contract.getInterfaces()) {
    const known = comparison.own.schema.getType(name);
    if (!known || own.getInterfaces().some((candidate) => candidate.name === name)) continue;
    comparison.fault(
      contract.name,
      `It does not implement ${name}, and questions about ${name} would leave it out.`,
      `Declare ${contract.name} implements ${name}.`,
    );
  }
}

/** Compares a union: a type that the member has, but not in the union, would be left out of answers. */
export function compareUnion(comparison: Comparison, contract: GraphQLUnionType, own: GraphQLUnionType): void {
  const names = own.getTypes().map(({ name }) => name);
  for (const { name } of contract.getTypes()) {
    if (names.includes(name) || !comparison.own.schema.getType(name)) continue;
    comparison.fault(contract.name, `${name} does not belong to it here.`, `Add ${name} to the union.`);
  }
}

function compareField(
  comparison: Comparison,
  coordinate: string,
  contract: GraphQLField<unknown, unknown>,
  own: GraphQLField<unknown, unknown>,
): void {
  const difference = differenceOf(contract.type, own.type);
  if (difference === 'another') {
    comparison.fault(
      coordinate,
      `It is ${String(own.type)} here and ${String(contract.type)} in the contract.`,
      `Serve it as ${String(contract.type)}.`,
    );
    return;
  }
  if (difference === 'looser') {
    const text = `It may be null here and is ${String(contract.type)} in the contract; a null is taken for a fault.`;
    comparison.note(coordinate, text);
  }
  if (own.deprecationReason != null && contract.deprecationReason == null) {
    comparison.note(coordinate, 'The member gives this field up (@deprecated); the contract still has it.');
  }
  compareArguments(comparison, coordinate, contract.args, own.args);
}

/** Stricter answers are lawful, looser ones are checked value by value anyway, those of another type cannot be read. */
function differenceOf(contract: GraphQLOutputType, own: GraphQLOutputType): 'none' | 'looser' | 'another' {
  if (isNonNullType(own)) return differenceOf(isNonNullType(contract) ? contract.ofType : contract, own.ofType);
  if (isNonNullType(contract)) {
    return differenceOf(contract.ofType, own) === 'another' ? 'another' : 'looser';
  }
  if (isListType(own) || isListType(contract)) {
    return isListType(own) && isListType(contract) ? differenceOf(contract.ofType, own.ofType) : 'another';
  }
  return own.name === contract.name ? 'none' : 'another';
}

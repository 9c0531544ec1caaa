/** What a member can be told: arguments, fields of input objects, and values of enums. */

import {
  GraphQLNonNull,
  isNonNullType,
  isListType,
  getNullableType,
  Kind,
  valueFromASTUntyped,
  type ConstValueNode,
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type InputValueDefinitionNode,
} from 'graphql';

import type { Comparison } from './comparison.ts';

/** An argument or a field of an input object, on one side. */
interface Input {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly astNode?: InputValueDefinitionNode | null | undefined;
}

type Inputs = readonly Input[];

/** Compares the arguments of one field. */
export function compareArguments(comparison: Comparison, coordinate: string, contract: Inputs, own: Inputs): void {
  compareInputs(comparison, contract, own, (name) => `${coordinate}(${name}:)`, 'argument');
}

/** Compares the fields of an input object. */
export function compareInputFields(
  comparison: Comparison,
  contract: GraphQLInputObjectType,
  own: GraphQLInputObjectType,
): void {
  const [known, served] = [Object.values(contract.getFields()), Object.values(own.getFields())];
  compareInputs(comparison, known, served, (name) => `${contract.name}.${name}`, 'inputField');
}

/** Compares the values of an enum: one that the member has not cannot be told to it. */
export function compareEnumValues(comparison: Comparison, contract: GraphQLEnumType, own: GraphQLEnumType): void {
  for (const { name } of contract.getValues()) {
    if (!own.getValue(name)) comparison.lack('enumValue', `${contract.name}.${name}`);
  }
  for (const { name } of own.getValues()) {
    if (contract.getValue(name)) continue;
    const text = 'The contract has no such value: where it is given as an answer, that value is left out.';
    comparison.note(`${contract.name}.${name}`, text);
  }
}

function compareInputs(
  comparison: Comparison,
  contract: Inputs,
  own: Inputs,
  coordinateOf: (name: string) => string,
  kind: 'argument' | 'inputField',
): void {
  for (const known of contract) {
    const served = own.find(({ name }) => name === known.name);
    if (served) compareInput(comparison, known, served, coordinateOf(known.name));
    else comparison.lack(kind, coordinateOf(known.name));
  }
  for (const served of own) {
    if (contract.some(({ name }) => name === served.name)) continue;
    const coordinate = coordinateOf(served.name);
    if (isNonNullType(served.type) && served.astNode?.defaultValue === undefined) {
      comparison.fault(
        coordinate,
        'The member requires this, and the contract does not have it, so nothing that needs it could be asked.',
        'Make it nullable, or give it a default.',
      );
    } else {
      comparison.note(coordinate, 'The contract does not have this; it is never given.');
    }
  }
}

function compareInput(comparison: Comparison, known: Input, served: Input, coordinate: string): void {
  const fallback = known.astNode?.defaultValue;
  const isStricter = !accepts(served.type, known.type);
  // A member that takes no null can be told the contract's default where nothing is given, and not where null is.
  const isWrittenOut =
    isStricter && fallback !== undefined && accepts(served.type, new GraphQLNonNull(nullable(known)));
  if (isStricter && !isWrittenOut) {
    comparison.fault(
      coordinate,
      `It is ${String(served.type)} here and ${String(known.type)} in the contract.`,
      `Make it ${String(known.type)}.`,
    );
    return;
  }
  const own = served.astNode?.defaultValue;
  if (isSame(fallback, own)) {
    if (isWrittenOut) comparison.defaults.set(coordinate, fallback);
    if (isWrittenOut) comparison.strict.add(coordinate);
    return;
  }
  if (isWrittenOut) comparison.strict.add(coordinate);
  comparison.defaults.set(coordinate, fallback ?? { kind: Kind.NULL });
  const text = `Its default differs; the contract's is written out: ${JSON.stringify(valueOf(fallback))}.`;
  comparison.note(coordinate, text);
}

function nullable({ type }: Input) {
  return getNullableType(type);
}

/** Whether whatever the contract lets through is lawful to the member. */
function accepts(own: GraphQLInputType, contract: GraphQLInputType): boolean {
  if (isNonNullType(contract)) return accepts(isNonNullType(own) ? own.ofType : own, contract.ofType);
  if (isNonNullType(own)) return false;
  if (isListType(own) || isListType(contract)) {
    return isListType(own) && isListType(contract) && accepts(own.ofType, contract.ofType);
  }
  return own.name === contract.name;
}

/** No default and a default of null say the same. */
function isSame(left: ConstValueNode | undefined, right: ConstValueNode | undefined): boolean {
  return JSON.stringify(valueOf(left)) === JSON.stringify(valueOf(right));
}

function valueOf(node: ConstValueNode | undefined): unknown {
  return node ? (valueFromASTUntyped(node) ?? null) : null;
}

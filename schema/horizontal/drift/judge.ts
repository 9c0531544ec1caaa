/**
 * Holds what a member's program serves against the published contract. The contract is the measure, never what most
 * members do: what is lacking is routed around, what cannot be read aright keeps that member out, alone.
 */

import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  print,
  type ConstDirectiveNode,
  type GraphQLNamedType,
} from 'graphql';

import type { Contract } from '../contract.ts';
import { horizontalNames, machinery } from '../directives.ts';
import type { Fault } from '../fault.ts';
import { toCapability, wholeCapability, type Capability } from './capability.ts';
import { kindOf, openComparison, type Comparison, type Note } from './comparison.ts';
import { addConsequences } from './consequences.ts';
import { compareEntities } from './entities.ts';
import { compareEnumValues, compareInputFields } from './inputs.ts';
import { leastBound, readMemberSdl } from './member-sdl.ts';
import { neededOf } from './needed.ts';
import { compareFields, compareUnion } from './outputs.ts';

export type { Note } from './comparison.ts';

/** What came of comparing one member with the contract. */
export interface Judgement {
  readonly capability: Capability;
  /** Why nothing may be asked of it; empty when it may join. */
  readonly incompatible: readonly Fault[];
  /** What changes nothing and is worth knowing. */
  readonly notes: readonly Note[];
  /** Nothing of the contract is served: that is then the only fault, and all else goes without saying. */
  readonly servesNothing: boolean;
}

/** Judges a member by its SDL; never throws, whatever the text is. */
export function judgeMember(contract: Contract, sdl: string, member: string): Judgement {
  const own = readMemberSdl(sdl, member, boundOf(contract));
  if (!('schema' in own)) return { capability: wholeCapability, incompatible: own, notes: [], servesNothing: false };
  const comparison = openComparison(contract, own, neededOf(contract), member);
  if (!servesAnything(comparison)) {
    comparison.fault(
      'Query',
      'Nothing that the contract asks for is served here.',
      'Give the SDL of a program that serves the contract, as it answers { _service { sdl } }.',
    );
    return { capability: wholeCapability, incompatible: comparison.faults, notes: [], servesNothing: true };
  }
  for (const type of typesOf(contract)) compareType(comparison, type);
  compareEntities(comparison);
  addConsequences(comparison);
  noteTypes(comparison);
  noteDirectives(comparison);
  const { faults, notes } = comparison;
  return { capability: toCapability(comparison), incompatible: faults, notes, servesNothing: false };
}

/** Ten times the contract's own text: descriptions and what a program has besides are no fault. */
function boundOf({ document }: Contract): number {
  return Math.max(leastBound, 10 * (document.loc?.source.body.length ?? 0));
}

function typesOf({ schema }: Contract): GraphQLNamedType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type) => !isSpecifiedScalarType(type) && !isIntrospectionType(type) && !machinery.has(type.name),
  );
}

function compareType(comparison: Comparison, contract: GraphQLNamedType): void {
  const own = comparison.own.schema.getType(contract.name);
  if (!own) {
    comparison.lack('type', contract.name);
  } else if (isFielded(contract) && isFielded(own) && isInterfaceType(contract) === isInterfaceType(own)) {
    compareFields(comparison, contract, own);
  } else if (isInputObjectType(contract) && isInputObjectType(own)) {
    compareInputFields(comparison, contract, own);
  } else if (isEnumType(contract) && isEnumType(own)) {
    compareEnumValues(comparison, contract, own);
  } else if (isUnionType(contract) && isUnionType(own)) {
    compareUnion(comparison, contract, own);
  } else if (kindOf(contract) !== kindOf(own)) {
    comparison.fault(
      contract.name,
      `It is ${kindOf(own)} here and ${kindOf(contract)} in the contract.`,
      `Make it ${kindOf(contract)}.`,
    );
  }
}

function isFielded(type: GraphQLNamedType) {
  return isObjectType(type) || isInterfaceType(type);
}

/** A root field or an entity of the contract. */
function servesAnything({ contract, own }: Comparison): boolean {
  const roots = [contract.schema.getQueryType(), contract.schema.getMutationType()];
  const fieldsOf = (name: string) => {
    const type = own.schema.getType(name);
    return isObjectType(type) ? Object.keys(type.getFields()) : [];
  };
  return (
    roots.some((root) => root && fieldsOf(root.name).some((field) => field in root.getFields())) ||
    [...contract.entities.values()].some(({ name, foreign }) => !foreign && own.schema.getType(name) !== undefined)
  );
}

function noteTypes({ contract, own, note }: Comparison): void {
  for (const type of Object.values(own.schema.getTypeMap())) {
    if (isSpecifiedScalarType(type) || isIntrospectionType(type) || contract.schema.getType(type.name)) continue;
    note(type.name, 'The contract does not have this type; it is not shown.');
  }
}

/** Rules of merging are the contract's alone. */
function noteDirectives({ contract, own, note }: Comparison): void {
  const texts = (directives: readonly ConstDirectiveNode[]) =>
    directives
      .filter((directive) => horizontalNames.includes(directive.name.value))
      .map((directive) => print({ ...directive, arguments: sorted(directive.arguments ?? []) }));
  const compare = (coordinate: string, known: readonly ConstDirectiveNode[], served: readonly ConstDirectiveNode[]) => {
    const rules = texts(known);
    for (const text of texts(served)) {
      if (rules.includes(text)) continue;
      note(
        coordinate,
        `${text} is not what the contract says, and the contract counts: ${rules.join(' ') || 'nothing'}.`,
      );
    }
  };
  for (const type of typesOf(contract).filter(isObjectType)) {
    compare(type.name, type.astNode?.directives ?? [], own.directivesOf(type.name));
    for (const field of Object.values(type.getFields())) {
      const known = field.astNode?.directives ?? [];
      compare(`${type.name}.${field.name}`, known, own.directivesOf(type.name, field.name));
    }
  }
}

function sorted(list: NonNullable<ConstDirectiveNode['arguments']>): NonNullable<ConstDirectiveNode['arguments']> {
  return [...list].sort((left, right) => (left.name.value < right.name.value ? -1 : 1));
}

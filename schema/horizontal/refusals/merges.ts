/** Fields that several courts give: each needs a way in which its values become one. */

import { getNamedType, isAbstractType, type GraphQLObjectType } from 'graphql';

import { isLeafField, isListField, objectOf, objectTypesOf, type Contract } from '../contract.ts';
import { isMadeByHub, mergedTypesOf } from '../merged-types.ts';
import { checkConnection, checkCoverage } from './pages.ts';
import type { Field, Refuse } from './refuse.ts';
import { checkRule, isAverage, refuseAverage } from './rules.ts';

/** Refuses merged fields without a rule, or with a rule that does not fit their type. */
export function checkMerges(contract: Contract, refuse: Refuse): void {
  const query = contract.schema.getQueryType();
  for (const field of Object.values(query?.getFields() ?? {})) {
    if (contract.gatherOf(query!.name, field.name)) checkField(contract, query!, field, refuse);
  }
  for (const type of mergedTypesOf(contract)) {
    checkCoverage(type, refuse);
    for (const field of Object.values(type.getFields())) {
      const isKey = contract.entities.get(type.name)?.keyFields.includes(field.name) ?? false;
      const isGiven = isKey || isMadeByHub(type, field.name) || contract.isExternal(type.name, field.name);
      if (!isGiven) checkField(contract, type, field, refuse);
    }
  }
}

function checkField(contract: Contract, type: GraphQLObjectType, field: Field, refuse: Refuse): void {
  const coordinate = `${type.name}.${field.name}`;
  const merge = contract.mergeOf(type.name, field.name);
  const isGathered = contract.gatherOf(type.name, field.name) !== undefined;
  if (isAbstractType(getNamedType(field.type))) {
    refuse(coordinate, 'Values of several types cannot be merged field by field.', 'Give it an object type.');
  } else if (isGathered && isLeafField(field) && !isListField(field)) {
    refuse(
      coordinate,
      'A single value has no place for coverage: nobody could tell a part of it from the whole.',
      'Put it in an object with coverage, with @merge on its field.',
    );
  } else if (merge) {
    checkRule(contract, { type, field, merge, isGathered, coordinate }, refuse);
  } else if (isListField(field) && !isLeafField(field)) {
    refuse(
      coordinate,
      'A list of several courts needs an order or a key.',
      'Give it @merge(by: CONCAT, key: "…") or @merge(by: UNION, key: "…").',
    );
  } else if (isLeafField(field)) {
    if (isUnionKey(contract, type, field)) return;
    if (isAverage(field)) refuseAverage(coordinate, refuse);
    else refuse(coordinate, 'Several courts give several values.', 'Say with @merge(by:) how they become one.');
  } else {
    checkObject(contract, objectOf(field)!, isGathered, coordinate, refuse);
  }
}

/** An object without a rule is merged field by field. */
function checkObject(
  contract: Contract,
  object: GraphQLObjectType,
  isGathered: boolean,
  coordinate: string,
  refuse: Refuse,
): void {
  const entity = contract.entities.get(object.name);
  if (entity?.ownerKey != null) {
    refuse(
      coordinate,
      `Several courts give several rows, and a ${object.name} is one row of one court.`,
      'Give a list with @merge(by: CONCAT, key: "…"), or its key as a plain field.',
    );
  } else if (checkConnection(object, coordinate, refuse)) {
    return;
  } else if (isGathered && !entity && !('coverage' in object.getFields())) {
    refuse(
      coordinate,
      `${object.name} has no coverage: nobody could tell a part of it from the whole.`,
      'Give the type coverage: Coverage!.',
    );
  }
}

/** Whether all lists of this type are united by this field, so that its values never differ. */
function isUnionKey(contract: Contract, type: GraphQLObjectType, field: Field): boolean {
  const holders = objectTypesOf(contract.schema).flatMap((holder) =>
    Object.values(holder.getFields())
      .filter((candidate) => objectOf(candidate) === type)
      .map((candidate) => contract.mergeOf(holder.name, candidate.name)),
  );
  return holders.length > 0 && holders.every((merge) => merge?.by === 'UNION' && merge.key === field.name);
}

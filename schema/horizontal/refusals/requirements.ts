/** What gathered fields require of their entity: from another subgraph, whole, before any court is asked. */

import { isLeafType, isObjectType, getNamedType, type GraphQLNamedType, type GraphQLObjectType } from 'graphql';

import type { Contract } from '../contract.ts';
import { fieldsOf, type Field, type Refuse } from './refuse.ts';

/** Refuses @requires where nothing is gathered, of what nobody else gives, and @external of what nobody requires. */
export function checkRequirements(contract: Contract, refuse: Refuse): void {
  const required = new Set<string>();
  for (const { type, field, coordinate } of fieldsOf(contract)) {
    const requirement = contract.requirementOf(type.name, field.name);
    if (!requirement) continue;
    const entity = contract.entities.get(type.name);
    if (entity?.ownerKey !== null || entity.foreign || !contract.gatherOf(type.name, field.name)) {
      refuse(
        coordinate,
        'Only a gathered field of an entity without an owner requires fields of other subgraphs.',
        'Remove @requires, or give the field @gather.',
      );
    }
    for (const path of requirement) checkPath(contract, type, path, coordinate, required, refuse);
  }
  for (const { type, field, coordinate } of fieldsOf(contract)) {
    if (!contract.isExternal(type.name, field.name) || required.has(coordinate)) continue;
    refuse(
      coordinate,
      'No gathered field requires it, so no court would ever see it.',
      'Remove it, or name it in @requires.',
    );
  }
}

function checkPath(
  contract: Contract,
  entity: GraphQLObjectType,
  path: readonly string[],
  coordinate: string,
  required: Set<string>,
  refuse: Refuse,
): void {
  let type: GraphQLObjectType | undefined = entity;
  for (const [index, step] of path.entries()) {
    const field: Field | undefined = type?.getFields()[step];
    if (!type || !field) {
      const names = Object.keys(type?.getFields() ?? {}).join(', ') || 'none';
      refuse(coordinate, `"${path.join('.')}" leads nowhere: no "${step}".`, `Name one of: ${names}.`);
      return;
    }
    required.add(`${type.name}.${step}`);
    if (!contract.isExternal(type.name, step)) {
      refuse(
        `${type.name}.${step}`,
        `${coordinate} requires it, and the courts give it themselves.`,
        'Mark it @external.',
      );
    }
    const named: GraphQLNamedType = getNamedType(field.type);
    if (index === path.length - 1 && !isLeafType(named)) {
      refuse(coordinate, `"${path.join('.')}" is an object.`, 'Name the fields of it that are required.');
    }
    type = isObjectType(named) ? named : undefined;
  }
}

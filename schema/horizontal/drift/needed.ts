/** Which fields of a contract no member can do without: with one of them gone, the rest of its answer could not be read. */

import { getNamedType, isInterfaceType, isNonNullType, isObjectType, type GraphQLNamedType } from 'graphql';

import type { Contract } from '../contract.ts';

/** Their coordinates: non-null fields, keys, and what pages and coverage are read by. */
export function neededOf(contract: Contract): ReadonlySet<string> {
  const { schema, entities } = contract;
  const roots = new Set<unknown>([schema.getQueryType(), schema.getMutationType()]);
  const needed = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    // A root that is not there is routed around, whatever it would give.
    if (!hasFields(type) || roots.has(type)) continue;
    const fields = type.getFields();
    for (const field of Object.values(fields)) {
      if (isNonNullType(field.type)) needed.add(`${type.name}.${field.name}`);
    }
    for (const key of entities.get(type.name)?.keyFields ?? []) needed.add(`${type.name}.${key}`);
    if ('edges' in fields && 'pageInfo' in fields) add(type, ['edges'], ['pageInfo', 'hasNextPage']);
    if ('cursor' in fields && 'node' in fields) add(type, ['cursor'], ['node']);
    if ('coverage' in fields) add(type, ['coverage', 'courts', 'court', 'code'], ['coverage', 'courts', 'status']);
  }
  return needed;

  function add(from: GraphQLNamedType, ...paths: readonly (readonly string[])[]): void {
    for (const path of paths) {
      let type: GraphQLNamedType = from;
      for (const step of path) {
        if (!hasFields(type) || !(step in type.getFields())) break;
        needed.add(`${type.name}.${step}`);
        type = getNamedType(type.getFields()[step]!.type);
      }
    }
  }
}

function hasFields(type: GraphQLNamedType) {
  return isObjectType(type) || isInterfaceType(type);
}

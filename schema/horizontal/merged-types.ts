/** Which types of a contract are merged from several members, and which of their fields the hub makes itself. */

import type { GraphQLObjectType } from 'graphql';

import { objectOf, type Contract } from './contract.ts';

/** Fields of connections and statistics whose values the hub makes itself, from what it knows of the gathering. */
export const madeByHub: ReadonlySet<string> = new Set(['edges', 'pageInfo', 'coverage', 'totalIsLowerBound']);

/** Whether the hub makes this field itself; only types that carry coverage have such fields. */
export function isMadeByHub(type: GraphQLObjectType, fieldName: string): boolean {
  return 'coverage' in type.getFields() && madeByHub.has(fieldName);
}

/** Types whose objects are merged field by field: gathered roots' values, owner-less entities, and what they hold. */
export function mergedTypesOf(contract: Contract): GraphQLObjectType[] {
  const merged = new Set<GraphQLObjectType>();
  const visit = (type: GraphQLObjectType) => {
    const entity = contract.entities.get(type.name);
    if (merged.has(type) || entity?.foreign === true || entity?.ownerKey != null) return;
    merged.add(type);
    for (const field of Object.values(type.getFields())) {
      const object = objectOf(field);
      if (!object || isMadeByHub(type, field.name) || contract.isExternal(type.name, field.name)) continue;
      if (contract.mergeOf(type.name, field.name)?.by !== 'CONCAT') visit(object);
    }
  };
  const query = contract.schema.getQueryType();
  for (const field of Object.values(query?.getFields() ?? {})) {
    const object = objectOf(field);
    if (!object || !contract.gatherOf(query!.name, field.name)) continue;
    if (contract.mergeOf(query!.name, field.name)?.by !== 'CONCAT') visit(object);
  }
  for (const { name, ownerKey, foreign } of contract.entities.values()) {
    if (ownerKey === null && !foreign) visit(contract.schema.getType(name) as GraphQLObjectType);
  }
  return [...merged];
}

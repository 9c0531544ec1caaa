/** Values that one court gives beside values that several courts give: they never share a type. */

import type { GraphQLObjectType } from 'graphql';

import { objectOf, type Contract } from '../contract.ts';
import { isMadeByHub, mergedTypesOf } from '../merged-types.ts';
import type { Field, Refuse } from './refuse.ts';

/** Refuses a merged value type wherever one court answers alone: routed roots, owned rows, and values inside them. */
export function checkValues(contract: Contract, refuse: Refuse): void {
  const merged = new Set(mergedTypesOf(contract));
  const seen = new Set<GraphQLObjectType>();
  const visit = (type: GraphQLObjectType) => {
    if (seen.has(type)) return;
    seen.add(type);
    for (const field of Object.values(type.getFields())) {
      if (!isMadeByHub(type, field.name)) visitField(type, field);
    }
  };
  const visitField = (type: GraphQLObjectType, field: Field) => {
    const value = objectOf(field);
    if (!value || contract.entities.has(value.name)) return;
    if (!merged.has(value)) {
      visit(value);
      return;
    }
    refuse(
      `${type.name}.${field.name}`,
      `${value.name} is merged from several courts, here it comes from one.`,
      'Give this field a type of its own.',
    );
  };
  for (const { name, ownerKey } of contract.entities.values()) {
    if (ownerKey !== null) visit(contract.schema.getType(name) as GraphQLObjectType);
  }
  for (const root of [contract.schema.getQueryType(), contract.schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      if (contract.routeOf(root!.name, field.name)) visitField(root!, field);
    }
  }
}

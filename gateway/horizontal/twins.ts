/** Fields that are asked under two keys. */

import { getNamedType, isLeafType, type GraphQLObjectType } from 'graphql';

import { hiddenKey } from './hidden.ts';
import type { CollectedField } from './selection.ts';

/** A field under a client's key and under the hub's own: a row that is known by one must not show the other. */
export function twinsOf(type: GraphQLObjectType, asked: readonly CollectedField[]) {
  const keys = new Set(asked.map(({ key }) => key));
  return asked.flatMap(({ key, name }) => {
    const hidden = hiddenKey(name);
    const definition = type.getFields()[name];
    if (key === hidden || !keys.has(hidden) || definition?.args.length !== 0) return [];
    return isLeafType(getNamedType(definition.type)) ? [{ key, hidden, name }] : [];
  });
}

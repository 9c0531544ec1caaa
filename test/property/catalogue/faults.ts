/** Answers that are spoilt: values that are absent, null, not of their type, or errors. What is spoilt follows from what it is. */

import type { GraphQLFormattedError } from 'graphql';

import { digest, type Reply, type World } from './world.ts';

/** Fields by which entities are told from each other; without them nothing could be put anywhere. */
const keys = ['id', 'code', 'name', 'country', '__typename'];
/** Fields that other subgraphs require. */
const required = ['pages', 'weight'];
const typeNames = /^(Book|Map|Person|Country|Place|Print|Review|Item|Query|Mutation)$/;

/**
 * Spoils an answer in place. `keyOf` says whose an entity is, so that it is spoilt alike wherever it stands; aliases of keys may be spoilt.
 */
export function spoilt(reply: Reply, subgraph: string, world: World, keyOf: (place: number) => string): Reply {
  const errors: GraphQLFormattedError[] = [];
  const visit = (value: unknown, path: readonly (string | number)[], name: string): void => {
    if (Array.isArray(value)) {
      for (const [index, item] of (value as unknown[]).entries()) visit(item, [...path, index], `${name}.${index}`);
    } else if (typeof value === 'object' && value !== null) {
      for (const key of Object.keys(value)) {
        if (keys.includes(key) || (required.includes(key) && !world.spoilsRequired)) continue;
        // What an object is called is nothing that it has, under whatever alias.
        if (typeNames.test(String((value as Record<string, unknown>)[key]))) continue;
        const own = `${name}.${key}`;
        const chance = digest(`${world.seed} ${subgraph} ${own}`);
        const row = value as Record<string, unknown>;
        if (chance % world.faultsIn === 0)
          spoil(row, key, Math.floor(chance / world.faultsIn) % 4, [...path, key], errors);
        else visit(row[key], [...path, key], own);
      }
    }
  };
  const { data } = reply;
  if (!data || world.faultsIn === 0) return reply;
  const entities = data['_entities'];
  if (Array.isArray(entities)) {
    for (const [place, entity] of (entities as unknown[]).entries()) visit(entity, ['_entities', place], keyOf(place));
  } else visit(data, [], 'root');
  return errors.length > 0 ? { data, errors } : reply;
}

function spoil(
  row: Record<string, unknown>,
  key: string,
  how: number,
  path: readonly (string | number)[],
  errors: GraphQLFormattedError[],
): void {
  const isLeaf = typeof row[key] !== 'object';
  if (how === 0) Reflect.deleteProperty(row, key);
  else if (how === 1 || (how === 2 && !isLeaf)) row[key] = null;
  else if (how === 2) row[key] = { not: 'of its type' };
  else {
    row[key] = null;
    errors.push({ message: `Failed at ${key}.`, path, extensions: { code: 'UPSTREAM_ERROR' } });
  }
}

/** Entities as engines name them, in one form: an engine may write the same one in many ways, and send more than is needed. */

import { GraphQLError } from 'graphql';

import type { Representation } from '../horizontal/gather-plan.ts';

/** What is read of representations: their types, and of each type its fields where others are to be left out. */
export interface RepresentationForm {
  readonly typeNames: readonly string[];
  readonly fieldsOf?: ((typeName: string) => ReadonlySet<string>) | undefined;
}

/** Representations with the fields that are read, in one order; throws GraphQLError for what names no entity. */
export function toRepresentations(given: unknown, { typeNames, fieldsOf }: RepresentationForm): Representation[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  return list.map((one) => {
    const own = (typeof one === 'object' && one !== null ? one : {}) as Representation;
    const typeName = own['__typename'];
    if (typeof typeName !== 'string' || !typeNames.includes(typeName)) {
      const known = typeNames.length === 0 ? 'this subgraph has none' : `here one of: ${typeNames.join(', ')}`;
      throw new GraphQLError(`A representation is an object with the __typename of an entity, ${known}.`, {
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
    const fields = fieldsOf?.(typeName);
    const read = Object.entries(own).filter(([name]) => name !== '__typename' && (fields?.has(name) ?? true));
    return { __typename: typeName, ...(inOneOrder(Object.fromEntries(read)) as Representation) };
  });
}

function inOneOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOneOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, own]) => [name, inOneOrder(own)]));
}

import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type BuildSchemaOptions } from 'type-graphql';
import { createSubgraphSchema, federationUrl, printFederationSdl } from '../../federation.ts';

/** What a type-graphql agency is built from: its resolvers and its own classes of entities, which no query reaches. */
export interface AgencyTypes {
  readonly resolvers: BuildSchemaOptions['resolvers'];
  readonly entities: NonNullable<BuildSchemaOptions['orphanedTypes']>;
}

/** An agency's SDL, and its executable subgraph, in which an entity is the representation that federation brings. */
export function createAgencySchema({ resolvers, entities }: AgencyTypes): { sdl: string; schema: GraphQLSchema } {
  // An agency has no query of its own; the schema is checked when the subgraph is built from it.
  const types = buildSchemaSync({ resolvers, orphanedTypes: entities, validate: false, skipCheck: true });
  const sdl = printFederationSdl(types, [
    { url: federationUrl, import: ['@key', '@external', '@requires', '@inaccessible', '@shareable'] },
  ]);
  const schema = createSubgraphSchema(types, sdl, {
    Party: (representation) => Promise.resolve(representation),
    MeasureOrder: (representation) => Promise.resolve(representation),
  });
  return { sdl, schema };
}

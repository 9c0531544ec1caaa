import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { createSubgraphSchema, federationUrl, printFederationSdl } from '../kit/federation.ts';
import { Party, PartyAssetsResolver } from './assets/graph/party.ts';
import { Person, PersonAssetsResolver } from './assets/graph/person.ts';
import { TaskForceConnectionResolver } from './connection/resolver.ts';
import { commandReferences } from './references.ts';
import { TaskForceMutations } from './task-force/mutations.ts';
import { TaskForceQueries } from './task-force/queries.ts';
import { TaskForceResolver } from './task-force/resolver.ts';

const schema = buildSchemaSync({
  resolvers: [
    TaskForceQueries,
    TaskForceMutations,
    TaskForceResolver,
    TaskForceConnectionResolver,
    PartyAssetsResolver,
    PersonAssetsResolver,
  ],
  orphanedTypes: [Party, Person],
  validate: false,
});

/** What the command centre (执行指挥中心) adds to the graph. */
export const commandSdl: string = printFederationSdl(schema, [
  { url: federationUrl, import: ['@key', '@external', '@requires'] },
]);

/** The executable subgraph; its context is `CommandContext`. */
export const commandSchema: GraphQLSchema = createSubgraphSchema(schema, commandSdl, commandReferences);

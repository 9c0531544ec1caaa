import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { horizontalDirectives, horizontalUrl } from '../kit/directives.ts';
import { createSubgraphSchema, federationUrl, printFederationSdl } from '../kit/federation.ts';
import { CaseQueries } from './case/queries.ts';
import { CaseResolver } from './case/resolver.ts';
import { CaseConnectionResolver } from './connection/resolver.ts';
import { CourtCoverageResolver, CoverageResolver } from './coverage/resolver.ts';
import { MeasureOrderMutations } from './measure-order/mutations.ts';
import { MeasureOrderResolver } from './measure-order/resolver.ts';
import { courtMember } from './member.ts';
import { PartyResolver } from './party/resolver.ts';
import { PersonResolver } from './person/resolver.ts';
import { courtReferences } from './references.ts';
import { CaseStatisticsResolver } from './statistics/resolver.ts';
import { TaskForceResolver } from './task-force/resolver.ts';
import { TaskForce } from './task-force/types.ts';
import { WritMutations } from './writ/mutations.ts';

const schema = buildSchemaSync({
  resolvers: [
    CaseQueries,
    CaseResolver,
    CaseConnectionResolver,
    CaseStatisticsResolver,
    CoverageResolver,
    CourtCoverageResolver,
    MeasureOrderMutations,
    MeasureOrderResolver,
    PartyResolver,
    PersonResolver,
    TaskForceResolver,
    WritMutations,
  ],
  // No field of a court leads to it.
  orphanedTypes: [TaskForce],
  directives: [...horizontalDirectives],
  validate: false,
});

/** The court contract: what every court's program serves. */
export const courtSdl: string = printFederationSdl(schema, [
  { url: federationUrl, import: ['@key', '@inaccessible', '@external', '@requires'] },
  { url: horizontalUrl, import: ['@route', '@gather', '@owner', '@merge', '@bounded'] },
]);

/** The executable contract, one for all courts of this process; the context makes the difference. */
export const courtSchema: GraphQLSchema = createSubgraphSchema(schema, courtSdl, courtReferences, courtMember);

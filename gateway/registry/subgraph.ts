/** Answers the registry's fetches in the hub itself. */

import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLDataSource } from '@apollo/gateway';
import { execute, parse } from 'graphql';

import type { CourtEntry } from '../../common/court-registry.ts';
import type { HealthBook } from '../asking/health.ts';
import type { RequestContext } from '../request-context.ts';
import { fetchOf } from '../sources/fetch.ts';
import { registrySdl } from './schema.ts';

export interface RegistrySourceOptions {
  readonly courts: readonly CourtEntry[];
  readonly agencies: readonly string[];
  /** The court that a case number names; undefined when it names none. */
  readonly courtOf: (caseNumber: unknown) => string | undefined;
  readonly health: HealthBook;
}

/** The data source of the `registry` subgraph; costs no network and survives every court. */
export function createRegistrySource(options: RegistrySourceOptions): GraphQLDataSource<RequestContext> {
  const schema = buildSubgraphSchema({ typeDefs: parse(registrySdl), resolvers: resolversOf(options) });
  return {
    async process(processOptions) {
      const { document, variables } = fetchOf(processOptions);
      const result = await execute({ schema, document, variableValues: variables });
      return result as Awaited<ReturnType<GraphQLDataSource['process']>>;
    },
  };
}

function resolversOf({ courts, agencies, courtOf, health }: RegistrySourceOptions) {
  const byCode = new Map(courts.map((court) => [court.code, court]));
  return {
    Query: {
      courts: () => courts,
      agencies: () => agencies.map((code) => ({ code })),
    },
    Court: {
      __resolveReference: ({ code }: { code: string }) => byCode.get(code) ?? null,
      health: ({ code }: { code: string }) => health.of(code),
    },
    Agency: { health: ({ code }: { code: string }) => health.of(code) },
    Case: {
      __resolveReference: ({ number }: { number: string }) => ({ number }),
      court: ({ number }: { number: string }) => byCode.get(courtOf(number) ?? '') ?? null,
    },
  };
}

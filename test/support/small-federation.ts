/** Small federations of subgraphs in this process, asked through the stock gateway as it comes and through the hub's. */

import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse, type ExecutionResult, type GraphQLSchema } from 'graphql';

import type { Answer } from '../../common/wire.ts';
import { createGateway } from '../../gateway/execution/gateway.ts';
import type { Source } from '../../gateway/explain/foresight.ts';
import { openLedger } from '../../gateway/ledger/ledger.ts';
import { openRecord } from '../../gateway/operating/record.ts';
import { speakingForThemselves } from '../../gateway/members.ts';
import type { RequestContext } from '../../gateway/request-context.ts';
import { toExecutorRequest } from './executor-request.ts';
import { openRequestTrail } from '../../gateway/trail/request-trail.ts';
import { createMemoryTrail } from '../../gateway/trail/trail.ts';

type Resolvers = Parameters<typeof buildSubgraphSchema>[0] extends infer Module
  ? Module extends { resolvers?: infer Own }
    ? Own
    : never
  : never;

/** One subgraph: SDL without the `@link`, which is added. */
export interface Small {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: Resolvers;
}

export interface SmallFederation {
  readonly supergraphSdl: string;
  readonly schema: GraphQLSchema;
  /** The stock gateway, with nothing of ours. */
  stock(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer>;
  hub(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer>;
  stop(): Promise<void>;
}

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@provides", "@shareable", "@inaccessible", "@interfaceObject", "@override"])\n`;

/** What composition makes of these subgraphs; throws when it refuses them. */
export function composeSmall(subgraphs: readonly Small[]): string {
  const services = subgraphs.map(({ name, sdl }) => ({ name, typeDefs: parse(link + sdl) }));
  const { errors, supergraphSdl } = composeServices(services);
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

/** Loads what was composed of these subgraphs; the stock gateway when it is first asked. */
export async function startSmall(
  subgraphs: readonly Small[],
  supergraphSdl = composeSmall(subgraphs),
): Promise<SmallFederation> {
  const sources = sourcesOf(subgraphs);
  const schema = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const stock = new ApolloGateway({
    supergraphSdl,
    logger: silent,
    buildService: ({ name }) => sources.get(name)!,
  });
  const hub = createGateway(supergraphSdl, sources);
  const ask = async (gateway: Pick<typeof hub, 'load'>) => {
    const { executor } = await gateway.load({ apollo: {} });
    return async (query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Answer> => {
      const document = parse(query);
      const answer = await executor!(toExecutorRequest({ document, schema, query, variables, context: toContext() }));
      return JSON.parse(JSON.stringify(answer)) as Answer;
    };
  };
  let asked: ReturnType<typeof ask> | null = null;
  return {
    supergraphSdl,
    schema,
    async stock(query, variables) {
      asked ??= ask(stock);
      return (await asked)(query, variables);
    },
    hub: await ask(hub),
    async stop() {
      if (asked) await stock.stop();
      await hub.stop();
    },
  };
}

/** What a request carries where nobody takes part. */
export function toContext(): RequestContext {
  return {
    viewer: null,
    membership: {
      members: {
        codes: [],
        ...speakingForThemselves([]),
        memberOf: () => undefined,
        nameOf: (member) => member,
        ownerOf: () => undefined,
        canonical: String,
        misfit: () => {
          throw new Error('Nobody has keys here.');
        },
        homeOf: () => undefined,
      },
      upstreams: new Map(),
      standingOf: () => {
        throw new Error('Nobody takes part here.');
      },
      registry: { courts: [], hubs: [], speakers: [], byCode: () => undefined },
    },
    ledger: openLedger(),
    trail: openRequestTrail(createMemoryTrail()),
    now: () => new Date(),
    record: openRecord(),
    late: new Set(),
    signal: new AbortController().signal,
    release: () => undefined,
  };
}

/** What answers for these subgraphs. */
export function sourcesOf(subgraphs: readonly Small[]) {
  return new Map(subgraphs.map((subgraph) => [subgraph.name, toSource(subgraph)]));
}

function toSource({ sdl, resolvers }: Small): Source & GraphQLDataSource<RequestContext> {
  const schema = buildSubgraphSchema({ typeDefs: parse(link + sdl), resolvers: resolvers });
  return {
    foresee: () => {
      throw new Error('Nobody explains here.');
    },
    async process({ request }) {
      const answer: ExecutionResult = await execute({
        schema,
        document: parse(request.query!),
        variableValues: request.variables ?? {},
      });
      return JSON.parse(JSON.stringify(answer)) as Record<string, unknown>;
    },
  };
}

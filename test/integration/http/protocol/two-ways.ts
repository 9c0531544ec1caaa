/** One small gateway behind two servers, the hub's and Apollo Server as it comes; each notes what its plugins are told. */

import { readFileSync } from 'node:fs';

import { ApolloServer } from '@apollo/server';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { buildSchema, execute, GraphQLError } from 'graphql';

import { parseCourtRegistry } from '../../../../common/court-registry.ts';
import { createApollo } from '../../../../gateway/apollo.ts';
import { createCity } from '../../../../gateway/city.ts';
import { unknownErrors } from '../../../../gateway/execution/format-error.ts';
import { reservedNames } from '../../../../gateway/execution/reserved-names.ts';
import { openDoor, type Door } from '../../../../gateway/http/door.ts';
import { operationEnds } from '../../../../gateway/operating/operation-end.ts';
import type { RequestContext } from '../../../../gateway/request-context.ts';
import { emitted } from '../../../support/emitted.ts';
import { createWitness, type Witness } from './witness.ts';
import { anybody } from '../../../support/viewers.ts';

export interface Way extends AsyncDisposable {
  readonly apollo: ApolloServer<RequestContext>;
  readonly door: Door;
  readonly witness: Witness;
  /** The context of a request that comes by no door. */
  context(): RequestContext;
}

/** The hub's own server, whose answers are let go once they are written. */
export function openHubsWay(): Promise<Way> {
  const witness = createWitness();
  return openWay(createApollo(smallGateway(), [witness.plugin]), witness);
}

/** The hub's own server as it ships, before another gateway: nobody's plugins, and answers that are taken as bytes. */
export function openBareWay(gateway: GatewayInterface): Promise<Way> {
  return openWay(createApollo(gateway), createWitness());
}

/** Apollo Server with the hub's settings and nothing else of the hub's. */
export function openPlainWay(): Promise<Way> {
  const witness = createWitness();
  const apollo = new ApolloServer<RequestContext>({
    gateway: smallGateway(),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    validationRules: [reservedNames],
    formatError: unknownErrors,
    stopOnTerminationSignals: false,
    plugins: [operationEnds(), witness.plugin],
  });
  return openWay(apollo, witness);
}

async function openWay(apollo: ApolloServer<RequestContext>, witness: Witness): Promise<Way> {
  await apollo.start();
  const { contextOf } = createCity(
    {
      registry: parseCourtRegistry(JSON.parse(readFileSync(courts, 'utf8'))),
      contractSdl: emitted('court'),
      supergraphSdl: emitted('supergraph'),
      courts: new Map(),
    },
    [],
  );
  const door = await openDoor<RequestContext>({
    authenticate: anybody,
    enter(signal, record) {
      const context = contextOf(signal, record);
      return { apollo, context, leave: () => context.release() };
    },
    status: () => ({ schemaLoaded: true, courts: [], hubs: [], agencies: [], subgraphs: [] }),
    host: '127.0.0.1',
    port: 0,
  });
  return {
    apollo,
    door,
    witness,
    context: () => contextOf(new AbortController().signal),
    async [Symbol.asyncDispose]() {
      await door.stop(0);
      await apollo.stop();
    },
  };
}

const courts = new URL('../../../../registry/courts.json', import.meta.url);

const schema = buildSchema(`
  type Query {
    greeting: String!
    echo(text: String!, times: Int = 1): String!
    rows(count: Int!): [Row!]!
    missing: String!
    coded(code: String!, status: Int): String
  }
  type Row { id: ID! name: String }
  type Mutation { change(to: Change!): String! }
  input Change { name: String! on: Boolean = true }
`);

const root = {
  greeting: () => '你好',
  echo: ({ text, times }: { text: string; times: number }) => text.repeat(times),
  rows: ({ count }: { count: number }) => Array.from({ length: count }, (_, id) => ({ id, name: `名${id}` })),
  missing: () => null,
  change: ({ to }: { to: { name: string } }) => to.name,
  coded({ code, status }: { code: string; status?: number }) {
    const http = status === undefined ? {} : { http: { status, headers: new Map([['x-told', code]]) } };
    throw new GraphQLError(`told as ${code}, of 320311198001012345`, { extensions: { code, ...http } });
  },
};

function smallGateway(): GatewayInterface {
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () =>
      Promise.resolve({
        async executor({ document, request, context, response }) {
          // As an executor does that waits for others: what follows is another turn of the loop.
          await new Promise((resolve) => setImmediate(resolve));
          if (request.operationName === 'Crash') throw new Error('secret: postgres://somewhere');
          if (request.operationName === 'Status' && response?.http) response.http.status = 202;
          return execute({
            schema,
            document,
            rootValue: root,
            contextValue: context,
            variableValues: request.variables ?? null,
            operationName: request.operationName ?? null,
          });
        },
      }),
    stop: () => Promise.resolve(),
  };
}

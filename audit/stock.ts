/** The stock gateway over the audited courts, as its users would have it: nine subgraphs, `RemoteGraphQLDataSource`. */

import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

import type { Stoppable } from '../cli/start/stack.ts';
import { composeShareable } from './shareable.ts';
import type { World } from './world/world.ts';

/** Composes and starts it on any free port of loopback; rejects when the courts do not compose. */
export async function startStock(
  world: Pick<World, 'courts' | 'command'>,
): Promise<Stoppable & { readonly url: string }> {
  const gateway = new ApolloGateway({
    supergraphSdl: composeShareable(world),
    buildService: ({ url }) => new RemoteGraphQLDataSource({ ...(url !== undefined && { url }) }),
  });
  const server = new ApolloServer({ gateway, csrfPrevention: true, stopOnTerminationSignals: false });
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
  return { url, stop: () => server.stop() };
}

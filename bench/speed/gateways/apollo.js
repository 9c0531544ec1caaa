// @apollo/gateway: `apollo.js SUPERGRAPH stock|undici`. Stock as its documentation starts it; undici with a data source on that
// client. Plain JavaScript, so that nothing of ours is in its memory.

import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { Pool } from 'undici';

const [file, kind] = process.argv.slice(2);

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(file, 'utf8'),
  buildService: ({ url }) => (kind === 'undici' ? overUndici(url) : new RemoteGraphQLDataSource({ url })),
});
const server = new ApolloServer({ gateway, stopOnTerminationSignals: false });
process.once('SIGTERM', () => process.exit(0));
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
console.log(new URL('/graphql', url).href);

/** What a user can do about the client: nothing between the plan and the socket that is not needed. */
function overUndici(address) {
  const { origin, pathname } = new URL(address);
  const pool = new Pool(origin, { connections: 64 });
  return {
    async process({ request: { query, variables, operationName } }) {
      const { body } = await pool.request({
        method: 'POST',
        path: pathname,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables, operationName }),
      });
      return body.json();
    },
  };
}

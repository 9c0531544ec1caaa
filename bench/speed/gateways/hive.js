// Hive Gateway: `hive.js SUPERGRAPH js|rust [tuned] [REGISTRY]`. As its documentation starts it; tuned with undici between its
// planner and the subgraphs; with a registry of courts, our scatter answers the courts' subgraphs in the same process.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { serializeExecutionRequest } from '@graphql-tools/executor-common';
import { Pool } from 'undici';

const [file, planner, tuned, registryFile] = process.argv.slice(2);

const scatter = registryFile === undefined ? null : await openScatter();
const gateway = createGatewayRuntime({
  supergraph: scatter ? scatter.supergraphOf(readFileSync(file, 'utf8')) : readFileSync(file, 'utf8'),
  ...(planner === 'rust' && { unifiedGraphHandler }),
  ...(tuned === 'tuned' && { transports: { http: { getSubgraphExecutor: overUndici } } }),
  landingPage: false,
  graphiql: false,
  logging: 'error',
});
const server = createServer(gateway);
process.once('SIGTERM', () => process.exit(0));
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/graphql`));

/** What a user can do about the client: nothing between the plan and the socket that is not needed. */
function overUndici({ subgraphName, transportEntry }) {
  const own = scatter?.answerOf(subgraphName.toLowerCase());
  if (own) return (request) => own(serializeExecutionRequest({ executionRequest: request }));
  const { origin, pathname } = new URL(transportEntry.location);
  const pool = new Pool(origin, { connections: 64 });
  return async (request) => {
    const { body } = await pool.request({
      method: 'POST',
      path: pathname,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(serializeExecutionRequest({ executionRequest: request })),
    });
    return body.json();
  };
}

/** What `nonet serve city` does, without its door. */
async function openScatter() {
  await import('../../../cli/typescript/register.js');
  await import('reflect-metadata');
  const { openScatterOver } = await import('./scatter.ts');
  return openScatterOver(registryFile);
}

// Hive Gateway over a supergraph file: `node bench/hive/serve.js SUPERGRAPH [PORT]`. It prints its address on one line once
// it answers, and ends on SIGTERM, SIGINT, or when whoever forked it is gone.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';

const [file, port = '0'] = process.argv.slice(2);
if (file === undefined || !/^\d{1,5}$/.test(port)) {
  console.error('Usage: node bench/hive/serve.js SUPERGRAPH [PORT]');
  process.exit(2);
}

const gateway = createGatewayRuntime({
  supergraph: readFileSync(file, 'utf8'),
  // Errors as they are: what an engine says is what is compared.
  maskedErrors: false,
  landingPage: false,
  graphiql: false,
  logging: process.env['HIVE_LOG'] ?? 'error',
});
const server = createServer(gateway);
server.listen(Number(port), '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${server.address().port}/graphql`;
  // The supergraph is read with the first question.
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  const answer = await response.text();
  if (!response.ok || !answer.includes('"Query"')) {
    console.error(`Hive Gateway does not answer: ${answer.slice(0, 500)}`);
    process.exit(1);
  }
  console.log(url);
});

let stopping = false;
async function stop() {
  if (stopping) process.exit(1);
  stopping = true;
  server.close();
  server.closeAllConnections();
  await gateway[Symbol.asyncDispose]();
  process.exit(0);
}
for (const word of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(word, stop);

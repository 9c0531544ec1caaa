// Hive Gateway over a supergraph file: `node bench/hive/serve.js SUPERGRAPH [PORT]`. It prints its address on one line once
// it answers, and ends on SIGTERM, SIGINT, or when whoever forked it is gone.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const usage = 'Usage: node bench/hive/serve.js SUPERGRAPH [PORT]';
const words = process.argv.slice(2);
if (words.includes('--help') || words.includes('-h')) {
  console.log(usage);
  process.exit(0);
}
const [file, port = '0', ...others] = words;
if (
  file === undefined ||
  file.startsWith('-') ||
  !/^\d{1,5}$/.test(port) ||
  Number(port) > 65_535 ||
  others.length > 0
) {
  refuse('SUPERGRAPH has to be a file, and PORT, if given, a whole number from 0 to 65535.');
}
const supergraph = textOf(file);
// Loaded here: what is wrong with the command line is told without it.
const { createGatewayRuntime } = await import('@graphql-hive/gateway-runtime');
const gateway = createGatewayRuntime({
  supergraph,
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

/** The file's text; ends the process when it cannot be read. */
function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return refuse(`${path} cannot be read (${error.code}); give the file of a supergraph.`);
  }
}

/** Says what is wrong in one line, and how it is used. */
function refuse(fault) {
  console.error(`${fault}\n${usage}`);
  process.exit(2);
}

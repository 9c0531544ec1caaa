// Mercurius: `serve.js SERVICES`, a file of `[{ name, url, schema }]` in the words of the first federation. Plain JavaScript, and a
// package of its own: it needs another graphql than the others, and cannot have two.

import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import mercuriusGateway from '@mercuriusjs/gateway';

const services = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const app = Fastify();
await app.register(mercuriusGateway, {
  gateway: { services: services.map((service) => ({ ...service, mandatory: true, connections: 64 })) },
  // As its documentation has it for production: what is asked often is compiled.
  jit: 1,
});
process.once('SIGTERM', () => process.exit(0));
console.log(`${await app.listen({ port: 0, host: '127.0.0.1' })}/graphql`);

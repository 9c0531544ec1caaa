import { afterAll, beforeAll, expect, test } from 'vitest';

import { allAudits } from '../../../audit/audits/all.ts';
import { startHub, type AuditedHub } from '../../../audit/hub.ts';
import { askAt, runAudits } from '../../../audit/run.ts';
import { startWorld, type World } from '../../../audit/world/world.ts';
import { serveHandler, wrongEndpoints } from './wrong-endpoints.ts';

let world: World;
let hub: AuditedHub;
beforeAll(async () => {
  // What is wrong here is wrong with any number of courts.
  world = await startWorld({ courts: 6 });
  hub = await startHub(world);
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await world.stop();
});

const idsIn = (text: string) => text.split(/\s+/);

test.each(wrongEndpoints)(
  'an endpoint that %s is found out',
  async (_, handler, ids) => {
    const ask = askAt(`${hub.url}/graphql`, new AbortController().signal, hub.headers);
    const endpoint = await serveHandler(handler, ask, world);
    const audits = allAudits.filter(({ id }) => idsIn(ids).includes(id));
    // Nobody has to wait for an endpoint that notices nothing.
    const results = await runAudits(endpoint.url, world, { audits, timeoutMs: 15_000, noticedWithinMs: 500 });
    await endpoint.stop();
    expect(results.filter(({ failure }) => failure === null).map(({ audit }) => audit.id)).toEqual([]);
    expect(results.map(({ audit }) => audit.id).sort()).toEqual(idsIn(ids).sort());
  },
  120_000,
);

test('there is no audit that cannot fail', () => {
  const found = new Set(wrongEndpoints.flatMap(([, , ids]) => idsIn(ids)));
  expect(allAudits.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
});

test('one program with all rows keeps every promise that is not about several courts', async () => {
  const endpoint = await serveHandler(({ query, variables }) => world.oracle(query, variables), world.oracle, world);
  const audits = allAudits.filter(({ family }) => ['rows', 'order', 'pages'].includes(family));
  const results = await runAudits(endpoint.url, world, { audits });
  await endpoint.stop();
  const failed = results.filter(({ failure }) => failure !== null).map(({ audit }) => audit.id);
  // A court does not refuse a number of nobody's: who is a court is for a hub to know.
  expect(failed).toEqual(['ROW-08']);
}, 60_000);

import { afterAll, beforeAll, expect, it } from 'vitest';

import { emittedGraph } from '../../../cli/start/hub.ts';
import { readCourtRegistry } from '../../../common/court-registry.ts';
import { openDoor, type Door } from '../../../gateway/http/door.ts';
import { createHub, type Hub } from '../../../gateway/hub.ts';
import { anybody } from '../../support/viewers.ts';
import { post } from '../http/small-door.ts';

let hub: Hub;
let door: Door;
beforeAll(async () => {
  const nobody = () => Promise.reject(new Error('Nobody is there.'));
  const agencies = new Map(['bank', 'vehicle', 'property'].map((name) => [name, nobody]));
  hub = await createHub({
    ...emittedGraph(),
    registry: readCourtRegistry(),
    courts: new Map(),
    agencies,
    command: nobody,
  });
  door = await openDoor({
    authenticate: anybody,
    enter: (...request) => hub.enter(...request),
    status: () => hub.status(),
    host: '127.0.0.1',
    port: 0,
  });
});
afterAll(async () => {
  await door.stop();
  await hub.stop();
});

it.each([
  ['whole', '{ courts { code } }'],
  ['of the schema', '{ __schema { queryType { name } } }'],
  ['of courts that are not there', '{ cases(first: 1) { coverage { complete } totalCount } }'],
  ['to what cannot be asked', '{ nothing }'],
  ['to a change', 'mutation { updateTaskForce(id: "1", input: { purpose: "x" }, idempotencyKey: "k") { id } }'],
])('cache-control: nobody on the way may keep an answer that is %s', async (_, query) => {
  const response = await post(door, JSON.stringify({ query }), { 'cache-control': 'max-age=60' });
  expect((await response.json()) as object).toHaveProperty(query === '{ nothing }' ? 'errors' : 'data');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('age') ?? response.headers.get('expires')).toBeNull();
});

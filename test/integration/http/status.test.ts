import { expect, it } from 'vitest';
import type { HubStatus } from '../../../gateway/http/status.ts';
import { openSmallDoor } from './small-door.ts';

const courts: HubStatus['courts'] = [
  { code: '苏03', name: '徐州市中级人民法院', status: 'UP', standing: 'joined', faults: [], lacks: [] },
  {
    code: '苏0312',
    name: '徐州市铜山区人民法院',
    status: 'DOWN',
    standing: 'quarantined',
    faults: ['Case.number: The contract needs this field. Serve it.'],
    lacks: [],
  },
];
const agencies: HubStatus['agencies'] = [{ code: 'BANK', name: 'Bank control', status: 'UNKNOWN' }];

it('is alive before it is ready, and ready as soon as the schema is loaded, whatever the courts do', async () => {
  let status: HubStatus = { schemaLoaded: false, courts: [], hubs: [], agencies: [], subgraphs: [] };
  await using small = await openSmallDoor({ status: () => status });
  const get = (path: string) => fetch(`${small.door.url}${path}`);

  expect(await (await get('/health')).json()).toEqual({ status: 'ok' });
  const before = await get('/ready');
  expect(before.status).toBe(503);
  expect(await before.json()).toEqual({
    status: 'starting',
    schemaLoaded: false,
    courts: [],
    hubs: [],
    agencies: [],
    subgraphs: [],
  });

  status = { schemaLoaded: true, courts, hubs: [], agencies, subgraphs: [] };
  const after = await get('/ready');
  expect(after.status).toBe(200);
  expect(await after.json()).toEqual({
    status: 'ready',
    schemaLoaded: true,
    courts,
    hubs: [],
    agencies,
    subgraphs: [],
  });
});

it('answers HEAD like GET without a body and refuses POST', async () => {
  await using small = await openSmallDoor();
  const head = await fetch(`${small.door.url}/health`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  const post = await fetch(`${small.door.url}/health`, { method: 'POST', body: 'x' });
  expect(post.status).toBe(405);
  expect(post.headers.get('allow')).toBe('GET, HEAD');
});

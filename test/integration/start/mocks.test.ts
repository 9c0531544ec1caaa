import { afterAll, beforeAll, expect, it } from 'vitest';

import { serveUpstreams, type ServedUpstreams } from '../../../mocks/upstreams/serve.ts';
import { createUpstreams, type Upstreams } from '../../../mocks/upstreams/upstreams.ts';

let upstreams: Upstreams;
let served: ServedUpstreams;

beforeAll(async () => {
  upstreams = createUpstreams({ seed: 'served' });
  served = await serveUpstreams(upstreams, { port: 0 });
});
afterAll(() => served.stop());

const submit = (path: string, body: string): Promise<Response> =>
  fetch(`${served.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

it('serves each upstream below its name as it answers in process', async () => {
  const body = JSON.stringify({ LB: 'YH', XZ: '1', CXQQ: [{ BDHM: 'YH20180131000001' }] });
  const response = await submit('/bank/v1/queries', body);
  expect(response.status).toBe(202);
  const { PCH } = (await response.json()) as { PCH: string };
  const polled = await fetch(`${served.url}/bank/v1/batches/${PCH}`);
  expect([polled.status, await polled.json()]).toEqual([200, expect.objectContaining({ RESULT: '0000', PCH })]);
  expect((await fetch(`${served.url}/property/v1/applications/nothing`)).status).toBe(404);
  expect(upstreams.calls().bank).toEqual({ submit: 1, poll: 1 });
});

it('says that it is well, and that other addresses are nobody’s', async () => {
  expect(await (await fetch(`${served.url}/health`)).json()).toEqual({ status: 'ok', part: 'mocks' });
  for (const path of ['/', '/bank', '/police/v1/queries', '/constructor/v1', '/..%2fbank/v1']) {
    expect((await fetch(`${served.url}${path}`)).status).toBe(404);
  }
});

it('breaks the connection off where an upstream does not pick up, and goes on', async () => {
  upstreams.behave('vehicle', { fault: 'down' });
  await expect(submit('/vehicle/v1/vehicle-queries', '{}')).rejects.toThrow('fetch failed');
  upstreams.behave('vehicle', {});
  expect((await submit('/vehicle/v1/vehicle-queries', '{}')).status).toBe(400);
});

import { afterAll, beforeAll, expect, it } from 'vitest';

import { runBehave } from '../../../cli/mocks/behave.ts';
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
  expect(upstreams.calls().bank).toMatchObject({ submit: 1, poll: 1 });
});

it('says that it is well, and that other addresses are nobody’s', async () => {
  expect(await (await fetch(`${served.url}/health`)).json()).toEqual({ status: 'ok', part: 'mocks' });
  for (const path of ['/', '/bank', '/police/v1/queries', '/constructor/v1', '/..%2fbank/v1']) {
    expect((await fetch(`${served.url}${path}`)).status).toBe(404);
  }
});

const put = (upstream: string, behaviour: unknown) =>
  fetch(`${served.url}/behaviour/${upstream}`, { method: 'PUT', body: JSON.stringify(behaviour) });
const behaviour = async (upstream = '') =>
  (await (await fetch(`${served.url}/behaviour${upstream}`)).json()) as Record<string, unknown>;

it('behaves as it is told while it runs, and says how', async () => {
  const told = { fault: 'returned', only: ['王强'], quota: { calls: 1, windowMs: 60_000 } };
  expect([(await put('vehicle', told)).status, await behaviour('/vehicle')]).toEqual([200, told]);
  expect((await submit('/vehicle/v1/vehicle-queries', '{}')).status).toBe(400);
  const refused = await submit('/vehicle/v1/vehicle-queries', '{}');
  expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([429, 60]);
  const { vehicle, bank, faults } = await behaviour();
  expect([vehicle, bank]).toEqual([told, {}]);
  expect(Object.keys(faults as object)).toContain('shortened');
  expect((await fetch(`${served.url}/behaviour/vehicle`, { method: 'DELETE' })).status).toBe(200);
  expect(await behaviour('/vehicle')).toEqual({});
  expect(await (await fetch(`${served.url}/calls`)).json()).toEqual(upstreams.calls());
});

it.each([
  ['bank', { fault: 'broken' }, 400, /^fault: .*"slow".*"partial"/],
  ['bank', { falt: 'slow' }, 400, /falt/],
  ['bank', { delayMs: -1 }, 400, /^delayMs: /],
  ['bank', undefined, 400, /expected an object such as/],
  ['vehicle', { fault: 'partial' }, 400, /only the bank/],
  ['police', {}, 404, /bank, vehicle, property/],
])('says what is wrong with telling %s %j, and changes nothing', async (upstream, told, status, text) => {
  const response = await put(upstream, told);
  const { faults } = (await response.json()) as { faults: string[] };
  expect([response.status, faults[0]]).toEqual([status, expect.stringMatching(text) as unknown]);
  expect(upstreams.behaviourOf('bank')).toEqual({});
});

it('is steered by nonet mocks behave', async () => {
  const lines: string[] = [];
  const run = (...args: string[]) => runBehave([...args, '--url', served.url], {}, (line) => lines.push(line));
  expect(await run('bank', '--fault', 'garbled', '--only', '王强', '--only', '李梅', '--delay', '5')).toBe(0);
  expect(upstreams.behaviourOf('bank')).toEqual({ fault: 'garbled', only: ['王强', '李梅'], delayMs: 5 });
  expect(await run('bank', '--quota', '20/1000')).toBe(0);
  expect(upstreams.behaviourOf('bank')).toEqual({ quota: { calls: 20, windowMs: 1000 } });
  expect(await run('bank', '--fault', 'no')).toBe(1);
  expect(lines.at(-1)).toContain('"faults"');
  expect(await run('bank')).toBe(0);
  expect(upstreams.behaviourOf('bank')).toEqual({});
  await expect(run('bank', '--quota', 'many')).rejects.toThrow('CALLS/MILLISECONDS');
  await expect(runBehave(['--url', 'http://127.0.0.1:1'], {}, () => undefined)).rejects.toThrow('start them with');
});

it('breaks the connection off where an upstream does not pick up, and goes on', async () => {
  upstreams.behave('vehicle', { fault: 'down' });
  await expect(submit('/vehicle/v1/vehicle-queries', '{}')).rejects.toThrow('fetch failed');
  upstreams.behave('vehicle', {});
  expect((await submit('/vehicle/v1/vehicle-queries', '{}')).status).toBe(400);
});

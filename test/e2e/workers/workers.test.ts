import { once } from 'node:events';

import { Client } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Answer } from '../../../common/wire.ts';
import { foundIssuer } from '../../support/issuer.ts';
import { startNonet, type NonetProcess } from '../../support/nonet-process.ts';
import { authorizationAt } from '../../support/viewers.ts';
import { cases, startGatedCourt, type GatedCourt } from './gated-court.ts';

// Three processes, each of which loads its program, on perhaps a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const issuer = await foundIssuer();
afterAll(() => issuer.remove());

const connections = 200;
const question = '{ cases { totalCount coverage { complete } } }';
const whole = { status: 200, data: { cases: { totalCount: cases, coverage: { complete: true } } } };

describe('a gateway of two workers', () => {
  let court: GatedCourt;
  let gateway: NonetProcess;
  let url: string;

  beforeAll(async () => {
    court = await startGatedCourt();
    const files = [
      `--registry=${court.registryFile}`,
      `--asking=${court.askingFile}`,
      '--trail=memory',
      ...issuer.args,
    ];
    gateway = startNonet(['start', 'gateway', '--workers=2', '--port=0', ...files]);
    url = (await gateway.line(/graphql {3}(http\S+)\/graphql/))[1]!;
  });

  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await court[Symbol.asyncDispose]();
  });

  it('loses of two hundred requests those on the sockets of a worker that is killed, and starts it again', async () => {
    const clients = await connected(url, 'first');
    const workers = await workersOf(gateway, 'first');
    const [killed] = new Set(workers.map(({ pid }) => pid));
    expect(new Set(workers.map(({ worker }) => worker))).toEqual(new Set([1, 2]));
    court.close();
    const asked = clients.map((client) => ask(client, question).catch(() => null));
    await court.held(connections);
    const ended = gateway.line(/worker \d ended \(SIGKILL\); it starts again in 250 ms/);
    process.kill(killed!, 'SIGKILL');
    await ended;
    court.open();
    const answers = await Promise.all(asked);
    expect(answers).toEqual(workers.map(({ pid }) => (pid === killed ? null : whole)));
    expect(answers.filter((answer) => answer === null).length).toBeLessThan(connections);
    await gateway.line(/worker \d is back/);
    await closed(clients);
  });

  it('tells of all workers in its metrics, whichever is asked, and what one has counted only once', async () => {
    const before = await counted(url);
    const clients = await connected(url, 'second');
    const after = await counted(url);
    expect([...after.keys()]).toEqual(['1', '2']);
    const grown = [...after].map(([worker, count]) => count - (before.get(worker) ?? 0));
    expect(grown.reduce((sum, count) => sum + count, 0)).toBe(connections);
    expect(Math.min(...grown)).toBeGreaterThan(0);
    const text = await scraped(url);
    expect(text.match(/^# TYPE nonet_requests_total counter$/gm)).toHaveLength(1);
    expect(text).toMatch(/^nonet_workers\{worker="primary"\} 2$/m);
    expect([1, 2]).toContain(((await (await fetch(`${url}/ready`)).json()) as { worker: number }).worker);
    expect(text).toMatch(/^nonet_worker_deaths_total\{worker="primary"\} 1$/m);
    await closed(clients);
  });

  it('follows the registry in each of its workers', async () => {
    court.register();
    await vi.waitFor(async () => {
      const seen = [
        ...(await scraped(url)).matchAll(/nonet_court_standing\{upstream="苏0303",standing="(\w+)",worker="(\d)"\} 1/g),
      ];
      expect(seen.map(([, standing, worker]) => [worker, standing]).sort()).toEqual([
        ['1', 'quarantined'],
        ['2', 'quarantined'],
      ]);
    }, 60_000);
  });

  it('answers all that it has taken when it is stopped, tells others that it stops, and leaves nothing behind', async () => {
    const clients = await connected(url, 'third');
    const pids = new Set((await workersOf(gateway, 'third')).map(({ pid }) => pid));
    court.close();
    const asked = clients.map((client) => ask(client, '{ cases { totalCount } }'));
    await court.held(connections);
    gateway.process.kill('SIGTERM');
    await vi.waitFor(async () => expect((await fetch(`${url}/ready`)).status).toBe(503), 20_000);
    court.open();
    const answers = await Promise.all(asked);
    const expected = { status: 200, data: { cases: { totalCount: cases } } };
    expect(answers).toEqual(answers.map(() => expected));
    expect(await gateway.ended).toBe(0);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await closed(clients);
  });
});

it('says of a port in use what to choose, once', async () => {
  await using court = await startGatedCourt();
  const { createServer } = await import('node:net');
  const taker = createServer().listen(0, '127.0.0.1');
  await once(taker, 'listening');
  const { port } = taker.address() as { port: number };
  await using nonet = startNonet([
    'start',
    'gateway',
    '--workers=2',
    `--port=${port}`,
    `--registry=${court.registryFile}`,
    '--trail=memory',
    ...issuer.args,
  ]);
  expect(await nonet.ended).toBe(1);
  expect(nonet.text().match(/is in use; choose another with --port/g)).toHaveLength(1);
  taker.close();
});

it('an embedded city of two workers gives the rows of its courts and agencies through both', async () => {
  await using nonet = startNonet(['start', '--memory', '--scale=2', '--workers=2', '--port=0']);
  const [, url] = await nonet.line(/graphql {3}(http\S+)\/graphql/);
  const clients = [new Client(url!), new Client(url!)];
  const query =
    '{ cases(first: 100) { totalCount coverage { complete } edges { node { debtors { bank { status } } } } } taskForces { totalCount } }';
  // Either worker believes what the other has made.
  const shown = await authorizationAt(url!);
  // Nine courts in one process that has only just begun may be late on a busy machine, and are told so.
  await vi.waitFor(
    async () => {
      const [one, other] = await Promise.all(clients.map((client) => ask(client, query, 'another', shown)));
      expect(one).toMatchObject({ status: 200, data: { cases: { totalCount: 18, coverage: { complete: true } } } });
      expect(other).toEqual(one);
    },
    { timeout: 60_000, interval: 500 },
  );
  await closed(clients);
  nonet.process.kill('SIGTERM');
  expect(await nonet.ended).toBe(0);
});

/** Connections that have each asked once: a connection belongs to one worker from then on. */
async function connected(url: string, name: string): Promise<Client[]> {
  const clients = Array.from({ length: connections }, () => new Client(url, { headersTimeout: 100_000 }));
  const answers = await Promise.all(
    clients.map((client, index) => ask(client, '{ courts { code } }', `${name}-${index}`)),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  return clients;
}

async function closed(clients: readonly Client[]): Promise<void> {
  await Promise.all(clients.map((client) => client.destroy()));
}

async function ask(client: Client, query: string, id = 'another', shown = issuer.headers) {
  const { statusCode, body } = await client.request({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', 'x-request-id': id, ...shown },
    body: JSON.stringify({ query }),
  });
  const { data } = (await body.json()) as Answer;
  return { status: statusCode, data };
}

/** Which worker each connection belongs to, as the log has it. */
function workersOf(gateway: NonetProcess, name: string): Promise<{ pid: number; worker: number }[]> {
  return vi.waitFor(() => {
    const lines = gateway
      .text()
      .split('\n')
      .filter((line) => line.includes(`"request":"${name}-`) && line.endsWith('}'));
    const read = lines.map((line) => JSON.parse(line) as { pid: number; worker: number; request: string });
    const byConnection = new Map(read.map((line) => [Number(line.request.split('-')[1]), line]));
    return Array.from({ length: connections }, (_, index) => {
      const line = byConnection.get(index);
      if (!line) throw new Error(`connection ${index} has no line yet`);
      return line;
    });
  }, 20_000);
}

async function scraped(url: string): Promise<string> {
  const response = await fetch(`${url}/metrics`);
  expect(response.status).toBe(200);
  return response.text();
}

/** How many requests each worker has answered whole. */
async function counted(url: string): Promise<Map<string, number>> {
  const found = (await scraped(url)).matchAll(/^nonet_requests_total\{outcome="whole",worker="(\d)"\} (\d+)$/gm);
  return new Map([...found].map(([, worker, count]) => [worker!, Number(count)] as const).sort());
}

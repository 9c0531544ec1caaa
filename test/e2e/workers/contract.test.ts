import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Client } from 'undici';
import { expect, it, onTestFinished, vi } from 'vitest';

import { emittedDirectory } from '../../../cli/compose/compose.ts';
import { foundIssuer } from '../../support/issuer.ts';
import { startNonet } from '../../support/nonet-process.ts';
import { cases, startGatedCourt } from './gated-court.ts';

// Three processes, each of which loads its program and composes twice, on perhaps a busy machine.
vi.setConfig({ testTimeout: 360_000 });

const patience = { timeout: 120_000, interval: 100 };
const connections = 12;
const rows = '{ cases(first: 3) { totalCount coverage { complete } edges { node { number } } } }';
const remarks = '{ cases(first: 3) { edges { node { remark } } } }';

it('a contract that changes goes live in all workers, and no request fails meanwhile', async () => {
  await using court = await startGatedCourt();
  using graph = ownGraph();
  const files = [`--registry=${court.registryFile}`, `--asking=${court.askingFile}`, `--graph=${graph.directory}`];
  const issuer = await foundIssuer();
  onTestFinished(() => issuer.remove());
  await using gateway = startNonet([
    'start',
    'gateway',
    '--workers=2',
    '--port=0',
    '--trail=memory',
    ...files,
    ...issuer.args,
  ]);
  const [, url] = await gateway.line(/graphql {3}(http\S+)\/graphql/);
  // A connection belongs to one worker from its first request on.
  const clients = Array.from({ length: connections }, () => new Client(url!, { headersTimeout: 100_000 }));
  const workers = await Promise.all(clients.map(workerOf));
  expect(new Set(workers)).toEqual(new Set([1, 2]));

  const failed: unknown[] = [];
  const seen = clients.map(() => 0);
  let asked = 0;
  let isOver = false;
  const load = clients.map(async (client, index) => {
    while (!isOver) {
      const { status, text } = await ask(client, rows, issuer.headers);
      if (status !== 200 || !text.includes(`"totalCount":${cases},"coverage":{"complete":true}`)) failed.push(text);
      seen[index] = (await ask(client, remarks, issuer.headers)).status;
      asked += 1;
    }
  });
  try {
    for (const [sdl, status] of [
      [graph.contract, 400],
      [graph.withRemark, 200],
      [graph.contract, 400],
    ] as const) {
      graph.publish(sdl);
      await vi.waitFor(() => expect(seen).toEqual(clients.map(() => status)), patience);
    }
  } finally {
    isOver = true;
    await Promise.all(load);
    await Promise.all(clients.map((client) => client.destroy()));
  }
  expect(failed).toEqual([]);
  expect(asked).toBeGreaterThan(connections * 3);
  const told = gateway
    .text()
    .split('\n')
    .filter((line) => line.includes('the contract has changed'));
  const by = told.map((line) => (JSON.parse(line) as { readonly worker: number }).worker);
  expect(by.sort()).toEqual([1, 1, 2, 2]);
});

/** A contract of its own, in a directory that goes away. */
function ownGraph() {
  const directory = mkdtempSync(join(tmpdir(), 'nonet-graph-'));
  cpSync(fileURLToPath(emittedDirectory), directory, { recursive: true });
  const contract = readFileSync(join(directory, 'court.graphql'), 'utf8');
  return {
    directory,
    contract,
    /** The court's program does not have the field, and goes on with what it has. */
    withRemark: contract.replace(
      /(type Case @[^]*?\n {2}number: CaseNumber!\n)/,
      '$1  "A remark (备注)."\n  remark: String\n',
    ),
    publish(sdl: string) {
      writeFileSync(join(directory, 'next'), sdl);
      renameSync(join(directory, 'next'), join(directory, 'court.graphql'));
    },
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  };
}

async function workerOf(client: Client): Promise<number> {
  const { body } = await client.request({ method: 'GET', path: '/ready' });
  return ((await body.json()) as { readonly worker: number }).worker;
}

async function ask(
  client: Client,
  query: string,
  shown: { readonly authorization: string },
): Promise<{ readonly status: number; readonly text: string }> {
  const headers = { 'content-type': 'application/json', ...shown };
  const { statusCode, body } = await client.request({
    method: 'POST',
    path: '/graphql',
    headers,
    body: JSON.stringify({ query }),
  });
  return { status: statusCode, text: await body.text() };
}

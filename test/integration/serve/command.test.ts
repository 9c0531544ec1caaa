import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Answer } from '../../../common/wire.ts';
import { startNonet } from '../../support/nonet-process.ts';

let directory: string;
let registry: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'nonet-serve-'));
  registry = join(directory, 'courts.json');
  const known = JSON.parse(readFileSync('registry/courts.json', 'utf8')) as { courts: object[] };
  // Nobody listens at port 9: every court is down.
  const courts = known.courts.map((court) => ({ ...court, endpoint: { url: 'http://127.0.0.1:9/graphql' } }));
  writeFileSync(registry, JSON.stringify({ ...known, courts }));
});
afterAll(() => rmSync(directory, { recursive: true }));

test('nonet serve city says where everything is, answers for courts that are down, and ends when it is told', async () => {
  await using nonet = startNonet([
    'serve',
    'city',
    '--registry',
    registry,
    '--port',
    '0',
    '--bank-url',
    'http://127.0.0.1:9/bank',
  ]);
  const [, url] = await nonet.line(/^ {2}city +(\S+)\/city$/m);
  const supergraph = await (await fetch(`${url!}/supergraph.graphql`)).text();
  expect(supergraph).toContain(`@join__graph(name: "reach", url: "${url!}/reach")`);
  expect(supergraph).toContain('@join__graph(name: "bank", url: "http://127.0.0.1:9/bank")');
  expect(supergraph).toContain('@join__graph(name: "command", url: "http://127.0.0.1:4104/graphql")');
  expect((await fetch(`${url!}/health`)).status).toBe(200);
  const response = await fetch(`${url!}/city`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ cases { totalCount coverage { complete } } }' }),
  });
  const { data } = (await response.json()) as Answer;
  expect(data).toEqual({ cases: { totalCount: null, coverage: { complete: false } } });
  nonet.process.kill('SIGTERM');
  expect(await nonet.ended).toBe(0);
});

test('a registry without addresses is refused, court by court', async () => {
  await using nonet = startNonet(['serve', 'city', '--registry', 'registry/courts.json', '--bank-url', 'ftp://bank']);
  expect(await nonet.ended).toBe(78);
  const lines = nonet.text().trimEnd().split('\n');
  expect(lines.filter((line) => line.includes('has no address for court 苏'))).toHaveLength(9);
  expect(lines.at(-1)).toContain('--bank-url is no address');
});

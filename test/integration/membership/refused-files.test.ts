import { dirname, join } from 'node:path';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { rowsQuery, startFollowedCity, type FollowedCity } from './followed-city.ts';

const patience = { timeout: 25_000, interval: 50 };

let city: FollowedCity;
beforeAll(async () => {
  city = await startFollowedCity({ courts: 2, lookEveryMs: 50, ownGraph: true, needsAddresses: true });
}, 120_000);
afterAll(() => city[Symbol.asyncDispose]());

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly court?: string;
  readonly faults?: readonly string[];
  readonly fault?: unknown;
}

/** What is logged from here on and begins so. */
function listen(beginning: string): () => readonly Line[] {
  const from = city.lines.length;
  return () =>
    city.lines
      .slice(from)
      .map((line) => JSON.parse(line) as Line)
      .filter(({ msg }) => msg.startsWith(beginning));
}

const sound = (file: string, value: 0 | 1) =>
  vi.waitFor(
    async () => expect(await city.metrics()).toContain(`nonet_followed_file_sound{file="${file}"} ${value}`),
    patience,
  );

async function isWhole(): Promise<void> {
  const { data } = await city.ask(rowsQuery);
  expect(data).toMatchObject({ cases: { totalCount: 12, coverage: { complete: true } } });
}

it.each<[string, () => void, RegExp]>([
  [
    'is no JSON',
    () => writeFileSync(city.registryFile, '{ "courts": ['),
    /^The file is not JSON; put the courts there/,
  ],
  ['is gone', () => rmSync(city.registryFile), /^The file cannot be read; put the courts there/],
  [
    'has a court that would have to run in the hub itself',
    () => city.register(city.entries.map((entry) => ({ ...entry, endpoint: 'embedded' }))),
    /^the registry has no address for court 苏03; give it "endpoint"/,
  ],
  [
    'has an entry at fault',
    () => city.register(city.entries.map((entry) => ({ ...entry, division: '3203' }))),
    /^courts\[0\]\.division \(苏03\): is no division/,
  ],
])('a registry that %s changes nothing, and is told in the log and the metrics', async (_, spoil, fault) => {
  const refused = listen('the registry file cannot be used');
  await sound('registry', 1);
  spoil();
  await sound('registry', 0);
  expect(refused()).toMatchObject([{ level: 'warn', faults: expect.arrayContaining([expect.stringMatching(fault)]) }]);
  expect(refused()[0]!.fault).toBeUndefined();
  expect(JSON.stringify(refused())).not.toContain(dirname(city.registryFile));
  await isWhole();
  city.register(city.entries);
  await sound('registry', 1);
});

it('a contract that lacks a file changes nothing, and is told likewise', async () => {
  const refused = listen('the contract cannot be used');
  const file = join(city.graph, 'bank.graphql');
  const sdl = readFileSync(file, 'utf8');
  await sound('graph', 1);
  rmSync(file);
  await sound('graph', 0);
  expect(refused()).toMatchObject([
    { level: 'warn', faults: ['bank.graphql cannot be read; it has to hold the SDL of bank.'] },
  ]);
  await isWhole();
  writeFileSync(file, sdl);
  await sound('graph', 1);
});

it('tells of a court that has another address, and of no other', async () => {
  const told = listen('a court ');
  const [first, second] = city.entries;
  const { url } = second!.endpoint as { url: string };
  city.register([first!, { ...second, endpoint: { url: `${url}?moved` } }]);
  await vi.waitFor(() => expect(told()).not.toEqual([]), patience);
  expect(told()[0]).toMatchObject({ level: 'info', msg: 'a court has another address', court: second!.code });
  await vi.waitFor(isWhole, patience);
  expect(told().map(({ court }) => court)).not.toContain(first!.code);
});

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { startFollowedCity, type FollowedCity } from './followed-city.ts';

const patience = { timeout: 25_000, interval: 50 };

let city: FollowedCity;
let contract: string;
beforeAll(async () => {
  city = await startFollowedCity({ courts: 2, lookEveryMs: 50, ownGraph: true });
  contract = readFileSync(join(city.graph, 'court.graphql'), 'utf8');
}, 120_000);
afterAll(() => city[Symbol.asyncDispose]());

/** Puts a contract in the place of the one before, whole. */
function publish(sdl: string): void {
  writeFileSync(join(city.graph, 'next'), sdl);
  renameSync(join(city.graph, 'next'), join(city.graph, 'court.graphql'));
}

const withNote = () =>
  contract.replace(/(type Case @[^]*?\n {2}number: CaseNumber!\n)/, '$1  "A remark (备注)."\n  remark: String\n');
const remarks = () => city.ask('{ cases(first: 3) { totalCount edges { node { number remark } } } }');
const plain = () => city.ask('{ cases(first: 3) { totalCount edges { node { number } } } }');
const refusals = () => city.lines.filter((line) => line.includes('the contract cannot be used'));

it('answers by another contract while it runs, and by the one before when that is put back', async () => {
  expect((await remarks()).errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  publish(withNote());
  // Courts that do not have the field yet go on with what they have.
  await vi.waitFor(async () => expect((await remarks()).status).toBe(200), patience);
  const { data } = await plain();
  expect(data).toMatchObject({ cases: { totalCount: 12 } });
  expect(await city.ready()).toMatchObject(
    city.entries.map(({ code }) => ({ code, standing: 'joined', lacks: ['Case.remark'] })),
  );
  publish(contract);
  await vi.waitFor(async () => expect((await remarks()).status).toBe(400), patience);
  expect(await city.ready()).toMatchObject(city.entries.map(() => ({ standing: 'joined', lacks: [] })));
});

it.each([
  ['cannot be parsed', () => contract.replace('type Case @', 'type Case { @'), /Syntax Error/],
  [
    'cannot be merged truly',
    () => contract.replace('totalCount: Int @merge(by: SUM)', 'totalCount: Int @merge(by: CONCAT)'),
    /CaseConnection\.totalCount/,
  ],
  [
    'does not answer what people rely on',
    () => contract.replace(/\n {2}"""[^"]*"""\n {2}closingMode: ClosingMode\n/, '\n'),
    /operation [\w-]+\.graphql: .*closingMode/,
  ],
])('a contract that %s never goes live, and is told with its faults', async (_, spoil, fault) => {
  const before = refusals().length;
  expect(spoil()).not.toBe(contract);
  publish(spoil());
  await vi.waitFor(() => expect(refusals()).toHaveLength(before + 1), patience);
  expect(refusals().at(-1)).toMatch(fault);
  expect((await plain()).data).toMatchObject({ cases: { totalCount: 12 } });
  expect((await city.ask('{ cases(first: 3) { edges { node { closingMode } } } }')).errors).toBeUndefined();
  publish(contract);
});

it('no request fails while contracts change under it', { timeout: 60_000 }, async () => {
  const failed: unknown[] = [];
  let isOver = false;
  let asked = 0;
  const load = Array.from({ length: 4 }, async () => {
    while (!isOver) {
      const answer = await plain();
      asked += 1;
      if (answer.status !== 200 || answer.errors || !JSON.stringify(answer.data).includes('"totalCount":12')) {
        failed.push(answer);
      }
    }
  });
  try {
    for (const sdl of [withNote(), contract]) {
      publish(sdl);
      const wanted = sdl === contract ? 400 : 200;
      await vi.waitFor(async () => expect((await remarks()).status).toBe(wanted), patience);
    }
  } finally {
    isOver = true;
    await Promise.all(load);
  }
  expect(failed).toEqual([]);
  expect(asked).toBeGreaterThan(20);
});

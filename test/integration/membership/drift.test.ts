import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { courtSdl } from '../../../subgraphs/court/schema.ts';
import { rowsQuery, seenOf, startFollowedCity, type FollowedCity } from './followed-city.ts';
import { olderThan, speaking } from './other-programs.ts';

/** What is promised, in milliseconds; the hub is started with its own settings. */
const promised = { timeout: 10_000, interval: 50 };

let city: FollowedCity;
beforeAll(async () => {
  city = await startFollowedCity({ courts: 3 });
}, 120_000);
afterAll(() => city[Symbol.asyncDispose]());

const standingOf = async (of: FollowedCity, code: string) => (await of.ready()).find((court) => court.code === code);

it('knows within ten seconds what a court lacks that came back with an older program', async () => {
  const { code } = city.entries[1]!;
  await city.restart(code, olderThan(city.programs.get(code)!, 'Case.closingMode'));
  await vi.waitFor(
    async () => expect(await standingOf(city, code)).toMatchObject({ lacks: ['Case.closingMode'] }),
    promised,
  );
  expect(await standingOf(city, code)).toMatchObject({ standing: 'joined', faults: [] });
  expect((await city.ask(rowsQuery)).data).toMatchObject({ cases: { coverage: { complete: true } } });
});

it('keeps a court apart within ten seconds that came back with a program that cannot serve the contract', async () => {
  const { code } = city.entries[2]!;
  const other = courtSdl.replace('enum CaseStage', 'scalar CaseStage\nenum Other');
  await city.restart(code, speaking(city.programs.get(code)!, other));
  await vi.waitFor(
    async () => expect(await standingOf(city, code)).toMatchObject({ standing: 'quarantined' }),
    promised,
  );
  const answer = await city.ask(rowsQuery);
  expect(seenOf(answer, code)).toEqual({ status: 'UNREACHABLE', reason: 'QUARANTINED', rows: 0 });
  for (const { code: sound } of city.entries.slice(0, 2)) expect(seenOf(answer, sound)?.rows).toBe(6);
  await city.restart(code, city.programs.get(code)!);
  await vi.waitFor(async () => expect(seenOf(await city.ask(rowsQuery), code)?.rows).toBe(6), promised);
});

it('reads a court again at once that does not understand what it should', async () => {
  // Nobody is read twice without a reason.
  await using rare = await startFollowedCity({ courts: 2, watch: { knownEveryMs: 3_600_000 } });
  const { code } = rare.entries[1]!;
  await rare.restart(code, olderThan(rare.programs.get(code)!, 'Case.closingMode'));
  expect((await rare.ask(rowsQuery)).errors).toBeUndefined();
  await rare.ask('{ cases(first: 5) { edges { node { closingMode } } } }');
  await vi.waitFor(
    async () => expect(await standingOf(rare, code)).toMatchObject({ lacks: ['Case.closingMode'] }),
    promised,
  );
});

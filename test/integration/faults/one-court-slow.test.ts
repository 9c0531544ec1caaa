import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { emittedGraph } from '../../../cli/start/hub.ts';
import { createHub } from '../../../gateway/hub.ts';
import {
  cityWide,
  connectionOf,
  expectGap,
  expectOneError,
  expectWhole,
  liveRows,
  rowsOf,
  rowsQuery,
  type Gap,
} from '../../support/city-answer.ts';
import { beginsAndHangs, hang, slow } from '../../support/faults.ts';
import { askHub } from '../../support/test-city.ts';
import { broken, shortDeadlines as deadlines, startFaultyCity, timed, type FaultyCity } from './faulty-city.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let faulty: FaultyCity;
beforeAll(async () => {
  faulty = await startFaultyCity(deadlines);
});
afterEach(() => faulty.court.recover());
afterAll(() => faulty[Symbol.asyncDispose]());

const late = (): Gap => ({
  court: broken,
  code: 'UPSTREAM_TIMEOUT',
  status: 'TIMEOUT',
  reason: 'DEADLINE',
  url: faulty.court.url,
});

/** One hop to nine courts, and nothing else. */
const oneHop = '{ cases(first: 100) { totalCount coverage { complete courts { court { code } status elapsedMs } } } }';

describe.each([
  ['never answers', hang],
  ['begins an answer and never ends it', beginsAndHangs],
  ['answers after its deadline', slow(deadlines.courtMs * 1.5)],
] as const)('a court that %s', (_, behaviour) => {
  test('costs its own rows and one error, and the next request is whole', async () => {
    const { city, court } = faulty;
    await court.suffer(behaviour);
    const { answer, elapsedMs } = await timed(() => city.ask(rowsQuery));
    expect(elapsedMs).toBeLessThan(deadlines.requestMs);
    expectOneError(answer, late());
    expectGap(city, answer, late());
    const live = await liveRows(city, { cases: [broken], reach: [broken] });
    expect(rowsOf(answer)).toEqual(live.rows);
    expect(connectionOf(answer).totalCount).toBe(live.totalCount);

    await court.recover();
    const again = await city.ask(rowsQuery);
    expectWhole(again);
    expect(rowsOf(again)).toEqual((await liveRows(city, {})).rows);
  });
});

test('a court that is slow but in time is waited for', async () => {
  const { city, court } = faulty;
  await court.suffer(slow(deadlines.courtMs / 5));
  const answer = await city.ask(rowsQuery);
  expectWhole(answer);
  expect(rowsOf(answer)).toEqual((await liveRows(city, {})).rows);
});

test('the one request of a task force is answered within its deadline, with the other eight courts whole', async () => {
  const { city, court } = faulty;
  await court.suffer(hang);
  const { answer, elapsedMs } = await timed(() => city.ask(cityWide, { filter: {} }));
  expect(elapsedMs).toBeLessThan(deadlines.requestMs);
  expectOneError(answer, late());
  expectGap(city, answer, late());
  const live = await liveRows(city, { cases: [broken], reach: [broken] }, { first: 50 });
  expect(rowsOf(answer)).toEqual(live.rows);
});

test('a hop lasts as long as the deadline of the slow court and no longer', async () => {
  const { city, court } = faulty;
  await court.suffer(hang);
  const { answer, elapsedMs } = await timed(() => city.ask(oneHop));
  // Room for a busy machine, but not for a second deadline.
  expect(elapsedMs).toBeLessThan(deadlines.courtMs * 1.9);
  const { courts } = connectionOf(answer).coverage;
  const own = courts.find((entry) => entry.court.code === broken) as unknown as { elapsedMs: number };
  expect(own.elapsedMs).toBeGreaterThanOrEqual(deadlines.courtMs - 20);
});

test('questions that hang do not hold up those that come after', async () => {
  const { city, court } = faulty;
  await court.suffer(hang);
  await Promise.all(Array.from({ length: 12 }, () => city.ask(oneHop)));
  await court.recover();
  const answer = await city.ask(oneHop);
  expect(answer.errors).toBeUndefined();
  expect(connectionOf(answer).coverage.complete).toBe(true);
});

test('the deadline of the request ends the wait for a court that may take longer', async () => {
  const { city, court } = faulty;
  const hub = await createHub({
    registry: city.registry,
    ...emittedGraph(),
    courts: new Map([...city.courts].map(([code, { ask }]) => [code, code === broken ? court.front(ask) : ask])),
    agencies: new Map(
      ['bank', 'vehicle', 'property'].map((name) => [name, () => Promise.reject(new Error('not asked here'))]),
    ),
    command: city.command.ask,
    asking: { deadlines: { requestMs: 700, courtMs: 20_000, agencyMs: 20_000 } },
  });
  await court.suffer(hang);
  // A deadline must not be lost with whatever else is cleared away meanwhile.
  const clearing = setInterval(collectGarbage, 50);
  const { answer, elapsedMs } = await timed(() => askHub(hub, oneHop, {}));
  clearInterval(clearing);
  await hub.stop();
  expect(elapsedMs).toBeLessThan(5_000);
  expectOneError(answer, late());
  expect(connectionOf(answer).totalCount).toBe((await liveRows(city, { cases: [broken] })).totalCount);
});

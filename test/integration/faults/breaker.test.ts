import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  connectionOf,
  expectGap,
  expectOneError,
  expectWhole,
  liveRows,
  plainQuery,
  rowsOf,
  rowsQuery,
  type Gap,
} from '../../support/city-answer.ts';
import { CLOSED } from '../../support/fault-proxy.ts';
import { broken, deadlines, startFaultyCity, type FaultyCity } from './faulty-city.ts';

let faulty: FaultyCity;
beforeAll(async () => {
  // Probes are rarer than by default, so that a busy machine sends none between two steps.
  faulty = await startFaultyCity(deadlines, { breaker: { probeEveryMs: 6_000 } });
});
afterAll(() => faulty[Symbol.asyncDispose]());

const open = (): Gap => ({
  court: broken,
  code: 'UPSTREAM_UNREACHABLE',
  status: 'UNREACHABLE',
  reason: 'BREAKER_OPEN',
  url: faulty.court.url,
});

const seen = () => faulty.city.hub.status().courts.find(({ code }) => code === broken)?.status;

async function reason(): Promise<string | null> {
  const { courts } = connectionOf(await faulty.city.ask(plainQuery, { first: 5 })).coverage;
  return courts.find(({ court }) => court.code === broken)!.reason;
}

test('a court whose breaker is open is one gap with its reason, one error, and nothing else; it comes back whole', async () => {
  const { city, court } = faulty;
  await court.suffer(CLOSED);
  await expect.poll(reason, { interval: 1, timeout: 20_000 }).toBe('BREAKER_OPEN');
  const answer = await city.ask(rowsQuery);
  expectOneError(answer, open());
  expectGap(city, answer, open());
  expect(rowsOf(answer)).toEqual((await liveRows(city, { cases: [broken], reach: [broken] })).rows);
  expect(seen()).toBe('DOWN');

  await court.recover();
  await expect.poll(reason, { interval: 100, timeout: 20_000 }).toBeNull();
  const again = await city.ask(rowsQuery);
  expectWhole(again);
  expect(rowsOf(again)).toEqual((await liveRows(city, {})).rows);
  expect(seen()).toBe('UP');
});

test('a complete answer names the open breaker among its gaps', async () => {
  const { city, court } = faulty;
  await court.suffer(CLOSED);
  await expect.poll(reason, { interval: 1, timeout: 20_000 }).toBe('BREAKER_OPEN');
  const answer = await city.ask(plainQuery, { completeness: 'COMPLETE' });
  expect(answer.data).toEqual({ cases: null });
  expect(answer.errors).toMatchObject([
    { extensions: { code: 'INCOMPLETE', gaps: [{ court: broken, status: 'UNREACHABLE', reason: 'BREAKER_OPEN' }] } },
  ]);
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../../common/wire.ts';
import {
  cityWide,
  connectionOf,
  coverageAt,
  expectNothingPrivate,
  expectWhole,
  gapsOf,
  liveRows,
  othersThan,
  rowsOf,
  rowsQuery,
  someNumber,
  type CoverageAnswer,
} from '../../support/city-answer.ts';
import { hang, page, reset, says, truncated } from '../../support/faults.ts';
import { CLOSED, startFaultProxy, type Behaviour, type FaultProxy } from '../../support/fault-proxy.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';
import { readCourtRegistry } from '../../../common/court-registry.ts';
import { shortDeadlines as deadlines, timed, warmUp } from './faulty-city.ts';

const courts = new Map<string, FaultProxy>();
let city: TestCity;
beforeAll(async () => {
  for (const { code } of readCourtRegistry().courts) courts.set(code, await startFaultProxy());
  city = await startTestCity({
    casesPerCourt: 6,
    seed: 'faults',
    breaker: null,
    deadlines,
    between: (code, ask) => courts.get(code)!.front(ask),
  });
  await warmUp(city);
});
afterEach(() => Promise.all([...courts.values()].map((court) => court.recover())));
afterAll(async () => {
  await city[Symbol.asyncDispose]();
  for (const court of courts.values()) await court[Symbol.asyncDispose]();
});

const allSuffer = (behaviour: Behaviour | typeof CLOSED) =>
  Promise.all([...courts.values()].map((court) => court.suffer(behaviour)));

describe('all nine courts down', () => {
  test('the one request of a task force is an empty page that says so, with one error for each court', async () => {
    await allSuffer(CLOSED);
    const answer = await city.ask(cityWide, { filter: {} });
    const { edges, totalCount, pageInfo, coverage } = connectionOf(answer);
    expect({ edges, totalCount, pageInfo }).toEqual({
      edges: [],
      totalCount: null,
      pageInfo: { hasNextPage: false, endCursor: null },
    });
    expect(coverage.complete).toBe(false);
    expect(gapsOf(coverage)).toEqual(everyCourt('UNREACHABLE', 'DOWN'));
    // Names of courts are the registry's, and need no court.
    expect(coverage.courts.map(({ court }) => court)).toEqual(
      city.registry.courts.map(({ code, name }) => ({ code, name })),
    );
    expect(coverageAt(answer, 'cases')?.complete).toBe(false);
    expectOneErrorEach(answer, 'UPSTREAM_UNREACHABLE');
  });

  test('everything else is null or empty with errors, and the registry answers', async () => {
    await allSuffer(reset);
    const number = someNumber(city, city.registry.courts[0]!.code);
    const answer = await city.ask(
      `query ($number: CaseNumber!) {
        courts { code name }
        case(number: $number) { number stage court { code } }
        caseStatistics { count amountDue byStage { stage } totalIsLowerBound coverage { complete } }
        cases { totalIsLowerBound coverage { complete } }
      }`,
      { number },
    );
    expect(answer.data).toMatchObject({
      case: null,
      caseStatistics: { count: null, amountDue: null, totalIsLowerBound: true, coverage: { complete: false } },
      cases: { totalIsLowerBound: true, coverage: { complete: false } },
    });
    expect(answer.data!['courts']).toHaveLength(9);
    expectOneErrorEach(answer, 'UPSTREAM_UNREACHABLE');
  });

  test('a person’s cases are null, for an empty list would say that there are none', async () => {
    const { rows } = await liveRows(city, {});
    const { id } = rows.flatMap(({ debtors }) => debtors!.map(({ person }) => person!)).find(Boolean)!;
    await allSuffer(CLOSED);
    const answer = await city.ask('query ($id: ID!) { person(id: $id) { name cases { number } } }', { id });
    expect(answer.data).toHaveProperty('person');
    const { person } = answer.data as { person: { cases: unknown } | null };
    expect(person?.cases ?? null).toBeNull();
    expectOneErrorEach(answer, 'UPSTREAM_UNREACHABLE');
  });

  test('a page that has to be complete is one error that lists nine gaps', async () => {
    await allSuffer(CLOSED);
    const answer = await city.ask(rowsQuery, { completeness: 'COMPLETE' });
    expect(answer.data).toEqual({ cases: null });
    expect(answer.errors).toMatchObject([
      { extensions: { code: 'INCOMPLETE', gaps: everyCourt('UNREACHABLE', 'DOWN') } },
    ]);
    expect(answer.errors).toHaveLength(1);
  });

  test('only those courts are missed that the question does not exclude', async () => {
    await allSuffer(CLOSED);
    const [first] = city.registry.courts;
    const answer = await city.ask(rowsQuery, { filter: { courts: [first!.code] } });
    expect(gapsOf(connectionOf(answer).coverage)).toEqual(everyCourt('UNREACHABLE', 'DOWN').slice(0, 1));
    expect(answer.errors).toHaveLength(1);
  });
});

test('nine courts that hang are waited for together, not one after the other', async () => {
  await allSuffer(hang);
  const { answer, elapsedMs } = await timed(() => city.ask(rowsQuery));
  expect(elapsedMs).toBeLessThan(deadlines.courtMs * 3);
  expect(connectionOf(answer).edges).toEqual([]);
  expect(gapsOf(connectionOf(answer).coverage)).toEqual(everyCourt('TIMEOUT', 'DEADLINE'));
  expectOneErrorEach(answer, 'UPSTREAM_TIMEOUT');
});

test('each court’s own fault is told, and the one that is left is whole', async () => {
  const faults: readonly [Behaviour | typeof CLOSED, status: string, reason: string][] = [
    [CLOSED, 'UNREACHABLE', 'DOWN'],
    [reset, 'UNREACHABLE', 'DOWN'],
    [hang, 'TIMEOUT', 'DEADLINE'],
    [page(403), 'REFUSED', 'FORBIDDEN'],
    [page(429), 'REFUSED', 'RATE_LIMITED'],
    [page(500), 'UNREACHABLE', 'SERVER_ERROR'],
    [truncated, 'UNREACHABLE', 'GARBLED'],
    [says('[]'), 'UNREACHABLE', 'GARBLED'],
  ];
  const codes = city.registry.courts.map(({ code }) => code);
  await Promise.all(faults.map(([behaviour], index) => courts.get(codes[index]!)!.suffer(behaviour)));
  const answer = await city.ask(rowsQuery);
  const gone = codes.slice(0, faults.length);
  expect(gapsOf(connectionOf(answer).coverage)).toEqual(
    faults.map(([, status, reason], index) => ({ court: codes[index], status, reason })),
  );
  expect(rowsOf(answer)).toEqual((await liveRows(city, { cases: gone, reach: gone })).rows);
  expect(answer.errors?.map(({ extensions }) => extensions?.['court']).sort()).toEqual([...gone].sort());
  for (const { url } of courts.values()) expectNothingPrivate(answer, url);
});

test('the request after all came back is whole', async () => {
  await allSuffer(CLOSED);
  await city.ask(rowsQuery);
  await Promise.all([...courts.values()].map((court) => court.recover()));
  const answer = await city.ask(rowsQuery);
  expectWhole(answer);
  expect(rowsOf(answer)).toEqual((await liveRows(city, {})).rows);
  expect((answer.data!['cases'] as { coverage: CoverageAnswer }).coverage.courts).toHaveLength(9);
});

function everyCourt(status: string, reason: string) {
  return city.registry.courts.map(({ code }) => ({ court: code, status, reason }));
}

function expectOneErrorEach(answer: Answer, code: string): void {
  expect(answer.data ?? null, JSON.stringify(answer.errors)).not.toBeNull();
  const told = answer.errors?.map(({ extensions }) => [extensions?.['court'], extensions?.['code']]).sort();
  expect(told, JSON.stringify(answer.errors)).toEqual(
    othersThan(city)
      .map((court) => [court, code])
      .sort(),
  );
  for (const { path } of answer.errors!) expect(path?.length).toBeGreaterThan(0);
  for (const { url } of courts.values()) expectNothingPrivate(answer, url);
}

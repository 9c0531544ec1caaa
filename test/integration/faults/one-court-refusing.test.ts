import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Behaviour } from '../../support/fault-proxy.ts';
import {
  cityWide,
  connectionOf,
  courtOf,
  expectGap,
  expectNothingPrivate,
  expectOneError,
  expectWhole,
  liveRows,
  rowsOf,
  rowsQuery,
  someNumber,
  type Gap,
} from '../../support/city-answer.ts';
import { altered, asksCases, page, towards, upstreamText } from '../../support/faults.ts';
import { broken, deadlines, inTwoHops, startFaultyCity, type FaultyCity } from './faulty-city.ts';

let faulty: FaultyCity;
beforeAll(async () => {
  faulty = await startFaultyCity(deadlines, inTwoHops);
});
afterEach(() => faulty.court.recover());
afterAll(() => faulty[Symbol.asyncDispose]());

const refusal = (reason: string): Gap => ({
  court: broken,
  code: 'UPSTREAM_REFUSED',
  status: 'REFUSED',
  reason,
  url: faulty.court.url,
});

/** An error as a court's program in development gives it. */
const errorOf = (code: string, path?: readonly string[]) => ({
  message: upstreamText,
  ...(path && { path }),
  extensions: { code, stacktrace: [upstreamText] },
});

const withoutData = (code: string) => altered(() => ({ errors: [errorOf(code)] }));

const withoutCases = (code: string) =>
  towards(
    asksCases,
    altered(() => ({ data: { cases: null }, errors: [errorOf(code, ['cases'])] })),
  );

const refusals: readonly (readonly [said: string, Behaviour, reason: string, reach: 'refused' | 'whole'])[] = [
  ['HTTP 403 with a page for people', page(403), 'FORBIDDEN', 'refused'],
  ['HTTP 401', page(401), 'FORBIDDEN', 'refused'],
  ['HTTP 429', page(429), 'RATE_LIMITED', 'refused'],
  ['FORBIDDEN without data', withoutData('FORBIDDEN'), 'FORBIDDEN', 'refused'],
  ['UNAUTHENTICATED without data', withoutData('UNAUTHENTICATED'), 'UNAUTHENTICATED', 'refused'],
  ['no cases, for want of a legal basis', withoutCases('NO_LEGAL_BASIS'), 'NO_LEGAL_BASIS', 'whole'],
  ['no cases, and FORBIDDEN', withoutCases('FORBIDDEN'), 'FORBIDDEN', 'whole'],
  [
    'that it does not know a field',
    towards(asksCases, withoutData('GRAPHQL_VALIDATION_FAILED')),
    'UNSUPPORTED',
    'whole',
  ],
  [
    'BAD_USER_INPUT, while the other eight understand',
    towards(asksCases, withoutData('BAD_USER_INPUT')),
    'BAD_USER_INPUT',
    'whole',
  ],
];

describe.each(refusals)('a court that says %s', (_, behaviour, reason, reach) => {
  test('costs its own rows and one error', async () => {
    const { city, court } = faulty;
    await court.suffer(behaviour);
    const answer = await city.ask(rowsQuery);
    expectOneError(answer, refusal(reason));
    expectGap(city, answer, refusal(reason));
    const live = await liveRows(city, { cases: [broken], reach: reach === 'whole' ? [] : [broken] });
    expect(rowsOf(answer)).toEqual(live.rows);
    expect(connectionOf(answer).totalCount).toBe(live.totalCount);
  });
});

test('the one request of a task force has the other eight courts whole, and is whole when the court gives in', async () => {
  const { city, court } = faulty;
  await court.suffer(page(403));
  const answer = await city.ask(cityWide, { filter: {} });
  expectOneError(answer, refusal('FORBIDDEN'));
  expectGap(city, answer, refusal('FORBIDDEN'));
  const live = await liveRows(city, { cases: [broken], reach: [broken] }, { first: 50 });
  expect(rowsOf(answer)).toEqual(live.rows);

  await court.recover();
  expectWhole(await city.ask(cityWide, { filter: {} }));
});

test('a refusal of the second hop leaves the rows, tells it once, and is not taken for a fact', async () => {
  const { city, court } = faulty;
  await court.suffer(towards(({ query }) => query.includes('_entities'), withoutData('FORBIDDEN')));
  const answer = await city.ask(rowsQuery);
  expectOneError(answer, refusal('FORBIDDEN'));
  const whole = await liveRows(city, {}, {});
  const rows = rowsOf(answer);
  expect(rows.map(({ number }) => number)).toEqual(whole.rows.map(({ number }) => number));
  expect(rows.filter(({ number }) => courtOf(city, number) === broken).every(({ debtors }) => debtors === null)).toBe(
    true,
  );
});

test('what a court says to its own case stays in the hub', async () => {
  const { city, court } = faulty;
  const number = someNumber(city, broken);
  for (const code of ['FORBIDDEN', 'BAD_USER_INPUT', 'INTERNAL', 'DEADLINE']) {
    await court.suffer(withoutData(code));
    const answer = await city.ask('query ($number: CaseNumber!) { case(number: $number) { number stage } }', {
      number,
    });
    expect(answer.data).toEqual({ case: null });
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors![0]!.path).toEqual(['case']);
    expectNothingPrivate(answer, court.url);
  }
});

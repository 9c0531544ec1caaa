import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../../common/wire.ts';
import type { Behaviour } from '../../support/fault-proxy.ts';
import {
  cityWide,
  connectionOf,
  courtOf,
  expectDegraded,
  expectGap,
  expectNothingPrivate,
  expectOneError,
  expectToldOnce,
  expectWhole,
  gapsOf,
  liveRows,
  numbersOf,
  othersThan,
  plainQuery,
  rowsOf,
  rowsQuery,
  someNumber,
  type CoverageAnswer,
  type Gap,
} from '../../support/city-answer.ts';
import {
  altered,
  asksCases,
  asksEntities,
  oversized,
  page,
  says,
  towards,
  truncated,
  upstreamText,
} from '../../support/faults.ts';
import { changeFields, changeLists, dropFields, failFields } from '../../support/tampering.ts';
import { broken, deadlines, inTwoHops, startFaultyCity, type FaultyCity } from './faulty-city.ts';

let faulty: FaultyCity;
beforeAll(async () => {
  faulty = await startFaultyCity(deadlines, inTwoHops);
});
afterEach(() => faulty.court.recover());
afterAll(() => faulty[Symbol.asyncDispose]());

const nonsense = (reason: string): Gap => ({
  court: broken,
  code: 'UPSTREAM_UNREACHABLE',
  status: 'UNREACHABLE',
  reason,
  url: faulty.court.url,
});

const failure = { message: upstreamText, extensions: { stacktrace: [upstreamText] } };

/** Its answer to the question for cases, changed in place. */
const cases = (change: (answer: Answer) => unknown) => towards(asksCases, altered(change));

const everything: readonly (readonly [what: string, Behaviour, reason: string])[] = [
  ['HTTP 500 with a page for people', page(500), 'SERVER_ERROR'],
  ['HTTP 200 with a page for people', page(200), 'GARBLED'],
  ['an error without code and data', says(JSON.stringify({ errors: [failure] })), 'SERVER_ERROR'],
  ['bytes that are no JSON', says('\u0000\u0001\ufffd{{{'), 'GARBLED'],
  ['nothing', says(''), 'GARBLED'],
  ['JSON that ends in the middle', truncated, 'GARBLED'],
  ['a list', says('[]'), 'GARBLED'],
  ['text', says('"fine"'), 'GARBLED'],
  ['null', says('null'), 'GARBLED'],
  ['an object without data', says('{}'), 'GARBLED'],
  ['data that is text', says('{"data":"fine"}'), 'GARBLED'],
  ['data that is null, without an error', says('{"data":null}'), 'GARBLED'],
  ['data without the fields asked for', says('{"data":{}}'), 'GARBLED'],
  ['over 8 MiB', oversized(), 'TOO_LARGE'],
];

const shapes: readonly (readonly [what: string, Behaviour, reason: string])[] = [
  [
    'no cases, and an error that says nothing',
    cases(() => ({ data: { cases: null }, errors: [{ ...failure, path: ['cases'] }] })),
    'SERVER_ERROR',
  ],
  ['no cases, without an error', cases(() => ({ data: { cases: null } })), 'GARBLED'],
  ['a list for a connection', cases(() => ({ data: { cases: [] } })), 'GARBLED'],
  ['edges that are an object', cases((answer) => changeFields(answer, 'edges', () => ({}))), 'GARBLED'],
  ['edges that are null', cases((answer) => changeFields(answer, 'edges', () => null)), 'GARBLED'],
  ['no page information', cases((answer) => dropFields(answer, 'pageInfo')), 'GARBLED'],
];

const rowShapes: readonly (readonly [what: string, Behaviour])[] = [
  ['edges without cursors', cases((answer) => dropFields(answer, 'cursor'))],
  ['an edge that is null', cases((answer) => changeLists(answer, 'edges', ([, ...rest]) => [null, ...rest]))],
];

describe.each(everything)('a court that answers everything with %s', (_, behaviour, reason) => {
  test('costs its own rows and one error', async () => {
    const { city, court } = faulty;
    await court.suffer(behaviour);
    const answer = await city.ask(rowsQuery);
    expectOneError(answer, nonsense(reason));
    expectGap(city, answer, nonsense(reason));
    const live = await liveRows(city, { cases: [broken], reach: [broken] });
    expect(rowsOf(answer)).toEqual(live.rows);
    expect(connectionOf(answer).totalCount).toBe(live.totalCount);
  });
});

describe.each(shapes)('a court that answers the question for cases with %s', (_, behaviour, reason) => {
  test('costs its own rows and one error', async () => {
    const { city, court } = faulty;
    await court.suffer(behaviour);
    const answer = await city.ask(rowsQuery);
    expectOneError(answer, nonsense(reason));
    expectGap(city, answer, nonsense(reason));
    const live = await liveRows(city, { cases: [broken] });
    expect(rowsOf(answer)).toEqual(live.rows);
    expect(connectionOf(answer).totalCount).toBe(live.totalCount);
  });
});

describe.each(rowShapes)('a court that answers the question for cases with %s', (_, behaviour) => {
  test('costs no more than its own rows, and one error', async () => {
    const { city, court } = faulty;
    await court.suffer(behaviour);
    const answer = await city.ask(plainQuery);
    expectToldOnce(answer, { court: broken, url: court.url });
    const { coverage, totalIsLowerBound } = connectionOf(answer);
    expect(gapsOf(coverage).map((gap) => gap.court)).toEqual([broken]);
    expect(totalIsLowerBound).toBe(true);
    const given = new Set(numbersOf(answer));
    const whole = (await liveRows(city, {})).rows.map(({ number }) => number);
    expect(numbersOf(answer)).toEqual(whole.filter((number) => given.has(number) || courtOf(city, number) !== broken));
  });
});

test('the one request of a task force has the other eight courts whole, and is whole when the court comes to its senses', async () => {
  const { city, court } = faulty;
  await court.suffer(truncated);
  const answer = await city.ask(cityWide, { filter: {} });
  expectOneError(answer, nonsense('GARBLED'));
  expectGap(city, answer, nonsense('GARBLED'));
  const live = await liveRows(city, { cases: [broken], reach: [broken] }, { first: 50 });
  expect(rowsOf(answer)).toEqual(live.rows);

  await court.recover();
  expectWhole(await city.ask(cityWide, { filter: {} }));
});

test.each(['7', 7.5, {}, [3], true])('a total that is %j does not enter the sum', async (total) => {
  const { city, court } = faulty;
  await court.suffer(cases((answer) => changeFields(answer, 'totalCount', () => total)));
  const answer = await city.ask(rowsQuery);
  expect(connectionOf(answer)).toMatchObject({
    totalCount: (await liveRows(city, { cases: [broken] })).totalCount,
    totalIsLowerBound: true,
    coverage: { complete: false },
  });
  expect(gapsOf(connectionOf(answer).coverage).map((gap) => gap.court)).toEqual([broken]);
  expect(answer.errors?.map(({ extensions }) => extensions?.['court'])).toEqual([broken]);
  expectRowsOfOthers(answer, (await liveRows(city, { cases: [broken] })).rows);
});

test('a total that fails is told, and the rest of that court stands', async () => {
  const { city, court } = faulty;
  await court.suffer(cases((answer) => failFields(answer, 'totalCount', upstreamText)));
  const answer = await city.ask(plainQuery);
  expectToldOnce(answer, { court: broken, url: court.url });
  expectDegraded(answer, broken);
  expect(connectionOf(answer).totalCount).toBe((await liveRows(city, { cases: [broken] })).totalCount);
  expect(numbersOf(answer)).toEqual((await liveRows(city, {})).rows.map(({ number }) => number));
});

test.each<[string, (answer: Answer) => unknown]>([
  ['fails', (answer) => failFields(answer, 'filedOn', upstreamText)],
  ['is missing', (answer) => dropFields(answer, 'filedOn')],
  ['is an object', (answer) => changeFields(answer, 'filedOn', () => ({ year: 2017 }))],
])('a value of one case that %s is null with an error that names the court', async (_, change) => {
  const { city, court } = faulty;
  const number = someNumber(city, broken);
  await court.suffer(altered(change));
  const query = 'query ($number: CaseNumber!) { case(number: $number) { type filedOn court { code } } }';
  const answer = await city.ask(query, { number });
  expect(answer.data).toEqual({
    case: { type: expect.any(String) as string, filedOn: null, court: { code: broken } },
  });
  expectToldOnce(answer, { court: broken, url: court.url });
  expect(answer.errors![0]!.path![0]).toBe('case');
});

describe('statistics', () => {
  const query = `query ($filter: CaseFilter) { caseStatistics(filter: $filter) {
    count amountDue amountOutstanding byStage { stage count amountOutstanding } byMonth { month count amountDue }
    totalIsLowerBound coverage { complete courts { court { code } status reason } } } }`;

  test.each<[string, (answer: Answer) => unknown]>([
    ['are null without an error', () => ({ data: { caseStatistics: null } })],
    ['are a list', () => ({ data: { caseStatistics: [] } })],
    ['have an amount that is no money', (answer) => changeFields(answer, 'amountDue', () => 'a lot')],
    ['have an amount that is a number', (answer) => changeFields(answer, 'amountOutstanding', () => 12.5)],
    ['have a count that is text', (answer) => changeFields(answer, 'count', () => '7')],
    ['have stages that are an object', (answer) => changeFields(answer, 'byStage', () => ({}))],
    ['have groups without their key', (answer) => dropFields(answer, 'stage')],
    ['have groups that are null', (answer) => changeLists(answer, 'byStage', () => [null])],
    ['have a month that is a number', (answer) => changeFields(answer, 'month', () => 201703)],
  ])('of a court that %s do not spoil those of the others', async (_, change) => {
    const { city, court } = faulty;
    const whole = await city.ask(query, { filter: { courts: othersThan(city, broken) } });
    await court.suffer(altered(change));
    const answer = await city.ask(query);
    const [own, others] = [answer, whole].map(({ data }) => data?.['caseStatistics'] as Statistics) as [
      Statistics,
      Statistics,
    ];
    expect(own, JSON.stringify(answer.errors)).not.toBeNull();
    expect(gapsOf(own.coverage).map((gap) => gap.court)).toEqual([broken]);
    expect(own.totalIsLowerBound).toBe(true);
    expect(answer.errors?.map(({ extensions }) => extensions?.['court'])).toEqual([broken]);
    expectNothingPrivate(answer, court.url);
    // What of its answer was sound may count; nobody else's may be lost.
    expect(own.count).toBeGreaterThanOrEqual(others.count);
    for (const { stage, count } of others.byStage) {
      expect(own.byStage.find((group) => group.stage === stage)?.count).toBeGreaterThanOrEqual(count);
    }
    expect(own.byMonth.map(({ month }) => month)).toEqual(
      expect.arrayContaining(others.byMonth.map(({ month }) => month)),
    );
  });
});

interface Statistics {
  readonly count: number;
  readonly byStage: readonly { readonly stage: string; readonly count: number }[];
  readonly byMonth: readonly { readonly month: string; readonly count: number }[];
  readonly totalIsLowerBound: boolean;
  readonly coverage: CoverageAnswer;
}

describe('values inside rows', () => {
  test.each<[string, (answer: Answer) => unknown]>([
    ['is missing', (answer) => dropFields(answer, 'stage')],
    ['is not of its enum', (answer) => changeFields(answer, 'stage', () => 'NO_SUCH_STAGE')],
    ['is a list', (answer) => changeFields(answer, 'stage', () => ['FILING'])],
  ])('a stage that %s is null with an error, and the rest of the row stands', async (_, change) => {
    const { city, court } = faulty;
    await court.suffer(altered(change));
    const answer = await city.ask('{ cases(first: 100) { edges { node { number stage filedOn } } } }');
    const rows = connectionOf(answer).edges.map(({ node }) => node);
    expect(rows).toHaveLength((await liveRows(city, {})).rows.length);
    for (const { number, stage, filedOn } of rows) {
      expect(filedOn).not.toBeUndefined();
      if (courtOf(city, number) === broken) expect(stage).toBeNull();
      else expect(stage).not.toBeNull();
    }
    expect(answer.errors?.map(({ extensions }) => extensions?.['court'])).toEqual([broken]);
    expect(answer.errors![0]!.path![0]).toBe('cases');
    expectNothingPrivate(answer, court.url);
  });

  test('debtors that are no list are null with an error, and cost nobody else theirs', async () => {
    const { city, court } = faulty;
    await court.suffer(
      towards(
        asksEntities,
        altered((answer) => changeFields(answer, 'debtors', () => 'none')),
      ),
    );
    const answer = await city.ask(rowsQuery);
    const whole = await liveRows(city, {});
    expect(rowsOf(answer)).toEqual(
      whole.rows.map((row) => (courtOf(city, row.number) === broken ? { ...row, debtors: null } : row)),
    );
    expect(answer.errors?.map(({ extensions }) => extensions?.['court'])).toEqual([broken]);
  });

  test('entities that are no list cost their own fields only', async () => {
    const { city, court } = faulty;
    await court.suffer(
      towards(
        asksEntities,
        altered(() => ({ data: { _entities: {} } })),
      ),
    );
    const answer = await city.ask(rowsQuery);
    const whole = await liveRows(city, { reach: [broken] });
    expect(rowsOf(answer)).toEqual(
      whole.rows.map((row) => (courtOf(city, row.number) === broken ? { ...row, debtors: null } : row)),
    );
    expectOneError(answer, nonsense('GARBLED'));
  });
});

function expectRowsOfOthers(answer: Answer, expected: readonly { readonly number: string }[]): void {
  const { city } = faulty;
  const others = rowsOf(answer).filter(({ number }) => courtOf(city, number) !== broken);
  expect(others).toEqual(expected);
}

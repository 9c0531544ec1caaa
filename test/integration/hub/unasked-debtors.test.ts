/** Debtors about whom no agency was asked, and agencies that say nothing: neither may look like "nothing on record". */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { Answer } from '../../../common/wire.ts';
import type { Trail } from '../../../gateway/trail/trail.ts';
import { ownTrail } from '../../support/own-trail.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';
import { someViewer } from '../../support/viewers.ts';

type Row = Record<string, unknown>;
interface AgencyCoverage {
  readonly path: string;
  readonly complete: boolean;
  readonly agency: string;
  readonly answers: readonly { readonly status: string; readonly reason?: string; readonly count: number }[];
}
interface Debtor {
  readonly id: string;
  readonly bank: { readonly status: string } | null;
}

const unasked = { status: 'NOT_ASKED', reason: 'REQUIREMENT_ABSENT' };
const court = '苏0312';
const own = ownTrail();
let city: TestCity;
let trail: Trail;
let spoilCourt: (data: unknown) => void;
let spoilAgency: (data: unknown) => void;
/** Two debtors, of both of whom the bank gives an answer. */
let number: string;

beforeAll(async () => {
  spoilCourt = spoilAgency = () => undefined;
  city = await startTestCity({
    casesPerCourt: 30,
    breaker: null,
    retry: null,
    trail: async (personKey, now) => (trail = await own.open({ personKey, now })),
    between: (_, ask) => spoiling(ask, (data) => spoilCourt(data)),
    betweenAgency: (name, ask) => spoiling(ask, (data) => name === 'bank' && spoilAgency(data)),
  });
  const { data } = await ask(
    `{ cases(first: 100, filter: { courts: ["${court}"] }) { edges { node { number debtors { id bank { status } } } } } }`,
  );
  const { edges } = data!['cases'] as { edges: { node: { number: string; debtors: Debtor[] } }[] };
  const isAnswered = ({ bank }: Debtor) => bank?.status === 'FOUND' || bank?.status === 'NONE';
  number = edges.find(({ node }) => node.debtors.length === 2 && node.debtors.every(isAnswered))!.node.number;
}, 120_000);
beforeEach(() => {
  spoilCourt = spoilAgency = () => undefined;
});
afterAll(async () => {
  await city[Symbol.asyncDispose]();
  await trail.stop();
  own[Symbol.dispose]();
});

type Asking = Parameters<NonNullable<NonNullable<Parameters<typeof startTestCity>[0]>['between']>>[1];

function spoiling(ask: Asking, spoil: (data: unknown) => void): Asking {
  return async (...question) => {
    const answer = JSON.parse(JSON.stringify(await ask(...question))) as Answer;
    spoil(answer.data);
    return answer;
  };
}

async function ask(query: string): Promise<Answer> {
  const contextValue = city.hub.contextOf(new AbortController().signal, undefined, someViewer);
  const extensions = { inquiry: { wait: 'PT12S' } };
  const { body } = await city.hub.apollo.executeOperation({ query, extensions }, { contextValue });
  if (body.kind !== 'single') throw new Error('The hub answers each question once.');
  return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
}

/** Every object of an answer. */
function eachRow(value: unknown, visit: (row: Row) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) visit(value as Row);
  for (const below of Object.values(value)) eachRow(below, visit);
}

function told({ extensions }: Answer): AgencyCoverage[] {
  return (extensions!['coverage'] as (AgencyCoverage | { courts: unknown })[]).filter((entry) => 'agency' in entry);
}

const oneCase = (fields: string) => ask(`{ case(number: "${number}") { debtors { ${fields} } } }`);

/** Takes the writ from the first so many debtors that a court tells of. */
function loseWrits(most: number) {
  return (data: unknown) => {
    let lost = 0;
    eachRow(data, (row) => {
      if ('writ' in row && lost++ < most) delete row['writ'];
    });
  };
}

test('one debtor whose writ the court lost is counted as not asked, beside one who was', async () => {
  spoilCourt = loseWrits(1);
  const before = own.lines().length;
  const answer = await oneCase('id bank { status accounts { balance } }');
  const { debtors } = answer.data!['case'] as { debtors: Debtor[] };
  expect(debtors.map(({ bank }) => bank === null)).toEqual([true, false]);
  const { status } = debtors[1]!.bank!;
  expect(told(answer)).toEqual([
    {
      path: 'case.debtors[].bank',
      complete: false,
      agency: 'bank',
      answers: expect.arrayContaining([
        { ...unasked, count: 1 },
        { status, count: 1 },
      ]) as unknown,
    },
  ]);
  // Nobody was asked about him.
  expect(
    own
      .lines()
      .slice(before)
      .filter(({ kind }) => kind === 'record'),
  ).toHaveLength(1);
});

test('where nobody could be asked about any debtor there is an entry, and no record', async () => {
  spoilCourt = loseWrits(Infinity);
  const before = own.lines().length;
  const answer = await oneCase('other: id id: name first: bank { status } second: bank { answeredAt }');
  expect(told(answer)).toEqual(
    ['first', 'second'].map((key) => ({
      path: `case.debtors[].${key}`,
      complete: false,
      agency: 'bank',
      answers: [{ ...unasked, count: 2 }],
    })),
  );
  expect(
    own
      .lines()
      .slice(before)
      .filter(({ kind }) => kind === 'record'),
  ).toEqual([]);
});

test('on a page each debtor counts once, however often it stands there', async () => {
  spoilCourt = loseWrits(Infinity);
  const answer = await ask(
    `{ cases(first: 50) { edges { node { debtors { id caseNumber bank { status } } } } } again: cases(first: 50) { edges { node { debtors { bank { status } } } } } }`,
  );
  const { edges } = answer.data!['cases'] as { edges: { node: { debtors: Row[] } }[] };
  const keys = edges.flatMap(({ node }) =>
    node.debtors.map(({ id, caseNumber }) => `${String(caseNumber)} ${String(id)}`),
  );
  const counts = told(answer).map(({ path, answers }) => [path, answers]);
  expect(counts).toEqual(
    ['again', 'cases'].map((key) => [
      `${key}.edges[].node.debtors[].bank`,
      [{ ...unasked, count: new Set(keys).size }],
    ]),
  );
});

test('a field that is not asked for is not said to be unasked', async () => {
  spoilCourt = loseWrits(Infinity);
  const answer = await oneCase('id ... @include(if: false) { bank { status } } vehicle { status }');
  expect(told(answer).map(({ path }) => path)).toEqual(['case.debtors[].vehicle']);
});

test('an agency’s null where it has to say what became of its question is no answer', async () => {
  spoilAgency = (data) =>
    eachRow(data, (row) => {
      for (const key of Object.keys(row)) if (key === 'bank' || key === 'again') row[key] = null;
    });
  const before = own.lines().length;
  const answer = await oneCase('id bank { status } again: bank { accounts { balance } } vehicle { status }');
  const lost = { status: 'UNREACHABLE', reason: 'NO_VALUE' };
  expect(told(answer).filter(({ agency }) => agency === 'bank')).toEqual(
    ['again', 'bank'].map((key) => ({
      path: `case.debtors[].${key}`,
      complete: false,
      agency: 'bank',
      answers: [{ ...lost, count: 2 }],
    })),
  );
  const records = own.lines().slice(before);
  expect(records.filter(({ agency }) => agency === 'bank')).toEqual([
    expect.objectContaining(lost),
    expect.objectContaining(lost),
  ]);
  expect(answer.errors).toEqual([
    expect.objectContaining({
      message: expect.stringContaining('did not say what became of a question') as unknown,
      extensions: expect.objectContaining({ code: 'UPSTREAM_ERROR', agency: 'bank', reason: 'NO_VALUE' }) as unknown,
    }),
  ]);
});

test('what an agency did not say is no fact for whoever sums up', async () => {
  spoilAgency = (data) => eachRow(data, (row) => 'bank' in row && (row['bank'] = null));
  const answer = await oneCase('id assets { gaps { agency status } } ');
  expect(told(answer).find(({ agency }) => agency === 'bank')?.complete).toBe(false);
  expect(answer.data!['case']).toMatchObject({ debtors: [{ assets: null }, { assets: null }] });
});

test('an explained question says the same', async () => {
  spoilCourt = loseWrits(Infinity);
  const contextValue = city.hub.contextOf(new AbortController().signal, undefined, someViewer);
  const { body } = await city.hub.apollo.executeOperation(
    { query: `{ case(number: "${number}") { debtors { bank { status } } } }`, extensions: { explain: 'RESULT' } },
    { contextValue },
  );
  expect(told((body as { singleResult: Answer }).singleResult)[0]?.answers).toEqual([{ ...unasked, count: 2 }]);
});

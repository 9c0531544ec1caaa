import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import type { Answer } from '../../../common/wire.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';
import { someViewer } from '../../support/viewers.ts';

interface Inquiry {
  readonly status: string;
  readonly reason: string | null;
}
interface AgencyCoverage {
  readonly path: string;
  readonly complete: boolean;
  readonly agency: string;
  readonly answers: readonly { readonly status: string; readonly reason?: string; readonly count: number }[];
}
type Field = 'bank' | 'vehicle' | 'realEstate';
type Debtor = { readonly id: string; readonly caseNumber: string } & Readonly<Record<Field, Inquiry>>;

const agencyOf: Readonly<Record<Field, string>> = { bank: 'bank', vehicle: 'vehicle', realEstate: 'property' };
const fields = Object.keys(agencyOf) as Field[];
const debtors = 'cases.edges[].node.debtors[]';
const query = `{ cases(first: 50) { coverage { complete } edges { node { debtors {
  id caseNumber ${fields.map((field) => `${field} { status reason }`).join(' ')}
} } } } }`;

let city: TestCity;
let isDown = false;
beforeAll(async () => {
  city = await startTestCity({
    casesPerCourt: 12,
    breaker: null,
    betweenAgency: (name, ask) => (question, signal, headers) =>
      isDown && name === 'vehicle' ? Promise.reject(new Error('Nobody is at home.')) : ask(question, signal, headers),
  });
});
afterEach(() => {
  isDown = false;
  city.upstreams.behave('bank', {});
});
afterAll(() => city[Symbol.asyncDispose]());

async function ask(text: string, inquiry: object = { wait: 'PT12S' }): Promise<Answer> {
  const contextValue = city.hub.contextOf(new AbortController().signal, undefined, someViewer);
  const { body } = await city.hub.apollo.executeOperation({ query: text, extensions: { inquiry } }, { contextValue });
  if (body.kind !== 'single') throw new Error('The hub answers each question once.');
  return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
}

function told({ extensions }: Answer): AgencyCoverage[] {
  return (extensions!['coverage'] as (AgencyCoverage | { courts: unknown })[]).filter((entry) => 'agency' in entry);
}

/** The debtors of an answer, each once: two cases of one page may be of one debtor, whom a court names apart. */
function debtorsIn({ data }: Answer): Debtor[] {
  const { cases } = data as unknown as { cases: { edges: { node: { debtors: Debtor[] } }[] } };
  const all = cases.edges.flatMap(({ node }) => node.debtors);
  return [...new Map(all.map((debtor) => [`${debtor.caseNumber} ${debtor.id}`, debtor])).values()];
}

/** What the coverage has to say, by what the rows say. */
function counted(rows: readonly Debtor[], field: Field): AgencyCoverage['answers'] {
  const counts = new Map<string, { status: string; reason?: string; count: number }>();
  for (const { [field]: inquiry } of rows) {
    const { status, reason } = inquiry;
    const word = reason !== null && /^[A-Z][A-Z_]+$/.test(reason) ? reason : null;
    const known = counts.get(`${status} ${word}`) ?? { status, ...(word !== null && { reason: word }), count: 0 };
    counts.set(`${status} ${word}`, { ...known, count: known.count + 1 });
  }
  return [...counts.values()];
}

const sorted = (answers: AgencyCoverage['answers']) => [...answers].map((own) => JSON.stringify(own)).sort();

test('the coverage counts what became of each agency’s questions, and a refused one is a gap', async () => {
  const answer = await ask(query);
  const rows = debtorsIn(answer);
  const entries = told(answer);
  expect(entries.map(({ path, agency }) => [path, agency]).sort()).toEqual(
    fields.map((field) => [`${debtors}.${field}`, agencyOf[field]]).sort(),
  );
  for (const field of fields) {
    const entry = entries.find(({ path }) => path.endsWith(`.${field}`))!;
    expect(sorted(entry.answers), field).toEqual(sorted(counted(rows, field)));
    expect(entry.answers.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
  }
  const bank = entries.find(({ agency }) => agency === 'bank')!;
  expect(bank.answers.map(({ status }) => status)).toEqual(expect.arrayContaining(['FOUND', 'REFUSED']));
  expect(bank.complete).toBe(false);
  // What courts answered is another thing, and is whole.
  expect((answer.data as unknown as { cases: { coverage: object } }).cases.coverage).toEqual({ complete: true });
});

test('the coverage says so although the question does not ask for any status', async () => {
  const answer = await ask(query.replaceAll('{ status reason }', '{ answeredAt }'));
  const whole = await ask(query);
  expect(told(answer)).toEqual(told(whole));
});

test('is complete where every debtor is answered about', async () => {
  const all = await ask(query);
  const isAnswered = ({ bank }: Debtor) => bank.status === 'FOUND' || bank.status === 'NONE';
  const rows = debtorsIn(all);
  const { caseNumber } = rows.find((row) => rows.every((own) => own.caseNumber !== row.caseNumber || isAnswered(own)))!;
  const one = await ask(`{ case(number: "${caseNumber}") { debtors { id caseNumber bank { status reason } } } }`);
  const { debtors: own } = (one.data as unknown as { case: { debtors: Debtor[] } }).case;
  expect(told(one)).toEqual([
    { path: 'case.debtors[].bank', complete: true, agency: 'bank', answers: expect.anything() as unknown },
  ]);
  expect(sorted(told(one)[0]!.answers)).toEqual(sorted(counted(own, 'bank')));
});

test('an answer that is pending is a gap', async () => {
  city.upstreams.behave('bank', { delayMs: 400 });
  const answer = await ask(query, { wait: 0, maxAge: 0 });
  const bank = told(answer).find(({ agency }) => agency === 'bank')!;
  expect(bank.answers.find(({ status }) => status === 'PENDING')?.count).toBeGreaterThan(0);
  expect(bank.complete).toBe(false);
  expect(sorted(bank.answers)).toEqual(sorted(counted(debtorsIn(answer), 'bank')));
});

test('an agency that cannot be reached is a gap for every debtor, and of no other agency', async () => {
  isDown = true;
  const answer = await ask(query);
  const entries = told(answer);
  const rows = new Set(
    (answer.data as unknown as { cases: { edges: { node: { debtors: Debtor[] } }[] } }).cases.edges.flatMap(
      ({ node }) => node.debtors.map(({ id, caseNumber }) => `${caseNumber} ${id}`),
    ),
  );
  expect(entries.find(({ agency }) => agency === 'vehicle')).toEqual({
    path: `${debtors}.vehicle`,
    complete: false,
    agency: 'vehicle',
    answers: [{ status: 'UNREACHABLE', reason: expect.stringMatching(/^[A-Z_]+$/) as unknown, count: rows.size }],
  });
  for (const agency of ['bank', 'property']) {
    const { answers } = entries.find((entry) => entry.agency === agency)!;
    expect(answers.map(({ status }) => status)).not.toContain('UNREACHABLE');
  }
});

test('one debtor who is asked about under two names is counted once under each', async () => {
  const answer = await ask(
    `{ cases(first: 5) { edges { node { debtors { id caseNumber first: bank { status reason } second: bank { status } } } } } }`,
  );
  const counts = told(answer).map(({ path, answers }) => [path, answers.reduce((sum, { count }) => sum + count, 0)]);
  const rows = (answer.data as unknown as { cases: { edges: { node: { debtors: Debtor[] } }[] } }).cases.edges.flatMap(
    ({ node }) => node.debtors,
  );
  expect(counts).toEqual([
    [`${debtors}.first`, rows.length],
    [`${debtors}.second`, rows.length],
  ]);
});

test('without an agency in the question nothing is said of any', async () => {
  expect(told(await ask('{ cases(first: 5) { edges { node { number } } } }'))).toEqual([]);
});

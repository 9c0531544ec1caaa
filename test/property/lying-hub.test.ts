import { parse, type GraphQLFieldResolver, defaultFieldResolver } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Answer, Ask, Question } from '../../common/wire.ts';
import { AskError } from '../../gateway/asking/reply.ts';
import { startEngine, type City, type Engine } from './engine.ts';
import { toHubAsk } from './hubs.ts';
import { toBranchAsk } from './library/asks.ts';
import { libraryOf, loanOf } from './library/loans.ts';
import { toCity } from './trial.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const library = libraryOf((code) => [loanOf(`${code}-001`), loanOf(`${code}-002`)]);
const behind = ['b', 'c'];
type Branches = City['branches'];
type Lie = (answer: Answer, question: Question) => unknown;

const honestly = (branches: Branches) =>
  toHubAsk({ branches: new Map([...branches].filter(([code]) => behind.includes(code))) });

function askBy(
  query: string,
  hub: (honest: Ask) => Ask,
  branches: Branches = toCity(library).branches,
): Promise<Answer> {
  const hubs = new Map([['near', { ask: hub(honestly(branches)), behind }]]);
  return engine.answer({ ...toCity(library), branches, hubs }, parse(query), query, {});
}

const lying =
  (lie: Lie) =>
  (honest: Ask): Ask =>
  async (question, signal) =>
    lie(structuredClone(await honest(question, signal)), question) as Answer;
const withErrors = (errors: unknown) => lying((answer) => ({ ...answer, errors }));

function failingAt(bad: string, field: string): Branches {
  const resolver: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
    if (info.fieldName === field) throw new Error('SECRET');
    return defaultFieldResolver(source, args, context, info);
  };
  return new Map(library.branches.map((own) => [own.code, toBranchAsk(own, own.code === bad ? resolver : undefined)]));
}
const directly = (query: string, branches: Branches) =>
  engine.answer({ ...toCity(library), branches }, parse(query), query, {});

const loans =
  '{ loans(first: 20, order: NUMBER_ASC) { totalCount edges { node { number title } } coverage { courts { court { code } status } } } }';
interface Loans {
  readonly edges: readonly { readonly node: { readonly number: string } }[];
  readonly coverage: {
    readonly courts: readonly { readonly court: { readonly code: string }; readonly status: string }[];
  };
}
const statusesOf = ({ data }: Answer) =>
  Object.fromEntries((data?.['loans'] as Loans).coverage.courts.map(({ court, status }) => [court.code, status]));
const numbersOf = ({ data }: Answer) => (data?.['loans'] as Loans).edges.map(({ node }) => node.number);
const causesOf = ({ errors = [] }: Answer) =>
  errors
    .map(({ extensions }) => `${String(extensions?.['code'])} ${String(extensions?.['court'] ?? extensions?.['hub'])}`)
    .sort();

describe('an honest hub of whose branches one fails', () => {
  it('makes nobody else lack what that branch left out', async () => {
    const branches = failingAt('b', 'title');
    expect(statusesOf(await askBy(loans, (own) => own, branches))).toEqual(statusesOf(await directly(loans, branches)));
  });

  it.each([
    ['DOWN', new AskError('DOWN', 'x')],
    ['DEADLINE', new AskError('DEADLINE', 'x')],
    ['FORBIDDEN', new AskError('FORBIDDEN', 'x')],
  ])('says of a plain list why it has nothing: %s', async (_, fault) => {
    const branches = new Map(
      [...toCity(library).branches].map(([code, own]) => [code, code === 'c' ? () => Promise.reject(fault) : own]),
    );
    const query = '{ recent(branches: ["c"]) { number } }';
    const [through, direct] = [await askBy(query, (own) => own, branches), await directly(query, branches)];
    expect(through.extensions).toEqual(direct.extensions);
    expect(causesOf(through)).toEqual(causesOf(direct));
  });

  it('keeps its total where a branch gives rows and no total of them', async () => {
    const branches = failingAt('c', 'totalCount');
    const [through, direct] = [await askBy(loans, (own) => own, branches), await directly(loans, branches)];
    expect((through.data?.['loans'] as { totalCount: number }).totalCount).toBe(
      (direct.data?.['loans'] as { totalCount: number }).totalCount,
    );
    expect(statusesOf(through)).toEqual(statusesOf(direct));
    expect(causesOf(through)).toEqual(causesOf(direct));
  });

  it('tells of a refused change that it was refused, and not that it may have been made', async () => {
    const refused: Ask = () => Promise.resolve({ errors: [{ message: 'x', extensions: { code: 'NO_LEGAL_BASIS' } }] });
    const branches = new Map([...toCity(library).branches].map(([code, own]) => [code, code === 'c' ? refused : own]));
    const query = 'mutation { giveBack(input: { number: "c-001", idempotencyKey: "k" }) { number } }';
    expect(causesOf(await askBy(query, (own) => own, branches))).toEqual(causesOf(await directly(query, branches)));
  });

  it('tells no second error of a value that cannot stand without the one that failed', async () => {
    const branches = failingAt('b', 'year');
    const query = '{ loan(number: "b-001") { number condition { text } volume { title edition { year } } } }';
    expect(causesOf(await askBy(query, (own) => own, branches))).toEqual(causesOf(await directly(query, branches)));
  });
});

it('does not call gone what a hub behind the hub could not give', async () => {
  const { branches } = toCity(library);
  const near: Ask = (question, signal) =>
    question.query.includes('_entities')
      ? Promise.reject(new AskError('DOWN', 'x'))
      : honestly(branches)(question, signal);
  const inner = new Map([['near', { ask: near, behind }]]);
  const three = new Map([...branches].filter(([code]) => code !== 'a'));
  const hubs = new Map([['far', { ask: toHubAsk({ branches: three, hubs: inner }), behind: ['b', 'c', 'd'] }]]);
  const query = '{ loans(first: 20) { edges { node { number volume { title } } } } }';
  const answer = await engine.answer({ ...toCity(library), hubs }, parse(query), query, {});
  expect(causesOf(answer).filter((cause) => cause.startsWith('GONE'))).toEqual([]);
});

describe('a hub that garbles', () => {
  it.each([
    ['text', 'loans'],
    ['an object', {}],
    ['a number', 3],
  ])('costs its own branches when a path is %s', async (_, path) => {
    const errors = [{ message: 'x', path, extensions: { code: 'CONFLICT' } }];
    const answer = await askBy(loans, withErrors(errors));
    expect(causesOf(answer)).not.toContain('INTERNAL undefined');
    expect(statusesOf(answer)).toMatchObject({ a: 'FOUND', d: 'FOUND' });
  });

  it.each([
    [
      'the paths of a cause',
      [{ message: 'x', extensions: { code: 'LIST_TRUNCATED', paths: ['loans.320311199001011234 SECRET'] } }],
    ],
    ['a path', [{ message: 'x', path: ['loans', 'SECRET'], extensions: { code: 'UPSTREAM_ERROR', court: 'b' } }]],
    ['the path of an error of its own', [{ message: 'x', path: ['loans', 'SECRET'], extensions: { code: 'ODD' } }]],
  ])('has its text in %s passed on to nobody', async (_, errors) => {
    expect(JSON.stringify(await askBy(loans, withErrors(errors)))).not.toContain('SECRET');
  });

  it('gives no rows of a branch that the question excludes', async () => {
    const query = loans.replace('order:', 'filter: { branches: ["a", "b"] }, order:');
    const widened =
      (honest: Ask): Ask =>
      (question, signal) =>
        honest({ ...question, query: question.query.replaceAll('["a", "b"]', '["b", "c"]') }, signal);
    const answer = await askBy(query, widened);
    expect(statusesOf(answer)).toMatchObject({ c: 'NOT_ASKED' });
    expect(numbersOf(answer).filter((number) => number.startsWith('c'))).toEqual([]);
  });

  it.each(['NONE', 'UNREACHABLE'])('is not believed that a branch is %s whose rows it gives', async (status) => {
    const answer = await askBy(
      loans,
      lying((own) => {
        const { courts } = (
          own.data?.['loans'] as Record<string, { courts: { court: { code: string }; status: string }[] }>
        )['_nonet_coverage']!;
        for (const court of courts) if (court.court.code === 'b') court.status = status;
        return own;
      }),
    );
    const rows = numbersOf(answer).filter((number) => number.startsWith('b'));
    expect(rows.length > 0 && statusesOf(answer)['b'] === status).toBe(false);
  });
});

it('calls no hub a court where two values conflict', async () => {
  const cardOf = (birthYear: number) =>
    new Map([['1', { birthYear, isMember: null, hasConsented: null, lastSeenAt: null, visits: 1, home: null }]]);
  const branches = new Map(
    library.branches.map((own): [string, Ask] => [
      own.code,
      toBranchAsk({ ...own, cards: cardOf(behind.includes(own.code) ? 1990 : 1991) }),
    ]),
  );
  const { errors = [] } = await askBy('{ reader(id: "1") { birthYear } }', (own) => own, branches);
  expect(errors.map(({ extensions }) => extensions?.['code'])).toEqual(['CONFLICT']);
  expect(JSON.stringify(errors)).not.toMatch(/Courts [^"]*near|"courts":\[[^\]]*"near"/);
});

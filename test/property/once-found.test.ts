import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Answer, Ask } from '../../common/wire.ts';
import { startEngine, type Engine } from './engine.ts';
import type { Branch, Library, Loan } from './library/rows.ts';
import { toCity } from './trial.ts';

const loan = (number: string, more: Partial<Loan> = {}): Loan => ({
  number,
  madeOn: null,
  kind: null,
  fee: null,
  title: null,
  isReturned: true,
  weight: null,
  pages: null,
  volume: null,
  notes: [],
  reader: null,
  name: null,
  ...more,
});
const branch = (code: string, ...loans: readonly Loan[]): Branch => ({
  code,
  currency: 'CNY',
  loans,
  cards: new Map(),
});

/** Reader 1 has loans in a and b; b has nothing else, and c has nothing at all. */
const library: Library = {
  branches: [branch('a', loan('a-001', { reader: '1' })), branch('b', loan('b-001', { reader: '1' })), branch('c')],
  clubs: [{ id: 'x', title: null, kind: null, branches: ['a'] }],
};

describe('what random operations found once', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine.stop());

  const ask = (query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Answer> =>
    engine.answer(toCity(library), parse(query, { noLocation: true }), query, variables);
  const statuses = 'coverage { courts { court { code } status } }';
  const statusesOf = (covered: unknown) =>
    (covered as { coverage: { courts: { status: string }[] } }).coverage.courts.map(({ status }) => status).join(' ');

  it('statistics over no rows find nothing', async () => {
    const { data } = await ask(`{ statistics { count ${statuses} } }`);
    expect(statusesOf(data?.['statistics'])).toBe('FOUND FOUND NONE');
  });

  it('an object inside statistics of nobody is one over no rows, not an unknown one', async () => {
    const { data } = await ask('{ statistics(filter: { branches: [] }) { count span { from to } } }');
    expect(data).toEqual({ statistics: { count: 0, span: { from: null, to: null } } });
  });

  it('a member that one list of an entity excludes is not asked there, although another list asks it', async () => {
    const { data, extensions } = await ask(
      `{ reader(id: "1") { id } loan(number: "a-001") { reader { loans { number } oldest(branches: ["a"]) { number } } } }`,
    );
    const reader = (data!['loan'] as { reader: Record<string, unknown> }).reader;
    expect(reader).toEqual({ loans: [{ number: 'a-001' }, { number: 'b-001' }], oldest: [{ number: 'a-001' }] });
    const coverage = extensions!['coverage'] as { path: string; courts: { status: string }[] }[];
    const at = (path: string) => coverage.find((own) => own.path === path)?.courts.map(({ status }) => status);
    expect(at('loan.reader.loans')).toEqual(['FOUND', 'FOUND', 'NONE']);
    expect(at('loan.reader.oldest')).toEqual(['FOUND', 'NOT_ASKED', 'NOT_ASKED']);
  });

  it('a member that a list excludes is no gap of it when it fails', async () => {
    const city = toCity(library);
    const down = () => Promise.reject(new Error('no answer'));
    const branches = new Map([...city.branches, ['b', down] as const]);
    const query = `{ loan(number: "a-001") { reader { name loanConnection(filter: { branches: ["a"] }) { coverage { complete } } } } }`;
    const { data } = await engine.answer({ ...city, branches }, parse(query, { noLocation: true }), query, {});
    expect(data).toEqual({ loan: { reader: { name: null, loanConnection: { coverage: { complete: true } } } } });
  });

  it('who is known to one member is not looked for where the question excludes it', async () => {
    const { data } = await ask(
      `{ loan(number: "a-001") { reader { id } } club(id: "x") { loans { totalCount ${statuses} } } }`,
    );
    expect(statusesOf((data!['club'] as Record<string, unknown>)['loans'])).toBe('FOUND NOT_ASKED NOT_ASKED');
  });

  it('a list that the only member with a part in it failed to give is not known, rather than empty', async () => {
    const only: Library = { branches: [branch('a', loan('a-001', { kind: 'NOVEL', title: 'Tea' }))], clubs: [] };
    const city = toCity(only);
    const [own] = [...city.branches.values()];
    const garbled: Ask = async (...given) => {
      const text = JSON.stringify(await own!(...given)).replace('["Tea"]', '7');
      return JSON.parse(text) as Answer;
    };
    const query = '{ shelves { kind titles } }';
    const document = parse(query, { noLocation: true });
    const answer = await engine.answer({ ...city, branches: new Map([['a', garbled]]) }, document, query, {});
    expect(answer.data).toEqual({ shelves: [{ kind: 'NOVEL', titles: null }] });
    expect(answer.errors).toHaveLength(1);
  });

  it('a row that is left out of one selection of edges shifts no other row', async () => {
    const rows = [1, 2, 3].map((serial) => loan(`a-00${serial}`, { title: `Book ${serial}` }));
    const city = toCity({ branches: [branch('a', ...rows)], clubs: [] });
    const [own] = [...city.branches.values()];
    const garbled: Ask = async (...given) => {
      const answer = await own!(...given);
      const { edges } = answer.data?.['loans'] as { edges: { node: Record<string, unknown> }[] };
      Reflect.deleteProperty(edges[0]!.node, 'number');
      return answer;
    };
    const query = '{ loans(order: NUMBER_ASC) { other: edges { node { title } } edges { node { number } } } }';
    const document = parse(query, { noLocation: true });
    const { data } = await engine.answer({ ...city, branches: new Map([['a', garbled]]) }, document, query, {});
    expect(data).toEqual({
      loans: {
        other: [{ node: { title: 'Book 2' } }, { node: { title: 'Book 3' } }],
        edges: [{ node: { number: 'a-002' } }, { node: { number: 'a-003' } }],
      },
    });
  });

  it('a page that stands in several selections is one page', async () => {
    const query = `query ($after: String, $yes: Boolean!) {
      reader(id: "1") { loanConnection(after: $after) { edges { node { number } } } ...F @include(if: $yes) }
      loan(number: "a-001") { reader { ...F ... @include(if: $yes) { ...F } } }
    }
    fragment F on Reader { loanConnection(after: $after) { totalCount edges { cursor } } }`;
    const { data, errors } = await ask(query, { after: null, yes: true });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ loan: { reader: { loanConnection: { totalCount: 2 } } } });
  });

  it('what a neighbour adds is there, whatever conditions it is asked under', async () => {
    const query = `query ($yes: Boolean!, $no: Boolean!) {
      loan(number: "a-001") {
        number
        ... on Loan @include(if: $yes) { ... { ...F } }
        ... on Loan @include(if: $no) { ...F }
        reader @include(if: $no) { nickname }
      }
      again: loan(number: "a-001") { ... @include(if: $no) { ...F } ... @skip(if: $yes) { condition { text } } }
    }
    fragment F on Loan { condition { grade } }`;
    const { data, errors } = await ask(query, { yes: true, no: false });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ loan: { number: 'a-001', condition: { grade: null } }, again: {} });
  });

  it('who nothing is asked about is no gap', async () => {
    const query = `query ($a: Boolean!, $b: Boolean!) {
      loan(number: "a-001") { reader { ... @include(if: $a) { name } ... @include(if: $b) { visits } } }
    }`;
    const { data, errors } = await ask(query, { a: false, b: false });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ loan: { reader: {} } });
  });

  it('a key is one key, written as text or as a number, given or by default', async () => {
    const expected = { data: { reader: { id: '1', name: null } } };
    expect(await ask('query ($id: ID! = "1") { reader(id: $id) { id name } }')).toMatchObject(expected);
    expect(await ask('query ($id: ID!) { reader(id: $id) { id name } }', { id: 1 })).toMatchObject(expected);
    expect(await ask('{ reader(id: 1) { id name } }')).toMatchObject(expected);
  });

  it('a routed change is made by the member that its input names', async () => {
    const change =
      'mutation ($number: ID!) { __typename giveBack(input: { number: $number, idempotencyKey: "k" }) { number } }';
    expect(await ask(change, { number: 'b-001' })).toMatchObject({
      data: { __typename: 'Mutation', giveBack: { number: 'b-001' } },
    });
    const { errors } = await ask(change, { number: 'b-099' });
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['NOT_FOUND']);
  });

  it('an object of which nothing is asked is an empty object, in lists too', async () => {
    const query = `query ($no: Boolean!) { loans(first: 1) { edges { node { kind @include(if: $no) } } } clubs { id @skip(if: true) } }`;
    expect((await ask(query, { no: false })).data).toEqual({ loans: { edges: [{ node: {} }] }, clubs: [{}] });
  });
});

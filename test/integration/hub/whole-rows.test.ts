import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Answer, Question } from '../../../common/wire.ts';
import { createReaders } from '../../../gateway/asking/reading/readers.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

const query = `query ($first: Int!) { cases(first: $first, orderBy: NUMBER_ASC) { totalCount coverage { complete }
  edges { cursor node { number court { code } stage filedOn amountOutstanding debtors { id name person { id } } } } } }`;
const broken = '苏0312';

interface Edge {
  readonly cursor: string;
  readonly node: { readonly number: string; readonly court: { readonly code: string }; readonly debtors: unknown };
}

let whole: TestCity;
let twoHops: TestCity;
let asked: { readonly code: string; readonly question: Question }[];
/** What a court's answer becomes on its way. */
let spoil: (code: string, answer: Answer) => Answer;
/** What becomes of its text. */
let spoilText: (code: string, text: string) => string;
/** Answers are read as they are over a wire: the first ones by `JSON.parse`, and then with their whole rows put off. */
const readers = createReaders();
const overWire = (question: Question, text: string) =>
  readers.read(Buffer.from(text.padEnd(2_048)), question.query) as Answer;

beforeAll(async () => {
  // What is slow here is the machine.
  const deadlines = { requestMs: 90_000, courtMs: 30_000, agencyMs: 30_000 };
  const rows = { casesPerCourt: 30, seed: 'whole rows', deadlines };
  twoHops = await startTestCity({ ...rows, pages: { wholeRows: false } });
  whole = await startTestCity({
    ...rows,
    between:
      (code, ask) =>
      async (question, ...how) => {
        asked.push({ code, question });
        const told = JSON.parse(JSON.stringify(await ask(question, ...how))) as Answer;
        return overWire(question, spoilText(code, JSON.stringify(spoil(code, told))));
      },
  });
}, 120_000);
beforeEach(() => {
  asked = [];
  spoil = (_, answer) => answer;
  spoilText = (_, text) => text;
});
afterAll(async () => {
  await whole[Symbol.asyncDispose]();
  await twoHops[Symbol.asyncDispose]();
});

const edgesOf = ({ data }: Answer) => (data as { cases: { edges: Edge[] } }).cases.edges;
/** Person ids are made by each city's own key. */
const told = ({ data, errors }: Answer) =>
  JSON.parse(
    JSON.stringify({ data, errors }, (key, value: unknown) => (key === 'person' || key === 'cursor' ? null : value)),
  ) as unknown;
const entityCalls = () => asked.filter(({ question }) => question.query.includes('_entities'));
const isWhole = ({ question }: { readonly question: Question }) => question.query.includes('_nonet_whole');

/** The edges of an answer that have a whole row, where it has any. */
function wholeEdges({ data }: Answer): Record<string, unknown>[] {
  const page = data?.['cases'] as { edges?: Record<string, unknown>[] } | null | undefined;
  return page?.edges?.filter((edge) => '_nonet_whole' in edge) ?? [];
}

describe('rows that come whole with their page', () => {
  it.each([20, 50, 100])('are those of two hops, for a page of %i', async (first) => {
    const answer = await whole.ask(query, { first });
    expect(answer.errors).toBeUndefined();
    expect(told(answer)).toEqual(told(await twoHops.ask(query, { first })));
    expect(edgesOf(answer)).toHaveLength(first);
    expect(asked.some(isWhole)).toBe(true);
    expect(entityCalls()).toEqual([]);
    expect(JSON.stringify(answer)).not.toContain('_nonet_');
  });

  it('are not asked for where a small page would make courts work for many others', async () => {
    const answer = await whole.ask(query, { first: 2 });
    expect(told(answer)).toEqual(told(await twoHops.ask(query, { first: 2 })));
    expect(asked.filter(isWhole)).toEqual([]);
    expect(entityCalls().length).toBeGreaterThan(0);
  });

  it('come from one court with the page of that court, in one question', async () => {
    const one = `{ cases(first: 5, filter: { courts: ["${broken}"] }) { edges { node { number debtors { name } } } } }`;
    expect((await whole.ask(one)).data).toEqual((await twoHops.ask(one)).data);
    expect(asked).toHaveLength(1);
  });

  it.each(['totalCount', 'edges { node { number } }', 'edges { node { number } } totalCount'])(
    'are not asked for where the page says all that is wanted: %s',
    async (selection) => {
      await whole.ask(`{ cases(first: 50) { ${selection} } }`);
      expect(asked.filter(isWhole)).toEqual([]);
    },
  );

  it.each([
    [
      'under a condition',
      false,
      'query ($first: Int!, $with: Boolean!) { cases(first: $first) { edges @include(if: $with) { node { number debtors { name } } } } }',
    ],
    [
      'twice',
      false,
      'query ($first: Int!) { cases(first: $first) { edges { node { number stage applicants { name } } } more: edges { node { number debtors { name } } } } }',
    ],
    [
      'renamed',
      true,
      'query ($first: Int!) { list: cases(first: $first) { rows: edges { one: node { number debtors { name } } } } }',
    ],
    [
      'two pages',
      true,
      'query ($first: Int!) { a: cases(first: $first) { edges { node { debtors { name } } } } b: cases(first: $first, orderBy: NUMBER_ASC) { edges { node { debtors { id } } } } }',
    ],
  ])('leave an answer as it is where edges stand %s', async (_, isMeant, other) => {
    const variables = { first: 40, with: true };
    expect(told(await whole.ask(other, variables))).toEqual(told(await twoHops.ask(other, variables)));
    expect(asked.some(isWhole)).toBe(isMeant);
  });

  it('are asked for again where anything of them failed, and nobody is told', async () => {
    spoil = (code, answer) => {
      const [edge] = code === broken ? wholeEdges(answer) : [];
      if (!edge) return answer;
      (edge['_nonet_whole'] as Record<string, unknown>)['debtors'] = null;
      const path = ['cases', 'edges', 0, '_nonet_whole', 'debtors'];
      return { ...answer, errors: [{ message: 'busy', path, extensions: { code: 'SERVER_ERROR' } }] };
    };
    const answer = await whole.ask(query, { first: 50 });
    expect(told(answer)).toEqual(told(await twoHops.ask(query, { first: 50 })));
    expect(entityCalls().map(({ code }) => code)).toEqual([broken]);
  });

  it('cost a court nothing but themselves when it leaves them out or sends another', async () => {
    for (const change of [
      (edge: Record<string, unknown>) => void (edge['_nonet_whole'] = null),
      (edge: Record<string, unknown>) => void (edge['_nonet_whole'] = 'nonsense'),
      (edge: Record<string, unknown>) => Reflect.deleteProperty(edge, '_nonet_whole'),
      (edge: Record<string, unknown>, edges: Record<string, unknown>[]) =>
        void (edge['_nonet_whole'] = edges[0]!['_nonet_whole']),
    ]) {
      spoil = (code, answer) => {
        if (code === broken) for (const edge of wholeEdges(answer)) change(edge, wholeEdges(answer));
        return answer;
      };
      const answer = await whole.ask(query, { first: 50 });
      expect(told(answer)).toEqual(told(await twoHops.ask(query, { first: 50 })));
    }
  });

  it('are taken at the keys that they echo where they stand beside others', async () => {
    spoil = (code, answer) => {
      const edges = code === broken ? wholeEdges(answer) : [];
      const rows = edges.map((edge) => edge['_nonet_whole']).reverse();
      edges.forEach((edge, index) => (edge['_nonet_whole'] = rows[index]));
      return answer;
    };
    const answer = await whole.ask(query, { first: 50 });
    expect(told(answer)).toEqual(told(await twoHops.ask(query, { first: 50 })));
    expect(entityCalls()).toEqual([]);
  });

  it('are asked for where one that is on the page cannot be read, and not where it is not', async () => {
    const plain = await twoHops.ask(query, { first: 50 });
    const shown = edgesOf(plain).filter(({ node }) => node.court.code === broken);
    for (const [place, calls] of [
      [0, [broken]],
      [shown.length, []],
    ] as const) {
      asked = [];
      let places = 0;
      spoilText = (code, text) => {
        if (code !== broken || !text.includes('_nonet_whole')) return text;
        return text.replaceAll(/"_nonet_whole":\{"debtors":/g, (found) =>
          places++ === place ? found.replace('"debtors":', '"debtors":"a"x,"b":') : found,
        );
      };
      const answer = await whole.ask(query, { first: 50 });
      expect(told(answer)).toEqual(told(plain));
      expect(places).toBeGreaterThan(place);
      expect(entityCalls().map(({ code }) => code)).toEqual(calls);
    }
  });

  it.each([
    [
      'the page',
      (edge: Record<string, unknown>, key: unknown) =>
        ((edge['node'] as Record<string, unknown>)['_nonet_number'] = key),
    ],
    [
      'whole',
      (edge: Record<string, unknown>, key: unknown) =>
        ((edge['_nonet_whole'] as Record<string, unknown>)['_nonet_number'] = key),
    ],
    [
      'whole, for its type',
      (edge: Record<string, unknown>, key: unknown) =>
        ((edge['_nonet_whole'] as Record<string, unknown>)['_nonet_typename'] = key),
    ],
  ])('cost their own court alone when it sends no key for a key: in %s', async (where, put) => {
    // Too deep for what writes JSON.
    for (const key of ['['.repeat(20_000) + ']'.repeat(20_000), '{"toString":1,"valueOf":1}']) {
      spoilText = (code, text) => {
        if (code !== broken || !text.includes('_nonet_whole')) return text;
        const answer = JSON.parse(text) as Answer;
        for (const edge of wholeEdges(answer)) put(edge, 'no key');
        return JSON.stringify(answer).replaceAll('"no key"', key);
      };
      const answer = await whole.ask(query, { first: 50 });
      const plain = await twoHops.ask(query, { first: 50 });
      if (where !== 'the page') expect(told(answer)).toEqual(told(plain));
      else {
        const others = ({ node }: Edge) => node.court.code !== broken;
        expect(edgesOf(answer).filter(others).length).toBeGreaterThanOrEqual(edgesOf(plain).filter(others).length);
        expect(answer.errors?.every(({ extensions }) => extensions?.['court'] === broken)).toBe(true);
        for (const { node } of edgesOf(answer)) expect(node.debtors).not.toBeNull();
      }
    }
  });

  it('are taken no more than what is told of them otherwise when another is asked for', async () => {
    let ahead: Record<string, unknown> | undefined;
    spoil = (code, answer) => {
      if (code !== broken) return answer;
      const [lost, come] = wholeEdges(answer);
      const entities = answer.data?.['_entities'];
      if (!ahead && lost && come) {
        Reflect.deleteProperty(lost, '_nonet_whole');
        ahead = come['_nonet_whole'] as Record<string, unknown>;
      } else if (ahead && Array.isArray(entities)) {
        entities.push({ ...ahead, debtors: [] });
      }
      return answer;
    };
    const answer = await whole.ask(query, { first: 50 });
    expect(answer.errors?.map(({ extensions }) => [extensions?.['code'], extensions?.['court']])).toEqual([
      ['CONFLICT', broken],
    ]);
    const plain = edgesOf(await twoHops.ask(query, { first: 50 }));
    expect(edgesOf(answer).map(({ node }) => node.number)).toEqual(plain.map(({ node }) => node.number));
    const untaken = edgesOf(answer).filter(({ node }) => node.debtors === null);
    expect(untaken.map(({ node }) => node.number)).toEqual([ahead?.['_nonet_number']]);
  });

  it('are held against what was asked as any other answer of the court', async () => {
    spoil = (code, answer) => {
      if (code === broken) {
        for (const edge of wholeEdges(answer))
          (edge['_nonet_whole'] as Record<string, unknown>)['debtors'] = 'nonsense';
      }
      return answer;
    };
    const answer = await whole.ask(query, { first: 50 });
    expect(answer.errors?.map(({ extensions }) => [extensions?.['code'], extensions?.['court']])).toEqual([
      ['UPSTREAM_ERROR', broken],
    ]);
    const plain = edgesOf(await twoHops.ask(query, { first: 50 }));
    expect(edgesOf(answer).map(({ node }) => node.number)).toEqual(plain.map(({ node }) => node.number));
    for (const { node } of edgesOf(answer)) expect(node.debtors === null).toBe(node.court.code === broken);
  });
});

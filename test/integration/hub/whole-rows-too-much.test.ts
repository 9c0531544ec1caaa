import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { Answer, Question } from '../../../common/wire.ts';
import { AskError } from '../../../gateway/asking/reply.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

const query = `{ cases(first: 100, orderBy: NUMBER_ASC) { totalCount coverage { complete }
  edges { node { number debtors { id name } } } } }`;
const keysAlone = '{ cases(first: 50) { totalCount edges { node { number } } } }';
/** Long enough for a third of it to be no trouble to a healthy court on a busy machine. */
const courtMs = 7_500;

type Kind = 'whole' | 'page' | 'entities';
/** What a court makes of a question of a kind; it may take its time. */
type Act = (kind: Kind, answer: () => Promise<Answer>) => Promise<Answer>;

let city: TestCity;
let truth: object;
let codes: string[];
/** One court acts in each test, another in the next: it is remembered of a court what was too much for it. */
let acting: { readonly code: string; readonly act: Act } | null = null;
let asked: Kind[] = [];

const rows = { casesPerCourt: 12, seed: 'whole rows' };

beforeAll(async () => {
  const twoHops = await startTestCity({ ...rows, pages: { wholeRows: false } });
  truth = told(await twoHops.ask(query));
  await twoHops[Symbol.asyncDispose]();
}, 120_000);

/** A city in which nothing has been too much for any court yet: on a busy machine one may be late in a test that is about another. */
async function openCity(): Promise<void> {
  city = await startTestCity({
    ...rows,
    retry: null,
    deadlines: { requestMs: 28_000, courtMs, agencyMs: 5_000 },
    between:
      (code, ask) =>
      async (question, ...how) => {
        const answer = async () => JSON.parse(JSON.stringify(await ask(question, ...how))) as Answer;
        if (code !== acting?.code) return answer();
        asked.push(kindOf(question));
        return acting.act(kindOf(question), answer);
      },
  });
  codes = city.registry.courts.map(({ code }) => code);
}
afterEach(() => {
  acting = null;
  asked = [];
});

function kindOf({ query: text }: Question): Kind {
  if (text.includes('_nonet_whole')) return 'whole';
  return text.includes('_entities') ? 'entities' : 'page';
}

/** Another court than those that have had too much. */
function someCourt(act: Act): string {
  const code = codes.shift()!;
  acting = { code, act };
  return code;
}

const told = ({ data, errors }: Answer) => ({ data, errors });
const whole = (act: (answer: () => Promise<Answer>) => Promise<Answer>): Act => {
  return (kind, answer) => (kind === 'whole' ? act(answer) : answer());
};
const never = () => pause(20_000).then(() => ({ data: null }));

describe('a court for which rows beside their page are too much', () => {
  beforeAll(openCity, 120_000);
  afterAll(() => city[Symbol.asyncDispose]());

  it.each<[string, Act]>([
    ['says so without a place', whole(() => Promise.resolve({ data: null, errors: [{ message: 'too costly' }] }))],
    [
      'says so beside a page that is null',
      whole(() => Promise.resolve({ data: { cases: null }, errors: [{ message: 'too costly', path: ['cases'] }] })),
    ],
    [
      'fails at one of them, which takes the page along',
      whole(async (answer) => {
        const path = ['cases', 'edges', 3, '_nonet_whole', 'number'];
        return { data: { ...(await answer()).data, cases: null }, errors: [{ message: 'busy', path }] };
      }),
    ],
    ['sends too much', whole(() => Promise.reject(new AskError('TOO_LARGE', 'x')))],
    ['fails', whole(() => Promise.reject(new AskError('SERVER_ERROR', 'x')))],
    ['breaks off', whole(() => Promise.reject(new AskError('GARBLED', 'x')))],
    ['does not come to an end', whole(never)],
  ])('and that %s gives its page and its rows, and is asked in two hops from then on', async (_, act) => {
    someCourt(act);
    expect(told(await city.ask(query))).toEqual(truth);
    expect(asked).toEqual(['whole', 'page', 'entities']);
    asked = [];
    expect(told(await city.ask(query))).toEqual(truth);
    expect(asked).toEqual(['page', 'entities']);
  });

  it('is not taken for one that fails: other questions go on', async () => {
    someCourt(whole(never));
    // Three times the breaker's patience at once, none of them in time.
    const answers = await Promise.all(Array.from({ length: 15 }, () => city.ask(query)));
    expect(answers.filter(({ errors }) => errors !== undefined)).toEqual([]);
    expect((await city.ask(keysAlone)).errors).toBeUndefined();
    expect(asked.filter((kind) => kind === 'whole')).toHaveLength(15);
  });
});

describe('a court that', () => {
  beforeAll(openCity, 120_000);
  afterAll(() => city[Symbol.asyncDispose]());

  it('fails at one row is asked again for that row alone', async () => {
    const places: unknown[] = [];
    someCourt(async (kind, answer) => {
      const own = await answer();
      if (kind === 'entities') places.push((own.data!['_entities'] as unknown[]).length);
      if (kind !== 'whole') return own;
      const page = own.data!['cases'] as { edges: Record<string, unknown>[] };
      page.edges[1]!['_nonet_whole'] = null;
      return { ...own, errors: [{ message: 'x', path: ['cases', 'edges', 1, '_nonet_whole', 'debtors', 0] }] };
    });
    expect(told(await city.ask(query))).toEqual(truth);
    expect(asked).toEqual(['whole', 'entities']);
    expect(places).toEqual([1]);
  });

  it('cannot be asked at all is not asked again', async () => {
    someCourt(() => Promise.reject(new AskError('DOWN', 'x', { wasSent: false })));
    const { errors } = await city.ask(query);
    expect(errors?.map(({ extensions }) => extensions?.['reason'])).toEqual(['DOWN']);
    expect(asked).toEqual(['whole']);
  });

  it('answers nothing has its one deadline for both questions', async () => {
    const code = someCourt(never);
    const startedMs = performance.now();
    const { errors } = await city.ask(query);
    expect(performance.now() - startedMs).toBeLessThan(1.6 * courtMs);
    expect(asked).toEqual(['whole', 'page']);
    expect(errors?.map(({ extensions }) => [extensions?.['code'], extensions?.['court']])).toEqual([
      ['UPSTREAM_TIMEOUT', code],
    ]);
  });
});

import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Answer, Ask, Question } from '../../common/wire.ts';
import { createDice } from './dice.ts';
import { startEngine, type Engine } from './engine.ts';
import { toHubAsk } from './hubs.ts';
import { branchCodes, randomLibrary, type Library } from './library/rows.ts';
import { toCity } from './trial.ts';

let engine: Engine;
const tape = Array.from({ length: 200 }, (_, i) => (i * 7919 + 13) % 65536);
let library: Library;
beforeAll(async () => {
  engine = await startEngine();
  const random = randomLibrary(createDice(tape));
  library = {
    ...random,
    branches: branchCodes.map((code, at) => ({
      code,
      currency: 'CNY',
      cards: new Map([['1', { birthYear: 1990, isMember: false, hasConsented: true, lastSeenAt: null, visits: 1, home: null }]]),
      loans: [1, 2].map((n) => ({
        number: `${code}-00${n}`,
        madeOn: '2020-05-05',
        kind: 'NOVEL',
        fee: 100n,
        title: `T${at}${n}`,
        isReturned: true,
        weight: 1,
        pages: 10,
        volume: { title: 'v', year: 2000 },
        notes: [{ position: 1, text: 'n', marks: [1], by: null }],
        reader: '1',
        name: 'N',
      })),
    })),
  };
});
afterAll(() => engine.stop());

type Lie = (answer: Answer, question: Question) => Answer;

async function ask(query: string, lie: Lie, variables = {}, faulty: (code: string, ask: Ask) => Ask = (_, own) => own) {
  const city = toCity(library);
  const branches = new Map([...city.branches].map(([code, own]) => [code, faulty(code, own)]));
  const honest = toHubAsk({ branches: new Map([...branches].filter(([code]) => code === 'b' || code === 'c')) });
  const hub: Ask = async (question, signal) => lie(await honest(question, signal), question);
  const hubs = new Map([['near', { ask: hub, behind: ['b', 'c'] }]]);
  try {
    return await engine.answer({ ...city, branches, hubs }, parse(query), query, variables);
  } catch (error) {
    return { data: null, errors: [], thrown: String((error as Error).stack) };
  }
}
const direct = (query: string, faulty: (code: string, ask: Ask) => Ask) => {
  const city = toCity(library);
  const branches = new Map([...city.branches].map(([code, own]) => [code, faulty(code, own)]));
  return engine.answer({ ...city, branches }, parse(query), query, {});
};
const show = (name: string, value: unknown) => console.log(`#### ${name}\n${JSON.stringify(value, null, 1).slice(0, 3500)}`);
const loans = '{ loans(first: 20, order: NUMBER_ASC) { totalCount edges { node { number title } } coverage { courts { court { code } status reason missingFields } } } }';
const errorsBe = (errors: unknown): Lie => (answer) => ({ ...answer, errors: errors as never });

it.skip("odd errors", async () => {
  for (const [name, errors] of Object.entries({
    pathText: [{ message: 'SECRET', path: 'loans', extensions: { code: 'CONFLICT' } }],
    pathObject: [{ message: 'SECRET', path: {}, extensions: { code: 'CONFLICT' } }],
    pathObjectOther: [{ message: 'SECRET', path: { a: 1 } }],
    pathNulls: [{ message: 'SECRET', path: [null, {}], extensions: { code: 'CONFLICT' } }],
    extNumber: [{ message: 'SECRET', extensions: 3 }],
    extCourtsCircular: [{ message: 'SECRET', extensions: { code: 'CONFLICT', courts: 'b' } }],
    noMessage: [{}],
    leak: [{ message: 'SECRET', extensions: { code: 'LIST_TRUNCATED', paths: ['loans.SECRET 320311199001011234'] } }],
    leak2: [{ message: 'SECRET', path: ['loans', 'SECRET'], extensions: { code: 'UPSTREAM_ERROR', court: 'b', reason: 'SECRET' } }],
    leak3: [{ message: 'SECRET', extensions: { code: 'CONFLICT', paths: ['__proto__.constructor.SECRET'] } }],
    leak4: [{ message: 'SECRET', extensions: { code: 'ODD', paths: ['loans.SECRET'] } }],
    leak5: [{ message: 'SECRET', path: ['loans', 'edges', 'SECRET'] }],
  })) {
    const got = await ask(loans, errorsBe(errors));
    const text = JSON.stringify(got);
    show(name, { thrown: (got as { thrown?: string }).thrown?.slice(0, 400), leaks: text.includes('SECRET'), errors: got.errors, cov: (got.data as any)?.loans?.coverage?.courts?.map((c: any) => c.court.code + c.status + c.reason), n: (got.data as any)?.loans?.edges?.length });
  }
});

it.skip("odd coverage", async () => {
  const cover = (change: (courts: any[]) => any): Lie => (answer) => {
    const own = structuredClone(answer) as any;
    for (const value of Object.values(own.data)) for (const [key, c] of Object.entries(value as any)) if ((c as any)?.courts) (value as any)[key].courts = change((c as any).courts);
    return own;
  };
  for (const [name, lie] of Object.entries({
    nullEntry: cover((courts) => [null, ...courts]),
    nones: cover((courts) => courts.map((c) => ({ ...c, status: c.court.code === 'b' ? 'NONE' : 'FOUND' }))),
    unreachableWithRows: cover((courts) => courts.map((c) => ({ ...c, status: c.court.code === 'b' ? 'UNREACHABLE' : 'FOUND', reason: 'SECRET SECRET' }))),
    omit: cover((courts) => courts.slice(1)),
    others: cover((courts) => [...courts, { ...courts[0], court: { code: 'a' }, status: 'UNREACHABLE' }]),
    twice: cover((courts) => [...courts, { ...courts[0], status: 'UNREACHABLE' }]),
    asOf: cover((courts) => courts.map((c) => ({ ...c, asOf: 'SECRET', elapsedMs: -5, missingFields: ['SECRET'] }))),
    elapsed: cover((courts) => courts.map((c) => ({ ...c, elapsedMs: 1e300 }))),
    text: cover(() => 'SECRET'),
  })) {
    const got = await ask(loans.replace('missingFields', 'missingFields asOf elapsedMs'), lie);
    const text = JSON.stringify(got);
    show(name, { thrown: (got as { thrown?: string }).thrown?.slice(0, 400), leaks: text.includes('SECRET'), errors: got.errors, cov: (got.data as any)?.loans?.coverage?.courts?.map((c: any) => [c.court.code, c.status, c.reason, c.asOf, c.elapsedMs, c.missingFields].join()), rows: (got.data as any)?.loans?.edges?.map((e: any) => e.node.number), total: (got.data as any)?.loans?.totalCount });
  }
});

it('ignores the filter', async () => {
  const query = loans.replace('order:', 'filter: { branches: ["a", "b"] }, order:');
  const city = toCity(library);
  const honest = toHubAsk({ branches: new Map([...city.branches].filter(([code]) => code === 'b' || code === 'c')) });
  let answer: any;
  const lieAsk: Ask = async (question, signal) => {
    const widened = { ...question, query: question.query.replaceAll('["a", "b"]', '["b", "c"]'), variables: JSON.parse(JSON.stringify(question.variables ?? {}).replaceAll('"a","b"', '"b","c"')) };
    answer = await honest(widened, signal);
    return answer;
  };
  const hubs = new Map([['near', { ask: lieAsk, behind: ['b', 'c'] }]]);
  show('filter', (await engine.answer({ ...city, hubs }, parse(query), query, {})).data);
});

const titleFails = (only: string) => (code: string, own: Ask): Ask => async (question, signal) => {
  const answer = await own(question, signal);
  if (code !== only) return answer;
  const spoilt = structuredClone(answer) as any;
  for (const [root, value] of Object.entries(spoilt.data ?? {})) {
    for (const [key, edges] of Object.entries((value ?? {}) as any)) {
      if (!Array.isArray(edges)) continue;
      edges.forEach((edge: any, at: number) => {
        if (edge?.node && 'title' in edge.node) {
          edge.node.title = null;
          (spoilt.errors ??= []).push({ message: 'SECRET', path: [root, key, at, 'node', 'title'] });
        }
      });
    }
  }
  return spoilt;
};
it('one value fails at one court behind the hub', async () => {
  show('through', await ask(loans, (answer) => { show('child says', answer); return answer; }, {}, titleFails('b')));
  show('direct', await direct(loans, titleFails('b')));
});
it('a court with such errors', async () => {
  for (const errors of [[{ message: 'SECRET', path: 'loans' }], [{ message: 'SECRET', path: {} }], [{ message: 'x', path: ['loans', 'SECRET'] }]]) {
    const got = await direct(loans, (code, own) => async (q, s) => (code === 'b' ? { ...(await own(q, s)), errors: errors as never } : own(q, s)));
    show('court ' + JSON.stringify(errors), got.errors);
  }
});
const nullified: Lie = (answer) => {
  const own = structuredClone(answer) as any;
  for (const e of (own.data?._entities ?? []) as any[]) if (e && !('volume' in e) && (own.errors ?? []).length) e.volume = null;
  return own;
};
it('a null where an error is told', async () => {
  const q = '{ loans(first: 20, order: NUMBER_ASC) { edges { node { number volume { title } notes { text } } } } }';
  const faulty = (code: string, own: Ask): Ask => async (question, signal) => {
    const answer = structuredClone(await own(question, signal)) as any;
    if (code !== 'b') return answer;
    (answer.data?._entities ?? []).forEach((e: any, at: number) => {
      if (e && 'volume' in e) { e.volume = null; (answer.errors ??= []).push({ message: 'S', path: ['_entities', at, 'volume'] }); }
    });
    return answer;
  };
  show('honest', await ask(q, (a, qu) => { show('child', [qu.query.slice(0, 300), a]); return a; }, {}, faulty));
  show('null', (await ask(q, nullified, {}, faulty)));
});

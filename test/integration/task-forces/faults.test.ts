import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import type { Answer, Ask } from '../../../common/wire.ts';
import { upstreamText } from '../../support/faults.ts';
import { changeFields, dropFields, failFields } from '../../support/tampering.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

let city: TestCity;
/** Stands between hub and command centre, and between hub and the first court, as a test says. */
const well = (ask: Ask): Ask => ask;
let towardsCommand = well;
let towardsCourt = well;
let courtCalls = 0;

beforeAll(async () => {
  city = await startTestCity({
    casesPerCourt: 12,
    seed: 'faulty task forces',
    deadlines: { agencyMs: 1_500, courtMs: 1_500 },
    betweenCommand: (ask) => (question, signal) => towardsCommand(ask)(question, signal),
    between: (code, ask) => (question, signal) => {
      courtCalls += 1;
      return (code === city.registry.courts[0]!.code ? towardsCourt : well)(ask)(question, signal);
    },
  });
}, 120_000);
afterEach(() => {
  towardsCommand = well;
  towardsCourt = well;
});
afterAll(() => city[Symbol.asyncDispose]());

const down = (): Ask => () => Promise.reject(new Error(upstreamText));
/** Takes the question, does what it says, and loses the answer. */
const mute =
  (ask: Ask): Ask =>
  async (question, signal) => {
    await ask(question, signal);
    throw new Error(upstreamText);
  };
const altered =
  (change: (answer: Answer) => unknown) =>
  (ask: Ask): Ask =>
  async (question, signal) => {
    const answer = await ask(question, signal);
    return (change(answer) as Answer | undefined) ?? answer;
  };

const create = `mutation ($name: String!, $criteria: TaskForceCriteriaInput!, $key: ID!) {
  createTaskForce(input: { name: $name, criteria: $criteria }, idempotencyKey: $key) { id name }
}`;
const rows = `query ($id: ID!, $after: String, $completeness: Completeness) {
  taskForce(id: $id) { id name cases(first: 5, after: $after, completeness: $completeness) {
    totalCount totalIsLowerBound edges { node { number } } pageInfo { endCursor }
    coverage { complete courts(only: GAPS) { court { code } status reason } }
  } }
}`;

async function createForce(key: string, criteria: Record<string, unknown> = { amountOutstandingMin: '0.00' }) {
  const made = await city.ask(create, { name: '行动', criteria, key: toKey(key) });
  expect(made.errors).toBeUndefined();
  return (made.data!['createTaskForce'] as { id: string }).id;
}

/** Keys have no spaces. */
const toKey = (words: string) => words.replaceAll(/[ ,]+/g, '-');

const codesOf = (answer: Answer) => (answer.errors ?? []).map(({ extensions }) => extensions?.['code']);

describe('criteria that got lost', () => {
  test.each<[string, (answer: Answer) => unknown]>([
    ['fail', (answer) => failFields(answer, 'criteria', upstreamText)],
    ['are null', (answer) => changeFields(answer, 'criteria', () => null)],
    ['are left out', (answer) => dropFields(answer, 'criteria')],
    ['come without one condition', (answer) => dropFields(answer, 'stages')],
    ['come with a condition that failed', (answer) => failFields(answer, 'creditorName', upstreamText)],
    ['are no criteria', (answer) => changeFields(answer, 'criteria', () => 'all')],
  ])('and %s never become the whole city', async (what, change) => {
    const id = await createForce(`lost-${what}`, { creditorName: '徐州' });
    towardsCommand = altered(change);
    courtCalls = 0;
    const answer = await city.ask(rows, { id });
    expect(courtCalls).toBe(0);
    expect(answer.data!['taskForce']).toMatchObject({ id, name: '行动', cases: null });
    expect(codesOf(answer).length).toBeGreaterThan(0);
    expect(JSON.stringify(answer)).not.toContain(upstreamText);
  });

  test('a court refuses them too: without criteria, without one of them, and without any condition', async () => {
    const court = city.courts.get(city.registry.courts[0]!.code)!;
    const query = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on TaskForce { id cases { totalCount } } }
    }`;
    const none = {
      creditorPersonId: null,
      creditorName: null,
      amountOutstandingMin: null,
      amountOutstandingMax: null,
      stages: null,
      courts: null,
      provinces: null,
    };
    const less = { ...none, creditorName: '徐州', stages: undefined };
    const given = [undefined, null, none, less, 'all', { ...none, stages: 'CLOSED' }];
    const representations = given.map((criteria, index) => ({ __typename: 'TaskForce', id: String(index), criteria }));
    const answer = await court.ask({ query, variables: { representations } }, new AbortController().signal);
    expect(answer.data!['_entities']).toEqual(given.map((_own, index) => ({ id: String(index), cases: null })));
    expect(codesOf(answer)).toEqual(given.map(() => 'REQUIREMENT_ABSENT'));
  });

  test('a stage that a court does not know is a refusal, never a wider search', async () => {
    const court = city.courts.get(city.registry.courts[0]!.code)!;
    const criteria = {
      creditorPersonId: null,
      creditorName: null,
      amountOutstandingMin: null,
      amountOutstandingMax: null,
      stages: ['CLOSED', 'ABROAD'],
      courts: null,
      provinces: null,
    };
    const query = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on TaskForce { cases { totalCount } } }
    }`;
    const variables = { representations: [{ __typename: 'TaskForce', id: '1', criteria }] };
    const answer = await court.ask({ query, variables }, new AbortController().signal);
    expect(answer.data!['_entities']).toEqual([{ cases: null }]);
    expect(codesOf(answer)).toEqual(['UNSUPPORTED']);
  });
});

describe('a command centre that is down', () => {
  test('costs its own fields, and nothing of the courts', async () => {
    towardsCommand = down;
    const answer = await city.ask(
      '{ taskForces { totalCount } taskForce(id: "x") { name } cases(first: 1) { totalCount coverage { complete } } }',
    );
    const total = [...city.records.values()].flat().length;
    expect(answer.data).toEqual({
      taskForces: null,
      taskForce: null,
      cases: { totalCount: total, coverage: { complete: true } },
    });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNREACHABLE', subgraph: 'command' } }]);
    expect(JSON.stringify(answer)).not.toContain('10.9.8.7');
  });

  test('leaves a change unknown, and asked again with its key it is made once', async () => {
    const before = await totalCount();
    towardsCommand = mute;
    const lost = await city.ask(create, { name: '行动', criteria: { stages: ['CLOSED'] }, key: 'lost-answer' });
    expect(lost.data).toEqual({ createTaskForce: null });
    expect(lost.errors).toMatchObject([
      { path: ['createTaskForce'], extensions: { code: 'UNKNOWN', idempotencyKey: 'lost-answer', reason: 'DOWN' } },
    ]);
    towardsCommand = well;
    const again = await city.ask(create, { name: '行动', criteria: { stages: ['CLOSED'] }, key: 'lost-answer' });
    expect(again.errors).toBeUndefined();
    expect(await totalCount()).toBe(before + 1);
  });

  test('leaves two changes unknown, each under its own key, and repeats no key that may be somebody’s number', async () => {
    towardsCommand = mute;
    const two = await city.ask(
      `mutation ($c: TaskForceCriteriaInput!) {
        a: createTaskForce(input: { name: "一", criteria: $c }, idempotencyKey: "key-one") { id }
        b: createTaskForce(input: { name: "二", criteria: $c }, idempotencyKey: "key-two") { id }
      }`,
      { c: { stages: ['CLOSED'] } },
    );
    expect(two.errors).toMatchObject([
      { path: ['a'], extensions: { code: 'UNKNOWN', idempotencyKey: 'key-one', count: 1 } },
      { path: ['b'], extensions: { code: 'UNKNOWN', idempotencyKey: 'key-two', count: 1 } },
    ]);
    const number = '110105194912310024';
    const one = await city.ask(create, { name: '三', criteria: { stages: ['CLOSED'] }, key: number });
    expect(codesOf(one)).toEqual(['UNKNOWN']);
    expect(JSON.stringify(one)).not.toContain(number);
  });

  test('leaves a change unknown that was answered with nothing', async () => {
    towardsCommand = altered((answer) => changeFields(answer, 'createTaskForce', () => null));
    const lost = await city.ask(create, { name: '行动', criteria: { stages: ['CLOSED'] }, key: 'nothing' });
    expect(codesOf(lost)).toEqual(['UNKNOWN']);
  });

  test('leaves a change unknown whose answer came garbled', async () => {
    towardsCommand = altered((answer) => dropFields(answer, 'createTaskForce'));
    const lost = await city.ask(create, { name: '行动', criteria: { stages: ['CLOSED'] }, key: 'garbled' });
    expect(lost.data).toEqual({ createTaskForce: null });
    expect(codesOf(lost)).toEqual(['UNKNOWN']);
  });

  async function totalCount(): Promise<number> {
    const answer = await city.ask('{ taskForces { totalCount } }');
    return (answer.data!['taskForces'] as { totalCount: number }).totalCount;
  }
});

describe('what a caller has to mend', () => {
  test.each<[string, Record<string, unknown>, string, RegExp]>([
    ['criteria without a condition', {}, 'BAD_USER_INPUT', /criteria/],
    ['a court that nobody knows', { courts: ['苏9999'] }, 'UNKNOWN_COURT', /苏0312/],
    ['a stage that nobody knows', { stages: ['SLEEPING'] }, 'BAD_USER_INPUT', /INVESTIGATING/],
    ['an empty list', { stages: [] }, 'BAD_USER_INPUT', /stages/],
  ])('%s is told in the command centre’s own words', async (what, criteria, code, says) => {
    const answer = await city.ask(create, { name: '行动', criteria, key: toKey(`wrong ${what}`) });
    expect(answer.data).toEqual({ createTaskForce: null });
    expect(codesOf(answer)).toEqual([code]);
    expect(JSON.stringify(answer.errors)).toMatch(says);
  });

  test('a key that was used for another change', async () => {
    await createForce('used twice');
    const answer = await city.ask(create, { name: '另一', criteria: { stages: ['CLOSED'] }, key: 'used-twice' });
    expect(codesOf(answer)).toEqual(['IDEMPOTENCY_CONFLICT']);
  });

  test('a change of a task force that is not there', async () => {
    const answer = await city.ask(
      'mutation { updateTaskForce(id: "2c1d0c56-6a0d-4f0e-9d3c-111111111111", input: { name: "x" }, idempotencyKey: "gone") { id } }',
    );
    expect(codesOf(answer)).toEqual(['NOT_FOUND']);
    expect((await city.ask('{ taskForce(id: "2c1d0c56-6a0d-4f0e-9d3c-111111111111") { id } }')).data).toEqual({
      taskForce: null,
    });
  });

  test('a cursor of the criteria as they were before they changed', async () => {
    const id = await createForce('changes');
    const page = await city.ask(rows, { id });
    const { endCursor } = (page.data!['taskForce'] as { cases: { pageInfo: { endCursor: string } } }).cases.pageInfo;
    const changed = await city.ask(
      'mutation ($id: ID!) { updateTaskForce(id: $id, input: { criteria: { stages: ["CLOSED"] } }, idempotencyKey: "changed") { id } }',
      { id },
    );
    expect(changed.errors).toBeUndefined();
    const next = await city.ask(rows, { id, after: endCursor });
    expect(codesOf(next)).toEqual(['BAD_CURSOR']);
    expect(next.data!['taskForce']).toMatchObject({ cases: null });
  });
});

describe('a court that is down', () => {
  test('is a gap of the task force’s cases, and its rows are missing from a total that says so', async () => {
    const id = await createForce('court down');
    const whole = await city.ask(rows, { id });
    towardsCourt = down;
    const answer = await city.ask(rows, { id });
    const of = (one: Answer) => (one.data!['taskForce'] as { cases: { totalCount: number } }).cases;
    const { code } = city.registry.courts[0]!;
    expect(of(answer)).toMatchObject({
      totalIsLowerBound: true,
      coverage: { complete: false, courts: [{ court: { code }, status: 'UNREACHABLE', reason: 'DOWN' }] },
    });
    expect(of(answer).totalCount).toBeLessThan(of(whole).totalCount);
    expect(answer.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNREACHABLE', court: code } }]);
  });

  test('makes the whole field an error for who wants everything or nothing', async () => {
    const id = await createForce('court down, all or nothing');
    towardsCourt = down;
    const answer = await city.ask(rows, { id, completeness: 'COMPLETE' });
    expect(answer.data!['taskForce']).toMatchObject({ id, cases: null });
    expect(codesOf(answer)).toEqual(['INCOMPLETE']);
  });
});

describe('a court that lies about task forces', () => {
  const two = `{ taskForces(first: 2) { edges { node { id cases(first: 50) {
    totalCount coverage { complete courts(only: GAPS) { status reason } } edges { node { stage } }
  } } } } }`;
  interface Force {
    readonly cases: { totalCount: number; coverage: { complete: boolean; courts: unknown[] } };
  }
  const forcesOf = (answer: Answer) =>
    (answer.data!['taskForces'] as { edges: { node: Force }[] }).edges.map(({ node }) => node.cases);
  /** Changes the court's list of entities. */
  const lying = (change: (list: Record<string, unknown>[]) => unknown[]) =>
    altered((answer) => {
      const list = answer.data?.['_entities'];
      if (Array.isArray(list)) answer.data!['_entities'] = change(list as Record<string, unknown>[]);
      return undefined;
    });
  const garbled = { complete: false, courts: [{ status: 'UNREACHABLE', reason: 'GARBLED' }] };

  beforeAll(async () => {
    await createForce('lies-1');
    await createForce('lies-2', { stages: ['CLOSED', 'INVESTIGATING', 'TERMINATED_MONITORED'] });
  });

  test('does not know one that exists: it is a gap, not "none"', async () => {
    towardsCourt = lying((list) => list.map(() => null));
    for (const { coverage } of forcesOf(await city.ask(two))) expect(coverage).toEqual(garbled);
  });

  test.each<[string, (list: Record<string, unknown>[]) => unknown[]]>([
    ['one in two ways', ([first, ...rest]) => [first, ...rest, { ...rest[0], _nonet_id: first!['_nonet_id'] }]],
    ['one that nobody asked about', (list) => [...list, { ...list[0], _nonet_id: 'another' }]],
    ['one under another’s id', ([first, second]) => [{ ...first, _nonet_id: second!['_nonet_id'] }, second]],
  ])('gives %s: nothing of its answer counts', async (_, change) => {
    const whole = forcesOf(await city.ask(two));
    towardsCourt = lying(change);
    const now = forcesOf(await city.ask(two));
    for (const [index, { coverage, totalCount }] of now.entries()) {
      expect(coverage).toEqual(garbled);
      expect(totalCount).toBeLessThanOrEqual(whole[index]!.totalCount);
    }
  });

  test('leaves out a value of one: the other is whole', async () => {
    towardsCourt = lying(([first, ...rest]) => {
      const { edges } = first!['cases'] as { edges: { node: Record<string, unknown> }[] };
      expect(edges.length).toBeGreaterThan(0);
      edges[0]!.node['stage'] = 17;
      return [first, ...rest];
    });
    const [blemished, other] = forcesOf(await city.ask(two));
    expect(blemished!.coverage).toEqual({
      complete: false,
      courts: [{ status: 'DEGRADED', reason: 'MISSING_VALUES' }],
    });
    expect(other!.coverage).toEqual({ complete: true, courts: [] });
  });
});

test('a change that the breaker did not let through was not made, and nobody says that it may have been', async () => {
  towardsCommand = down;
  for (let times = 0; times < 6; times += 1) await city.ask('{ taskForces { totalCount } }');
  const answer = await city.ask(create, { name: '行动', criteria: { stages: ['CLOSED'] }, key: 'not-sent' });
  expect(answer.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNREACHABLE', reason: 'BREAKER_OPEN' } }]);
  towardsCommand = well;
  await vi.waitFor(async () => expect((await city.ask('{ taskForces { totalCount } }')).errors).toBeUndefined(), {
    timeout: 5_000,
    interval: 100,
  });
});

test('pages below many task forces are bounded together', async () => {
  await createForce('bounded-1');
  await createForce('bounded-2');
  const { totalCount } = (await city.ask('{ taskForces { totalCount } }')).data!['taskForces'] as {
    totalCount: number;
  };
  expect(totalCount).toBeGreaterThan(10);
  const answer = await city.ask(
    '{ taskForces(first: 100) { edges { node { id cases(first: 100) { totalCount } } } } }',
  );
  expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
  expect(answer.errors![0]!.message).toMatch(/first may be at most \d+ here/);
});

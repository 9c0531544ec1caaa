import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { AskError } from '../../../gateway/asking/reply.ts';
import { upstreamText } from '../../support/faults.ts';
import { changeFields, dropFields } from '../../support/tampering.ts';
import {
  altered,
  codesOf,
  create,
  down,
  mute,
  rows,
  startFaultyForces,
  toKey,
  well,
  type FaultyForces,
} from './faulty-forces.ts';

let forces: FaultyForces;
let city: FaultyForces['city'];

beforeAll(async () => {
  forces = await startFaultyForces('changes');
  ({ city } = forces);
}, 120_000);
afterEach(() => forces.recover());
afterAll(() => forces[Symbol.asyncDispose]());

describe('a command centre that is down', () => {
  test('costs its own fields, and nothing of the courts', async () => {
    forces.towardsCommand = down;
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
    forces.towardsCommand = mute;
    const lost = await city.ask(create, { name: '行动', criteria: { stages: ['CLOSED'] }, key: 'lost-answer' });
    expect(lost.data).toEqual({ createTaskForce: null });
    expect(lost.errors).toMatchObject([
      { path: ['createTaskForce'], extensions: { code: 'UNKNOWN', idempotencyKey: 'lost-answer', reason: 'DOWN' } },
    ]);
    forces.towardsCommand = well;
    const again = await city.ask(create, { name: '行动', criteria: { stages: ['CLOSED'] }, key: 'lost-answer' });
    expect(again.errors).toBeUndefined();
    expect(await totalCount()).toBe(before + 1);
  });

  test('leaves two changes unknown, each under its own key, and repeats no key that may be somebody’s number', async () => {
    forces.towardsCommand = mute;
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
    forces.towardsCommand = altered((answer) => changeFields(answer, 'createTaskForce', () => null));
    const lost = await city.ask(create, { name: '行动', criteria: { stages: ['CLOSED'] }, key: 'nothing' });
    expect(codesOf(lost)).toEqual(['UNKNOWN']);
  });

  test('leaves a change unknown whose answer came garbled', async () => {
    forces.towardsCommand = altered((answer) => dropFields(answer, 'createTaskForce'));
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
    await forces.createForce('used twice');
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
    const id = await forces.createForce('changes');
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

test('a change that certainly never left the hub was not made, and nobody says that it may have been', async () => {
  forces.towardsCommand = () => () => Promise.reject(new AskError('DOWN', upstreamText, { wasSent: false }));
  const answer = await city.ask(create, { name: '行动', criteria: { stages: ['CLOSED'] }, key: 'not-reached' });
  expect(answer.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNREACHABLE', reason: 'DOWN' } }]);
  expect(JSON.stringify(answer)).not.toContain(upstreamText);
});

test('a change that the breaker did not let through was not made, and nobody says that it may have been', async () => {
  forces.towardsCommand = down;
  for (let times = 0; times < 6; times += 1) await city.ask('{ taskForces { totalCount } }');
  const answer = await city.ask(create, { name: '行动', criteria: { stages: ['CLOSED'] }, key: 'not-sent' });
  expect(answer.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNREACHABLE', reason: 'BREAKER_OPEN' } }]);
  forces.towardsCommand = well;
  await vi.waitFor(async () => expect((await city.ask('{ taskForces { totalCount } }')).errors).toBeUndefined(), {
    timeout: 5_000,
    interval: 100,
  });
});

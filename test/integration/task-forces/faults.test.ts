import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { Answer } from '../../../common/wire.ts';
import { upstreamText } from '../../support/faults.ts';
import { changeFields, dropFields, failFields } from '../../support/tampering.ts';
import { altered, codesOf, down, rows, startFaultyForces, type FaultyForces } from './faulty-forces.ts';

let forces: FaultyForces;
let city: FaultyForces['city'];

beforeAll(async () => {
  forces = await startFaultyForces('faulty task forces');
  ({ city } = forces);
}, 120_000);
afterEach(() => forces.recover());
afterAll(() => forces[Symbol.asyncDispose]());

describe('criteria that got lost', () => {
  test.each<[string, (answer: Answer) => unknown]>([
    ['fail', (answer) => failFields(answer, 'criteria', upstreamText)],
    ['are null', (answer) => changeFields(answer, 'criteria', () => null)],
    ['are left out', (answer) => dropFields(answer, 'criteria')],
    ['come without one condition', (answer) => dropFields(answer, 'stages')],
    ['come with a condition that failed', (answer) => failFields(answer, 'creditorName', upstreamText)],
    ['are no criteria', (answer) => changeFields(answer, 'criteria', () => 'all')],
  ])('and %s never become the whole city', async (what, change) => {
    const id = await forces.createForce(`lost-${what}`, { creditorName: '徐州' });
    forces.towardsCommand = altered(change);
    forces.courtCalls = 0;
    const answer = await city.ask(rows, { id });
    expect(forces.courtCalls).toBe(0);
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

describe('a court that is down', () => {
  test('is a gap of the task force’s cases, and its rows are missing from a total that says so', async () => {
    const id = await forces.createForce('court down');
    const whole = await city.ask(rows, { id });
    forces.towardsCourt = down;
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
    const id = await forces.createForce('court down, all or nothing');
    forces.towardsCourt = down;
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
    await forces.createForce('lies-1');
    await forces.createForce('lies-2', { stages: ['CLOSED', 'INVESTIGATING', 'TERMINATED_MONITORED'] });
  });

  test('does not know one that exists: it is a gap, not "none"', async () => {
    forces.towardsCourt = lying((list) => list.map(() => null));
    for (const { coverage } of forcesOf(await city.ask(two))) expect(coverage).toEqual(garbled);
  });

  test.each<[string, (list: Record<string, unknown>[]) => unknown[]]>([
    ['one in two ways', ([first, ...rest]) => [first, ...rest, { ...rest[0], _nonet_id: first!['_nonet_id'] }]],
    ['one that nobody asked about', (list) => [...list, { ...list[0], _nonet_id: 'another' }]],
    ['one under another’s id', ([first, second]) => [{ ...first, _nonet_id: second!['_nonet_id'] }, second]],
  ])('gives %s: nothing of its answer counts', async (_, change) => {
    const whole = forcesOf(await city.ask(two));
    forces.towardsCourt = lying(change);
    const now = forcesOf(await city.ask(two));
    for (const [index, { coverage, totalCount }] of now.entries()) {
      expect(coverage).toEqual(garbled);
      expect(totalCount).toBeLessThanOrEqual(whole[index]!.totalCount);
    }
  });

  test('leaves out a value of one: the other is whole', async () => {
    forces.towardsCourt = lying(([first, ...rest]) => {
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

test('pages below many task forces are bounded together', async () => {
  await forces.createForce('bounded-1');
  await forces.createForce('bounded-2');
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

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { Ask } from '../../../common/wire.ts';
import { joined } from '../../../gateway/membership/membership.ts';
import { createOlderCourt } from '../../support/older-court.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';
import { askExplained, example, explain, stepOf } from './explained.ts';

describe('an explained question', () => {
  let city: TestCity;
  let codes: readonly string[];
  const asked: string[] = [];
  const seeing =
    (id: string, ask: Ask): Ask =>
    (...question) => (asked.push(id), ask(...question));

  beforeAll(async () => {
    city = await startTestCity({
      casesPerCourt: 20,
      seed: 'explain',
      between: seeing,
      betweenAgency: seeing,
      betweenCommand: (ask) => seeing('command', ask),
    });
    codes = city.registry.courts.map(({ code }) => code);
  }, 120_000);
  afterAll(() => city[Symbol.asyncDispose]());
  afterEach(() => {
    asked.splice(0);
    for (const code of codes) city.hub.roll.judge(code, joined);
  });

  it('asks nobody for its plan, and gives no field of the answer, not even as null', async () => {
    const { answer, account } = await explain(city, 'PLAN', example('city-wide'), { filter: {} });
    expect(asked).toEqual([]);
    expect(answer.data).toEqual({});
    expect(answer.errors).toBeUndefined();
    expect(account.mode).toBe('PLAN');
    expect(account.steps.some((step) => 'happened' in step)).toBe(false);
  });

  it('says of the city-wide page each hop, whom it may ask, and how much at most', async () => {
    const { account } = await explain(city, 'PLAN', example('city-wide'), { filter: {} });
    const [parties, persons] = [50 * 200, 50 * 200];
    expect(stepOf(account, 'city')).toMatchObject({
      kind: 'GATHERED',
      path: '',
      about: null,
      calls: { most: 2 * 9 },
      rows: { most: 9 * 50 },
      questions: [{ path: 'cases', asked: codes, spared: [] }],
    });
    const court = { about: { most: 50 }, calls: { most: 9 }, rows: { most: 50 + parties + persons } };
    expect(stepOf(account, 'court')).toMatchObject({ kind: 'ROUTED', path: 'cases.edges[].node', ...court });
    const reach = { about: { most: persons }, calls: { most: 9 }, rows: { most: 9 * (persons + persons * 100) } };
    expect(stepOf(account, 'reach')).toMatchObject({ path: 'cases.edges[].node.debtors[].person', ...reach });
    for (const agency of ['bank', 'property', 'vehicle']) {
      expect(stepOf(account, agency)).toMatchObject({ kind: 'AGENCY', calls: { most: 1 }, rows: { most: parties } });
    }
    expect(account.totals.calls).toEqual({ most: 39, why: null });
    expect([...account.totals.agencies].sort()).toEqual(['bank', 'property', 'vehicle']);
    const order = Object.fromEntries(account.steps.map(({ number, subgraph }) => [subgraph, number]));
    expect(stepOf(account, 'reach').after).toEqual([order['court']]);
  });

  it('says beside it what happened: every call with its outcome and its rows', async () => {
    const { answer, account } = await explain(city, 'RESULT', example('city-wide'), { filter: {} });
    expect(answer.data?.['cases']).toMatchObject({ totalCount: 180 });
    const { happened } = stepOf(account, 'city');
    expect(happened!.answers.map(({ id }) => id).sort()).toEqual([...codes].sort());
    expect(happened!.answers.every(({ outcome, rows }) => outcome === 'ANSWERED' && rows === 14)).toBe(true);
    expect(stepOf(account, 'bank').happened).toMatchObject({ calls: 1 });
    expect(account.totals.happened).toMatchObject({ calls: asked.length });
  });

  it('spares the courts that a filter excludes, at every hop that can only have their rows', async () => {
    const { account } = await explain(city, 'PLAN', example('city-wide'), { filter: { courts: ['苏0312'] } });
    const [question] = stepOf(account, 'city').questions;
    expect(question!.asked).toEqual(['苏0312']);
    expect(question!.spared).toHaveLength(8);
    expect(question!.spared[0]).toEqual({
      court: '苏03',
      code: 'EXCLUDED',
      argument: 'filter.courts',
      gap: false,
      reason: 'The argument filter.courts excludes it.',
    });
    expect(stepOf(account, 'court').questions[0]).toMatchObject({ asked: ['苏0312'] });
    expect(stepOf(account, 'court').questions[0]!.spared.map(({ code }) => code)).toEqual(
      Array(8).fill('NO_ROWS_BEFORE'),
    );
    // A debtor of that court may have cases anywhere.
    expect(stepOf(account, 'reach').questions[0]!.asked).toEqual(codes);
  });

  it('spares the courts that no case number of the filter names, and never repeats the number', async () => {
    const { number } = city.records.get('苏0305')![0]!;
    const { account } = await explain(city, 'RESULT', example('statistics'), { filter: { numbers: [number] } });
    const [question] = stepOf(account, 'city').questions;
    expect(question).toMatchObject({ path: 'caseStatistics', asked: ['苏0305'] });
    expect(question!.spared.every(({ argument }) => argument === 'filter.numbers')).toBe(true);
    expect(asked).toEqual(['苏0305']);
    expect(JSON.stringify(account)).not.toContain(number);
  });

  it('asks the one court that a case number names', async () => {
    const { number } = city.records.get('苏0324')![0]!;
    const { account } = await explain(city, 'RESULT', example('case-by-number'), { number });
    expect(stepOf(account, 'court')).toMatchObject({
      kind: 'ROUTED',
      calls: { most: 1 },
      rows: { most: 201 },
      questions: [{ path: 'case', asked: ['苏0324'] }],
    });
    expect(account.totals.courts).toMatchObject({ asked: ['苏0324'] });
    expect(stepOf(account, 'registry')).toMatchObject({ calls: { most: 0 }, rows: { most: 0 }, questions: [] });
    expect(asked).toEqual(['苏0324']);
  });

  it('spares everybody but the one court that can know a person without an identity number', async () => {
    const query = '{ cases(first: 100) { edges { node { debtors { person { id identified } } } } } }';
    const { data } = await city.ask(query);
    const text = JSON.stringify(data);
    const id = /"id":"([^"]+)","identified":false/.exec(text)?.[1];
    expect(id, 'somebody in the city has no identity number').toBeDefined();
    const { account } = await explain(city, 'RESULT', 'query($id: ID!) { person(id: $id) { id name } }', { id });
    const question = account.steps[0]!.questions[0]!;
    expect(question.asked).toHaveLength(1);
    expect(question.spared.every(({ code }) => code === 'ONE_COURT')).toBe(true);
    expect(JSON.stringify(account)).not.toContain(id);
  });

  it('counts the pages of a list of task forces no higher than the hub lets anybody ask for them', async () => {
    const mutation = `mutation($key: ID!) {
      createTaskForce(input: { name: "清查", criteria: { courts: ["苏0312"] } }, idempotencyKey: $key) { id } }`;
    for (const key of [randomUUID(), randomUUID()]) expect((await city.ask(mutation, { key })).errors).toBeUndefined();
    asked.splice(0);
    const query =
      '{ taskForces(first: 100) { edges { node { name cases(first: 100) { edges { node { number } } } } } } }';
    const { account } = await explain(city, 'RESULT', query);
    // Ten pages of a hundred rows are the most that is lawful, from each of nine courts.
    expect(stepOf(account, 'reach')).toMatchObject({ about: { most: 100 }, rows: { most: 9 * (100 + 10 * 100) } });
    expect(stepOf(account, 'reach').happened!.answers.map(({ id }) => id)).toEqual(['苏0312']);
    expect(stepOf(account, 'command')).toMatchObject({ kind: 'COMMAND_CENTRE', happened: { calls: 1, rows: 2 } });
    const { account: joint } = await explain(city, 'PLAN', example('joint-task-force'), { first: 20 });
    expect(joint.totals.calls.most).toBe(1 + 9 + 9 + 9 + 3);
  });

  it('changes nothing when a change is only planned', async () => {
    const mutation = `mutation { createTaskForce(input: { name: "无", criteria: { courts: ["苏03"] } },
      idempotencyKey: "${randomUUID()}") { id cases { totalCount } } }`;
    const { account } = await explain(city, 'PLAN', mutation);
    expect(asked).toEqual([]);
    expect(stepOf(account, 'command')).toMatchObject({ calls: { most: 1 }, rows: { most: 1 } });
  });

  it('tells courts that do not take part as spared, and as gaps', async () => {
    city.hub.roll.judge('苏0312', { kind: 'quarantined', faults: [] });
    city.hub.roll.judge('苏0382', { kind: 'unread' });
    const { answer, account } = await explain(city, 'RESULT', example('statistics'), { filter: {} });
    const [question] = stepOf(account, 'city').questions;
    expect(question!.spared).toEqual([
      expect.objectContaining({ court: '苏0312', code: 'QUARANTINED', gap: true }),
      expect.objectContaining({ court: '苏0382', code: 'UNREAD', gap: true }),
    ]);
    expect(stepOf(account, 'city')).toMatchObject({ calls: { most: 7 }, happened: { calls: 7 } });
    const unasked = stepOf(account, 'city').happened!.answers.filter((own) => !own.asked);
    expect(unasked.map(({ id }) => id).sort()).toEqual(['苏0312', '苏0382']);
    expect(asked.sort()).toEqual(codes.filter((code) => code !== '苏0312' && code !== '苏0382').sort());
    expect(answer.errors).toHaveLength(2);
  });

  it('spares a court whose program does not know the filter, and tells it as a gap', async () => {
    const older = createOlderCourt('苏0312');
    const { capability } = older.lose('CaseFilter.province');
    city.hub.roll.judge('苏0312', { kind: 'joined', capability });
    const { account } = await explain(city, 'RESULT', example('statistics'), { filter: { province: '江苏省' } });
    expect(stepOf(account, 'city').questions[0]!.spared).toEqual([
      expect.objectContaining({ court: '苏0312', code: 'UNSUPPORTED', gap: true }),
    ]);
    expect(asked).toHaveLength(8);
    expect(JSON.stringify(account)).not.toContain('江苏省');
  });

  it('leaves out steps that a condition excludes', async () => {
    const query = `query($bank: Boolean = false) { cases(first: 2) { edges { node { number debtors {
      name bank @include(if: $bank) { status } } } } } }`;
    const { account } = await explain(city, 'RESULT', query);
    expect(account.totals.agencies).toEqual([]);
    const { account: other } = await explain(city, 'PLAN', query, { bank: true });
    expect(other.totals.agencies).toEqual(['bank']);
  });

  it('counts rows under other names, and hidden ones, as rows', async () => {
    const query =
      '{ page: cases(first: 3) { a: edges { cursor } b: edges { n: node { debtors: number } } } none: cases(first: 2) { totalCount } }';
    const { account } = await explain(city, 'RESULT', query);
    const { rows, happened } = stepOf(account, 'city');
    expect(rows.most).toBe(9 * 3 + 9 * 2);
    expect(happened!.rows).toBe(9 * 3 + 9 * 2);
    expect(account.steps.every(({ questions }) => questions.every(({ path }) => !path.includes('_nonet_')))).toBe(true);
  });

  it('says of introspection and of the registry alone that nobody is asked', async () => {
    const { account } = await explain(city, 'PLAN', '{ courts { code } __schema { queryType { name } } }');
    expect(account.totals).toMatchObject({ calls: { most: 0 }, rows: { most: 0 }, courts: { asked: [] } });
    const { account: none } = await explain(city, 'RESULT', '{ __typename }');
    expect(none).toMatchObject({ steps: [], totals: { happened: { calls: 0, rows: 0 } } });
  });

  it.each([
    ['a page that is too large', '{ cases(first: 500) { totalCount } }', 'BAD_USER_INPUT', ['cases']],
    [
      'a court that is none',
      '{ caseStatistics(filter: { courts: ["苏9"] }) { count } }',
      'UNKNOWN_COURT',
      ['caseStatistics'],
    ],
    ['a cursor that is none', '{ cases(after: "now") { totalCount } }', 'BAD_CURSOR', ['cases']],
    ['a case of a foreign court', '{ case(number: "（2017）沪01执1号") { stage } }', 'UNKNOWN_COURT', ['case']],
    [
      'a page too large below',
      '{ person(id: "u1.x") { cases(first: 500) { number } } }',
      'BAD_USER_INPUT',
      ['person', 'cases'],
    ],
  ])('tells %s as the question itself would, without asking anybody', async (_, query, code, path) => {
    const { answer, account } = await explain(city, 'PLAN', query);
    expect(answer.errors?.map(({ extensions, path: at }) => [extensions?.['code'], at])).toEqual([[code, path]]);
    expect(asked).toEqual([]);
    expect(account.steps.length).toBeGreaterThan(0);
    if (path.length > 1) return;
    const { answer: ran } = await explain(city, 'RESULT', query);
    expect(ran.errors).toEqual(answer.errors);
    expect(asked).toEqual([]);
  });

  it('refuses variables that are not valid, and a word that says nothing', async () => {
    const refused = await askExplained(city, 'PLAN', 'query($n: Int) { cases(first: $n) { totalCount } }', { n: 'x' });
    expect(refused.errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    expect(refused.extensions?.['explain']).toBeUndefined();
    for (const word of ['EVERYTHING', null, true, ['PLAN']]) {
      const unknown = await askExplained(city, word, '{ courts { code } }');
      expect(unknown.errors).toEqual([
        expect.objectContaining({
          message: expect.stringContaining('"PLAN"') as string,
          extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) as object,
        }),
      ]);
    }
    expect(asked).toEqual([]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Viewer } from '../../../common/viewer.ts';
import type { Answer } from '../../../common/wire.ts';
import { someViewer } from '../../support/viewers.ts';
import { signed, tongshan } from '../control/fixture.ts';
import {
  account,
  codeOf,
  createForce,
  freeze,
  idNumber,
  issue,
  newKey,
  order,
  revoke,
  startChangingCity,
  writInput,
  type ChangingCity,
} from './changing-city.ts';

const toldJudge = { subject: tongshan.subject, role: 'judge', court: '苏0312', dutyCertificate: 'Z1' };

let city: ChangingCity;
beforeAll(async () => {
  city = await startChangingCity();
});
beforeEach(() => city.recover());
afterAll(() => city[Symbol.asyncDispose]());

describe('a change at a court is recorded when its answer goes out', () => {
  it('a writ that is issued: who, in which case, about whom, which number, and that it was made', async () => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    const input = writInput(caseNumber);
    const { answer, records } = await city.change(issue, { input, key: newKey() });
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({ issueWrit: { writ: { number: input.number } } });
    const { data } = await city.ask(`{ case(number: "${caseNumber}") { parties { id person { id } } } }`);
    const { parties } = (data as { case: { parties: { id: string; person: { id: string } }[] } }).case;
    expect(records).toEqual([
      {
        ...{ kind: 'record', n: expect.any(Number) as unknown, prev: expect.any(String) as unknown },
        ...{ at: expect.any(String) as unknown, request: expect.any(String) as unknown, who: toldJudge },
        ...{ purpose: '执行', agency: null, change: 'issueWrit', holder: '苏0312', fields: ['issueWrit.writ.number'] },
        idempotencyMark: expect.stringMatching(/^[\w-]{22}$/) as unknown,
        ...{ case: caseNumber, party: city.trail.marks.party(caseNumber, '3'), writ: input.number },
        person: parties.find(({ id }) => id === '3')!.person.id,
        ...{ taskForce: null, status: 'MADE', reason: null, order: null, action: null },
      },
    ]);
    expect((await city.own.verified()).fault).toBeNull();
  });

  it('a writ that is revoked, and who was asked about is found by his own id', async () => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    const { data } = await city.ask(
      `{ case(number: "${caseNumber}") { parties { person { id } writ { number } } } }`,
      {},
      someViewer,
    );
    const [party] = (data as { case: { parties: { person: { id: string }; writ: { number: string } }[] } }).case
      .parties;
    const input = { caseNumber, partyId: '1', number: party!.writ.number, reason: '债务已清偿' };
    const { answer, records } = await city.change(revoke, { input, key: newKey() });
    expect(answer.data).toEqual({ revokeWrit: { __typename: 'WritChange' } });
    expect(records).toMatchObject([
      { change: 'revokeWrit', writ: party!.writ.number, person: party!.person.id, status: 'MADE', fields: [] },
    ]);
    expect(JSON.stringify(records)).not.toContain('债务已清偿');
    const found = await city.pageOf(`trailOfPerson(person: "${party!.person.id}", first: 1)`);
    expect(found.nodes).toMatchObject([{ change: 'revokeWrit', holder: '苏0312', agency: null }]);
  });

  it('an order, with its id, whether the client asks for that or not; no account and no amount', async () => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    const { answer, records } = await city.change(order, { input: freeze(caseNumber), key: newKey() });
    expect(answer.data).toEqual({ orderMeasure: { order: { action: 'FREEZE' } } });
    const { data } = await city.ask(`{ case(number: "${caseNumber}") { measureOrders { id } } }`);
    const [{ id }] = (data as { case: { measureOrders: [{ id: string }] } }).case.measureOrders;
    expect(records).toMatchObject([
      { change: 'orderMeasure', order: id, action: 'FREEZE', writ: signed.number, status: 'MADE', case: caseNumber },
    ]);
    const { data: known } = await city.ask(`{ case(number: "${caseNumber}") { debtors { id person { id } } } }`);
    const { debtors } = (known as { case: { debtors: { id: string; person: { id: string } }[] } }).case;
    const debtor = debtors.find(({ id: own }) => own === '1')!.person.id;
    expect(records[0]!['person']).toBe(debtor);
    const text = JSON.stringify(records);
    for (const secret of [account.KHZH, '1234.56', idNumber]) expect(text).not.toContain(secret);

    const release = { ...signed, caseNumber, action: 'RELEASE', originId: id };
    const released = await city.change(order, { input: release, key: newKey() });
    expect(released.records).toMatchObject([
      { change: 'orderMeasure', action: 'RELEASE', party: city.trail.marks.party(caseNumber, '1'), status: 'MADE' },
    ]);
    expect(released.records[0]!['person']).toBe(debtor);
  });

  it('and carried out in the same operation it has a record of each', async () => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    const query = order.replace('{ action }', '{ id bank { status } }');
    const { answer, records } = await city.change(query, { input: freeze(caseNumber), key: newKey() });
    const { id } = (answer.data as { orderMeasure: { order: { id: string } } }).orderMeasure.order;
    expect(records).toMatchObject([
      { change: 'orderMeasure', agency: null, order: id, status: 'MADE' },
      { agency: 'bank', order: id, action: 'FREEZE' },
    ]);
  });

  it('several changes of one request are several records', async () => {
    const [one, other] = [await city.caseAgainst(idNumber), await city.caseAgainst(idNumber)];
    const query = `mutation ($a: IssueWritInput!, $b: IssueWritInput!, $k: ID!, $l: ID!, $not: Boolean!) {
      a: issueWrit(input: $a, idempotencyKey: $k) { writ { number } }
      b: issueWrit(input: $b, idempotencyKey: $l) { writ { number } }
      c: issueWrit(input: $b, idempotencyKey: $l) @skip(if: $not) { writ { number } } }`;
    const inputs = { a: writInput(one.caseNumber), b: { ...writInput(other.caseNumber), agencies: [] } };
    const { records } = await city.change(query, { ...inputs, k: newKey(), l: newKey(), not: true });
    expect(records).toMatchObject([
      { case: one.caseNumber, status: 'MADE' },
      { case: other.caseNumber, status: 'REFUSED', reason: 'BAD_USER_INPUT' },
    ]);
  });
});

describe('what the hub asks for the record alone', () => {
  const told = { data: { issueWrit: { writ: { number: 'W' } } } };
  const party = (caseNumber: string) => ({ _nonet_caseNumber: caseNumber, _nonet_id: '3' });
  const person = { _nonet_id: `p1.${'A'.repeat(43)}` };

  it.each<[string, (caseNumber: string) => unknown, (string | number)[] | null]>([
    ['fails', (own) => ({ ...party(own), _nonet_person: null }), ['_nonet_party', '_nonet_person']],
    ['fails as a whole', () => null, ['_nonet_party']],
    ['is left out', () => undefined, null],
    ['is not of its type', () => [[5]], null],
    ['is of another case', () => ({ ...party('（2017）苏0312执999999号'), _nonet_person: person }), null],
    ['is of another court', () => ({ ...party('（2017）苏0303执1号'), _nonet_person: person }), null],
  ])('is null in it where it %s, and the client, who did not ask for it, is told nothing', async (_, thing, path) => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    const errors = path && [{ message: 'is being rebuilt', path: ['issueWrit', ...path] }];
    const data = { issueWrit: { ...told.data.issueWrit, _nonet_party: thing(caseNumber) } };
    city.court = () => () => Promise.resolve({ data, ...(errors && { errors }) } as Answer);
    const { answer, records } = await city.change(issue, { input: writInput(caseNumber), key: newKey() });
    expect([answer.data, answer.errors]).toEqual([told.data, undefined]);
    expect(records).toMatchObject([{ status: 'MADE', person: null }]);
    expect(records[0]!['party']).toBe(city.trail.marks.party(caseNumber, '3'));
  });

  it('stands in it where nothing is wrong with it', async () => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    const data = {
      issueWrit: { ...told.data.issueWrit, _nonet_party: { ...party(caseNumber), _nonet_person: person } },
    };
    city.court = () => () => Promise.resolve({ data });
    const { records } = await city.change(issue, { input: writInput(caseNumber), key: newKey() });
    expect(records).toMatchObject([{ status: 'MADE', person: person._nonet_id }]);
  });

  it('and what the client asked for himself is told as ever', async () => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    const query = issue.replace('{ writ { number } }', '{ party { person { id } } }');
    const own = { caseNumber, id: '3', ...party(caseNumber), person: null };
    const errors = [{ message: 'is being rebuilt', path: ['issueWrit', 'party', 'person'] }];
    city.court = () => () =>
      Promise.resolve({ data: { issueWrit: { party: own, _nonet_party: party(caseNumber) } }, errors } as Answer);
    const { answer } = await city.change(query, { input: writInput(caseNumber), key: newKey() });
    expect(answer.data).toEqual({ issueWrit: { party: { person: null } } });
    expect(answer.errors).toMatchObject([{ path: ['issueWrit', 'person'], extensions: { code: 'UPSTREAM_ERROR' } }]);
  });
});

describe('a change at the command centre is recorded', () => {
  it('made, with the task force that it made or changed, and refused', async () => {
    const made = await city.change(createForce, { name: '专项', key: newKey() }, someViewer);
    const { data } = await city.ask('{ taskForces(first: 1) { edges { node { id } } } }', {}, someViewer);
    const [{ node }] = (data as { taskForces: { edges: [{ node: { id: string } }] } }).taskForces.edges;
    const common = { holder: 'command', agency: null, case: null, party: null, person: null };
    expect(made.answer.data).toEqual({ createTaskForce: { name: '专项' } });
    expect(made.records).toMatchObject([{ ...common, change: 'createTaskForce', taskForce: node.id, status: 'MADE' }]);
    const update = `mutation ($id: ID!, $key: ID!) {
      updateTaskForce(id: $id, input: { name: "另名" }, idempotencyKey: $key) { name } }`;
    const refused = await city.change(update, { id: node.id, key: newKey() }, tongshan);
    expect(codeOf(refused.answer)).toBe('FORBIDDEN');
    expect(refused.records).toMatchObject([
      { ...common, change: 'updateTaskForce', taskForce: node.id, status: 'REFUSED', reason: 'FORBIDDEN' },
    ]);
    expect(JSON.stringify([made.records, refused.records])).not.toMatch(/专项|另名/);
  });
});

it('no answer goes out of a change that cannot be recorded; asked again under its key it is made once', async () => {
  const { caseNumber } = await city.caseAgainst(idNumber);
  const key = newKey();
  for (const input of [writInput(caseNumber), { ...writInput(caseNumber), agencies: ['POLICE'] }]) {
    city.append = () => Promise.reject(new Error('disk full'));
    const { answer } = await city.change(issue, { input, key });
    expect(answer).toEqual({
      errors: [
        {
          message: expect.stringContaining('with the same idempotencyKey') as unknown,
          extensions: { code: 'NOT_RECORDED' },
        },
      ],
    });
  }
  city.append = (records) => city.trail.append(records);
  const { answer, records } = await city.change(issue, { input: writInput(caseNumber), key });
  expect(answer.errors).toBeUndefined();
  expect(records).toMatchObject([{ change: 'issueWrit', status: 'MADE' }]);
});

it('a plan of a change, which changes nothing, is not recorded', async () => {
  const { caseNumber } = await city.caseAgainst(idNumber);
  const before = city.own.lines().length;
  const contextValue = city.city.hub.contextOf(new AbortController().signal, undefined, tongshan);
  const variables = { input: writInput(caseNumber), key: newKey() };
  await city.city.hub.apollo.executeOperation(
    { query: issue, variables, extensions: { explain: 'PLAN' } },
    { contextValue },
  );
  expect(city.own.lines().slice(before)).toEqual([]);
});

it('auditors see what an officer changed and tried to change, in pages, newest first', async () => {
  const officer: Viewer = { ...tongshan, subject: 'judge-of-pages' };
  const { caseNumber } = await city.caseAgainst(idNumber);
  await city.change(issue, { input: writInput(caseNumber), key: newKey() }, officer);
  await city.change(issue, { input: writInput(caseNumber), key: newKey() }, officer);
  await city.ask(`{ case(number: "${caseNumber}") { debtors { bank { status } } } }`, {}, officer);
  await city.change(order, { input: freeze(caseNumber), key: newKey() }, { ...officer, court: '苏0303' });
  const field = (after = '') => `trailOfOfficer(subject: "judge-of-pages", first: 2${after})`;
  const first = await city.pageOf(field());
  expect(first.nodes[0]).toEqual({
    ...{ subject: 'judge-of-pages', role: 'judge', court: '苏0303', dutyCertificate: 'Z1', agency: null },
    ...{ change: 'orderMeasure', holder: '苏0312', caseNumber, person: null, writ: signed.number, action: 'FREEZE' },
    ...{ order: null, taskForce: null, status: 'REFUSED', reason: 'FORBIDDEN', withheld: false },
  });
  const nodes = [...first.nodes];
  for (let { end } = first; end !== null;) {
    const page = await city.pageOf(field(`, after: "${end}"`));
    nodes.push(...page.nodes);
    end = page.end;
  }
  expect(nodes.map(({ change, agency, status }) => [change, agency, status])).toEqual([
    ['orderMeasure', null, 'REFUSED'],
    ...Array.from({ length: 2 }, () => [null, 'bank', expect.any(String) as unknown]),
    ['issueWrit', null, 'REFUSED'],
    ['issueWrit', null, 'MADE'],
  ]);
  const party = await city.pageOf(`trailOfParty(caseNumber: "${caseNumber}", party: "3", first: 50)`);
  expect(party.nodes.filter(({ change }) => change !== null)).toMatchObject([
    { change: 'issueWrit', status: 'REFUSED', reason: 'BAD_USER_INPUT' },
    { change: 'issueWrit', status: 'MADE' },
  ]);
});

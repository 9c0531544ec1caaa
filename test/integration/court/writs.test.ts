import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { toClaims, type Viewer } from '../../../common/viewer.ts';
import { viewerHeader, type Answer } from '../../../common/wire.ts';
import { createCourts, tongshan, type Courts, type RunningCourt } from './court.ts';
import { caseRecord, partyRecord, writ } from './records.ts';

const judge: Viewer = {
  subject: 'judge-li',
  role: 'judge',
  court: tongshan.code,
  taskForces: [],
  workId: 'G1',
  dutyCertificate: 'Z1',
};
const number = '（2017）苏0312执1号';
const input = {
  caseNumber: number,
  partyId: '1',
  number: '（2018）苏0312执1号之一',
  agencies: ['BANK', 'VEHICLE'],
  signedBy: '李法官',
  validUntil: '2018-06-30',
  handlerName: '赵助理',
  handlerPhone: '0516-80000001',
  workIdNumber: 'G0001',
  dutyCertificateNumber: 'Z0001',
};
const fields = 'number agencies signedBy signedOn validUntil courtCode handlerName dutyCertificateNumber';
const issueMutation = `mutation ($input: IssueWritInput!, $key: ID!) {
  issueWrit(input: $input, idempotencyKey: $key) { party { id name writ { number } } writ { ${fields} } } }`;
const revokeMutation = `mutation ($input: RevokeWritInput!, $key: ID!) {
  revokeWrit(input: $input, idempotencyKey: $key) { party { id writ { number } } writ { number } } }`;

let courts: Courts;
let running: RunningCourt;
beforeAll(async () => {
  courts = await createCourts();
});
afterAll(() => courts.stop());
beforeEach(async () => {
  running = await courts.start([
    caseRecord({
      number,
      parties: [
        partyRecord({ ordinal: 1, name: '王某甲' }),
        partyRecord({ ordinal: 2, name: '孙某', writ: { ...writ, validUntil: '2018-12-31' } }),
        partyRecord({ ordinal: 3, name: '钱某', writ: { ...writ, number: '旧', validUntil: '2017-12-31' } }),
        partyRecord({ ordinal: 4, name: '徐工', role: 'APPLICANT' }),
      ],
    }),
  ]);
});

function change(query: string, given: object, key: string, viewer: Viewer | null = judge): Promise<Answer> {
  const headers = viewer === null ? {} : { [viewerHeader]: JSON.stringify(toClaims(viewer)) };
  return running.court.ask({ query, variables: { input: given, key } }, AbortSignal.timeout(10_000), headers);
}
const issue = (given: object, key = 'k1', viewer: Viewer | null = judge) => change(issueMutation, given, key, viewer);
const revoke = (given: object, key = 'r1', viewer: Viewer | null = judge) => change(revokeMutation, given, key, viewer);
const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions;
async function writsNow(): Promise<unknown> {
  const { case: found } = await running.data(`{ case(number: "${number}") { parties { writ { number } } } }`);
  return found.parties;
}

it('a judge issues a writ, and it stands at its party from then on', async () => {
  const { data, errors } = await issue(input);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    issueWrit: {
      party: { id: '1', name: '王某甲', writ: { number: input.number } },
      writ: {
        number: input.number,
        agencies: ['BANK', 'VEHICLE'],
        signedBy: '李法官',
        signedOn: '2018-01-04',
        validUntil: '2018-06-30',
        courtCode: '苏0312',
        handlerName: '赵助理',
        dutyCertificateNumber: 'Z0001',
      },
    },
  });
  expect(await writsNow()).toEqual([
    { writ: { number: input.number } },
    { writ: { number: writ.number } },
    { writ: { number: '旧' } },
    { writ: null },
  ]);
});

it('a judge revokes a writ, and the party has none; the number is not used again', async () => {
  const { data } = await revoke({ caseNumber: number, partyId: '2', number: writ.number, reason: '已履行' });
  expect(data).toEqual({ revokeWrit: { party: { id: '2', writ: null }, writ: null } });
  expect(codeOf(await issue({ ...input, partyId: '2', number: writ.number }))).toMatchObject({
    code: 'BAD_USER_INPUT',
    argument: 'input.number',
  });
  expect((await issue({ ...input, partyId: '2' }, 'k2')).errors).toBeUndefined();
});

it('a writ follows one whose last day is over', async () => {
  expect((await issue({ ...input, partyId: '3' })).errors).toBeUndefined();
  expect(codeOf(await issue({ ...input, number: '旧' }, 'k2'))).toMatchObject({ argument: 'input.number' });
});

it('asked for again a change gives the same answer and is made once', async () => {
  const [first, again] = await Promise.all([issue(input), issue(input)]);
  expect(first.errors).toBeUndefined();
  expect(again).toEqual(first);
  expect(await issue(input)).toEqual(first);
  await revoke({ caseNumber: number, partyId: '1', number: input.number, reason: '错误' });
  const { data } = await issue(input);
  expect(data).toEqual({
    issueWrit: { ...(first.data!['issueWrit'] as object), party: { id: '1', name: '王某甲', writ: null } },
  });
});

it('a key is one change of one judge', async () => {
  await issue(input);
  const conflict = { code: 'IDEMPOTENCY_CONFLICT', argument: 'idempotencyKey' };
  expect(codeOf(await issue({ ...input, number: 'other' }))).toEqual(conflict);
  expect(codeOf(await issue(input, 'k1', { ...judge, subject: 'judge-wu' }))).toEqual(conflict);
  expect(codeOf(await revoke({ caseNumber: number, partyId: '1', number: input.number, reason: 'x' }, 'k1'))).toEqual(
    conflict,
  );
});

it.each<[string, Viewer | null]>([
  ['nobody', null],
  ['a judge of another court', { ...judge, court: '苏0303' }],
  ['an assistant', { ...judge, role: 'assistant' }],
  ['the command centre', { ...judge, role: 'command-centre' }],
  ['a lawyer', { ...judge, role: 'lawyer', court: null, workId: null, dutyCertificate: null }],
])('%s issues and revokes nothing', async (_, viewer) => {
  expect(codeOf(await issue(input, 'k1', viewer))).toEqual({ code: 'FORBIDDEN' });
  const revoked = await revoke({ caseNumber: number, partyId: '2', number: writ.number, reason: 'x' }, 'r1', viewer);
  expect(codeOf(revoked)).toEqual({ code: 'FORBIDDEN' });
  expect(await writsNow()).toEqual([
    { writ: null },
    { writ: { number: writ.number } },
    { writ: { number: '旧' } },
    { writ: null },
  ]);
});

it('a viewer that cannot be recognised has no rights', async () => {
  const asked = { query: issueMutation, variables: { input, key: 'k1' } };
  for (const text of ['{', '{"sub":"x","role":"emperor","court":"苏0312"}', '"judge"']) {
    const answer = await running.court.ask(asked, AbortSignal.timeout(10_000), { [viewerHeader]: text });
    expect(codeOf(answer)).toEqual({ code: 'FORBIDDEN' });
  }
});

it.each<[object, string, string]>([
  [{ agencies: [] }, 'input.agencies', 'BAD_USER_INPUT'],
  [{ validUntil: '2018-01-03' }, 'input.validUntil', 'BAD_USER_INPUT'],
  [{ validUntil: '2019-02-01' }, 'input.validUntil', 'BAD_USER_INPUT'],
  [{ number: ' ' }, 'input.number', 'BAD_USER_INPUT'],
  [{ handlerName: '11010519491231002X' }, 'input.handlerName', 'BAD_USER_INPUT'],
  [{ partyId: '0' }, 'input.partyId', 'BAD_USER_INPUT'],
  [{ partyId: '4' }, 'input.partyId', 'BAD_USER_INPUT'],
  [{ partyId: '2' }, 'input.partyId', 'BAD_USER_INPUT'],
  [{ partyId: '9' }, 'input.partyId', 'NOT_FOUND'],
  [{ caseNumber: '（2017）苏0312执99号' }, 'input.partyId', 'NOT_FOUND'],
  [{ caseNumber: '（2017）苏0303执1号' }, 'input.caseNumber', 'NOT_FOUND'],
])('a writ with %j is refused, and nothing is changed', async (wrong, argument, code) => {
  const answer = await issue({ ...input, ...wrong });
  expect(codeOf(answer)).toMatchObject({ code, argument });
  expect(JSON.stringify(answer)).not.toContain('11010519491231002X');
  expect((await issue(input, 'k1')).errors).toBeUndefined();
});

it('two writs about one party at the same moment are one and a refusal', async () => {
  const answers = await Promise.all([issue(input, 'a'), issue({ ...input, number: 'another' }, 'b')]);
  expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(1);
  expect(answers.flatMap((answer) => codeOf(answer) ?? [])).toMatchObject([{ argument: 'input.partyId' }]);
});

it('stays revoked when the next import lists it still, and others come back in', async () => {
  const given = { caseNumber: number, partyId: '2', number: writ.number, reason: '债务已清偿' };
  expect((await revoke(given, 'r-import')).errors).toBeUndefined();
  const party = {
    ...partyRecord({ ordinal: 2, name: '孙某', writ: { ...writ, validUntil: '2018-12-31' } }),
    stated: true,
  };
  const another = { ...partyRecord({ ordinal: 1, name: '王某甲', writ: { ...writ, number: '新' } }), stated: true };
  await running.court.upsert({
    asOf: '2018-01-31T08:00:00.000+08:00',
    spoken: { columns: [], parties: ['writ'] },
    entries: [{ number, columns: null, parties: [another, party], mode: 'ADD', held: [] }],
  });
  expect(await writsNow()).toEqual([
    { writ: { number: '新' } },
    { writ: null },
    { writ: { number: '旧' } },
    { writ: null },
  ]);
});

it('has a number of its own even where two are issued at the same moment', async () => {
  const both = await Promise.all([
    issue({ ...input, number: '同号' }, 'same-1'),
    issue({ ...input, partyId: '3', number: '同号' }, 'same-2'),
  ]);
  expect(both.filter(({ errors }) => errors === undefined)).toHaveLength(1);
  expect(both.flatMap(({ errors = [] }) => errors.map(({ message }) => message))).toEqual([
    expect.stringContaining('this number has been used in this court'),
  ]);
});

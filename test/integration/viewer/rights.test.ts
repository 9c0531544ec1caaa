import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Viewer } from '../../../common/viewer.ts';
import type { Answer, Ask } from '../../../common/wire.ts';
import { askHub, startTestCity, type TestCity } from '../../support/test-city.ts';

const viewer = (role: Viewer['role'], court: string | null, taskForces: readonly string[] = []): Viewer => ({
  subject: `${role} of ${court ?? 'nowhere'}`,
  role,
  court,
  taskForces,
  workId: null,
  dutyCertificate: null,
});

let city: TestCity;
let asked = 0;
let lost: string | null = null;
const counted = (ask: Ask): Ask => {
  return (...question) => ((asked += 1), ask(...question));
};
beforeAll(async () => {
  city = await startTestCity({
    casesPerCourt: 20,
    seed: 'rights',
    between: (code, ask) => async (question, signal, headers) => {
      const answer = await ask(question, signal, headers);
      if (code === lost && question.query.startsWith('mutation')) throw new Error('the connection was reset');
      return answer;
    },
    betweenAgency: (_, ask) => counted(ask),
  });
}, 120_000);
afterAll(() => city[Symbol.asyncDispose]());

interface Debtor {
  readonly id: string;
  readonly writ: { readonly number: string } | null;
  readonly bank: { readonly status: string; readonly reason: string | null };
}
interface CaseRow {
  readonly number: string;
  readonly court: { readonly code: string };
  readonly debtors: readonly Debtor[];
}
const node = 'number court { code } debtors { id writ { number } bank { status reason } }';
const through = `query ($id: ID!) { taskForce(id: $id) { cases(first: 50) { edges { node { ${node} } } } } }`;
const makeForce = `mutation { createTaskForce(idempotencyKey: "rights",
  input: { name: "专项", criteria: { amountOutstandingMin: "50000" } }) { id } }`;
const pageQuery = `{ cases(first: 100) { edges { node { ${node} } } } }`;

const ask = (who: Viewer, query: string, variables: Record<string, unknown> = {}): Promise<Answer> =>
  askHub(city.hub, query, variables, who);
const rowsOf = (data: unknown): readonly CaseRow[] =>
  (data as { cases: { edges: { node: CaseRow }[] } }).cases.edges.map((edge) => edge.node);

/** Why nobody was asked about those whose writ names the bank; null where somebody was. */
const reasonsOf = (rows: readonly CaseRow[]) =>
  new Set(
    rows
      .flatMap(({ debtors }) => debtors)
      .filter(({ writ }) => writ !== null)
      .map(({ bank }) => (bank.status === 'REFUSED' && isOfViewer(bank.reason) ? bank.reason : null)),
  );
const isOfViewer = (reason: string | null) => /^(UNKNOWN_VIEWER|ROLE_MAY_NOT_ASK|CASE_)/.test(reason ?? '');

describe('agencies are asked', () => {
  it('for a judge about the cases of his court, and about no others', async () => {
    const { data, errors } = await ask(viewer('judge', '苏0312'), pageQuery);
    expect(errors).toBeUndefined();
    const rows = rowsOf(data);
    const isOwn = ({ court }: CaseRow) => court.code === '苏0312';
    expect(reasonsOf(rows.filter(isOwn))).toEqual(new Set([null]));
    expect(reasonsOf(rows.filter((row) => !isOwn(row)))).toEqual(new Set(['CASE_OF_OTHER_COURT']));
  });

  it('for the command centre of the intermediate court about all of its city', async () => {
    const { data } = await ask(viewer('command-centre', '苏03'), pageQuery);
    expect(reasonsOf(rowsOf(data))).toEqual(new Set([null]));
  });

  it.each(['clerk', 'police', 'supervisor', 'court-it', 'auditor'] as const)('never for a %s', async (role) => {
    const { data } = await ask(viewer(role, '苏0312'), pageQuery);
    expect(reasonsOf(rowsOf(data))).toEqual(new Set(['ROLE_MAY_NOT_ASK']));
  });

  it('for a member of a task force about the cases that it contains, and only when they are asked for through it', async () => {
    const id = await forceId();
    const member = viewer('task-force-member', '苏0303', [id]);
    const { data, errors } = await ask(member, through, { id });
    expect(errors).toBeUndefined();
    const rows = rowsOf(data!['taskForce']);
    expect(rows.length).toBeGreaterThan(5);
    expect(reasonsOf(rows)).toEqual(new Set([null]));

    const { data: all } = await ask(member, pageQuery);
    expect(reasonsOf(rowsOf(all))).toEqual(new Set(['CASE_NOT_IN_TASK_FORCE']));

    const stranger = viewer('task-force-member', '苏0303', ['another']);
    const { data: theirs } = await ask(stranger, through, { id });
    expect(reasonsOf(rowsOf(theirs!['taskForce']))).toEqual(new Set(['CASE_NOT_IN_TASK_FORCE']));
  });

  it.each(['judge', 'assistant', 'command-centre'] as const)(
    'for a %s also about the cases of his task force',
    async (role) => {
      const id = await forceId();
      const who = viewer(role, '苏0312', [id]);
      expect(reasonsOf(await rowsThrough(who, id))).toEqual(new Set([null]));
      expect(reasonsOf(await rowsThrough(viewer(role, '苏0312', ['another']), id))).toContain('CASE_OF_OTHER_COURT');
      const { data } = await ask(who, pageQuery);
      const rows = rowsOf(data);
      expect(reasonsOf(rows.filter(({ court }) => court.code === '苏0312'))).toEqual(new Set([null]));
      expect(reasonsOf(rows.filter(({ court }) => court.code !== '苏0312'))).toEqual(new Set(['CASE_OF_OTHER_COURT']));
    },
  );

  it.each(['clerk', 'police', 'supervisor', 'court-it', 'auditor'] as const)(
    'never for a %s, although he is in the task force',
    async (role) => {
      const id = await forceId();
      const rows = await rowsThrough(viewer(role, '苏0312', [id]), id);
      expect(reasonsOf(rows)).toEqual(new Set(['ROLE_MAY_NOT_ASK']));
    },
  );
});

/** The task force of all cases of 50,000.00 and more. */
async function forceId(): Promise<string> {
  const { data } = await ask(viewer('command-centre', '苏03'), makeForce);
  return (data!['createTaskForce'] as { id: string }).id;
}

async function rowsThrough(who: Viewer, id: string): Promise<readonly CaseRow[]> {
  const { data } = await ask(who, through, { id });
  const rows = rowsOf(data!['taskForce']);
  expect(rows.length).toBeGreaterThan(5);
  return rows;
}

describe('a task force', () => {
  const widen = `mutation ($id: ID!) { updateTaskForce(id: $id, idempotencyKey: "widen", input: { criteria: { amountOutstandingMin: "0" } }) { id } }`;

  it.each(['task-force-member', 'judge', 'supervisor', 'lawyer', 'public'] as const)(
    'is not changed by a %s of it, who is told who may',
    async (role) => {
      const id = await forceId();
      const isOutside = role === 'lawyer' || role === 'public';
      const { data, errors } = await ask(viewer(role, isOutside ? null : '苏0312', isOutside ? [] : [id]), widen, {
        id,
      });
      expect(data).toEqual({ updateTaskForce: null });
      expect(errors).toMatchObject([{ path: ['updateTaskForce'], extensions: { code: 'FORBIDDEN' } }]);
      expect(errors![0]!.message).toContain('执行指挥中心');
    },
  );
});

describe('a writ', () => {
  const issue = `mutation ($input: IssueWritInput!, $key: ID!) {
    issueWrit(input: $input, idempotencyKey: $key) { writ { number courtCode } party { id bank { status reason } } } }`;
  const revoke = `mutation ($input: RevokeWritInput!, $key: ID!) {
    revokeWrit(input: $input, idempotencyKey: $key) { party { bank { status reason } } } }`;
  const words = {
    agencies: ['BANK'],
    signedBy: '李法官',
    validUntil: '2018-06-30',
    handlerName: '赵助理',
    handlerPhone: '0516-80000001',
    workIdNumber: 'G0001',
    dutyCertificateNumber: 'Z0001',
  };
  const judge = viewer('judge', '苏0312');
  let places: { caseNumber: string; partyId: string }[];
  beforeAll(async () => {
    const { data } = await ask(
      judge,
      `{ cases(first: 100, filter: { courts: ["苏0312"] }) { edges { node { ${node} } } } }`,
    );
    places = rowsOf(data).flatMap(({ number, debtors }) =>
      debtors.filter(({ bank }) => bank.reason === 'NO_WRIT').map(({ id }) => ({ caseNumber: number, partyId: id })),
    );
    expect(places.length).toBeGreaterThan(1);
  });

  it('that a judge issues opens the way to the agency at once, and one that he revokes closes it', async () => {
    const input = { ...places[0], ...words, number: 'W-1' };
    const before = asked;
    const { data, errors } = await ask(judge, issue, { input, key: 'w1' });
    expect(errors).toBeUndefined();
    expect(data!['issueWrit']).toMatchObject({ writ: { number: 'W-1', courtCode: '苏0312' } });
    expect((data!['issueWrit'] as { party: Debtor }).party.bank.status).not.toBe('REFUSED');
    expect(asked).toBeGreaterThan(before);
    const revoked = await ask(judge, revoke, { input: { ...places[0], number: 'W-1', reason: '已履行' }, key: 'r1' });
    expect(revoked.data!['revokeWrit']).toEqual({ party: { bank: { status: 'REFUSED', reason: 'NO_WRIT' } } });
  });

  it('is issued by nobody but a judge of the case’s court', async () => {
    const input = { ...places[1], ...words, number: 'W-2' };
    for (const who of [viewer('judge', '苏0303'), viewer('command-centre', '苏03'), viewer('assistant', '苏0312')]) {
      const { data, errors } = await ask(who, issue, { input, key: 'w2' });
      expect(data).toEqual({ issueWrit: null });
      expect(errors).toMatchObject([
        { path: ['issueWrit'], extensions: { code: 'UPSTREAM_REFUSED', reason: 'FORBIDDEN' } },
      ]);
    }
  });

  it('whose answer is lost is UNKNOWN with its key, and asked for again it is there once', async () => {
    const input = { ...places[1], ...words, number: 'W-3' };
    lost = '苏0312';
    const unknown = await ask(judge, issue, { input, key: 'w3' });
    lost = null;
    expect(unknown.errors).toMatchObject([{ extensions: { code: 'UNKNOWN', idempotencyKey: 'w3' } }]);
    const again = await ask(judge, issue, { input, key: 'w3' });
    expect(again.errors).toBeUndefined();
    expect(again.data!['issueWrit']).toMatchObject({ writ: { number: 'W-3' } });
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Viewer } from '../../../common/viewer.ts';
import type { Trail } from '../../../gateway/trail/trail.ts';
import { ownTrail, type OwnTrail } from '../../support/own-trail.ts';
import {
  orderMutation,
  ownerOfAccount,
  signed,
  startControlCity,
  tongshan,
  yunlong,
  type ControlCity,
} from './fixture.ts';

let trailOfTest: OwnTrail;
let own: ControlCity;
let trail: Trail;
beforeAll(async () => {
  trailOfTest = ownTrail();
  own = await startControlCity({
    trail: async (personKey, now) => (trail = await trailOfTest.open({ personKey, now })),
  });
});
afterAll(async () => {
  await own[Symbol.asyncDispose]();
  await trail.stop();
  trailOfTest[Symbol.dispose]();
});

const { idNumber, account } = ownerOfAccount(({ DJXX, YE }) => DJXX.length === 0 && Number(YE) > 1_000);
const auditor: Viewer = {
  ...{ subject: 'auditor-1', role: 'auditor', court: null, taskForces: [], workId: null, dutyCertificate: null },
};

it('an order that is carried out, and one that is refused, are recorded as questions are: who, whose property, on which ruling', async () => {
  const { caseNumber } = await own.caseAgainst(idNumber);
  const input = {
    ...{
      ...signed,
      caseNumber,
      action: 'FREEZE',
      partyId: '1',
      agency: 'BANK',
      until: '2019-01-30',
      amount: '1000.00',
    },
    ...{ property: account.KHZH, bankName: account.YHMC },
  };
  const inquiry = { wait: 'PT20S', purpose: '保全存款' };
  const { data } = await own.ask(
    orderMutation('id bank { controlledAmount }'),
    { input, key: 'one' },
    tongshan,
    inquiry,
  );
  const { id } = (data as { orderMeasure: { order: { id: string } } }).orderMeasure.order;
  await own.ask(`{ case(number: "${caseNumber}") { measureOrders { bank { status } } } }`, {}, yunlong);

  const records = trailOfTest.lines().filter(({ kind }) => kind === 'record');
  const common = { agency: 'bank', case: caseNumber, writ: signed.number, order: id, action: 'FREEZE' };
  expect(records).toEqual([
    expect.objectContaining({ ...common, agency: null, change: 'orderMeasure', status: 'MADE' }),
    expect.objectContaining({
      ...common,
      who: { subject: tongshan.subject, role: 'judge', court: '苏0312', dutyCertificate: 'Z1' },
      ...{ purpose: '保全存款', fields: ['bank.controlledAmount'], status: 'SUCCESS', reason: null },
    }),
    expect.objectContaining({
      ...common,
      who: expect.objectContaining({ subject: yunlong.subject }) as unknown,
      ...{ fields: ['bank.status'], status: 'REFUSED', reason: 'CASE_OF_OTHER_COURT' },
    }),
  ]);
  const text = JSON.stringify(records);
  for (const secret of [idNumber, account.KHZH, '1000.00']) expect(text).not.toContain(secret);

  const query = `{ trailOfParty(caseNumber: "${caseNumber}", party: "1") { edges { node { order action status writ } } } }`;
  const read = await own.ask(query, {}, auditor);
  expect((read.data as { trailOfParty: { edges: { node: unknown }[] } }).trailOfParty.edges).toEqual([
    { node: { order: id, action: 'FREEZE', status: 'REFUSED', writ: signed.number } },
    { node: { order: id, action: 'FREEZE', status: 'SUCCESS', writ: signed.number } },
    { node: { order: id, action: 'FREEZE', status: 'MADE', writ: signed.number } },
  ]);
});

it('a question is no order', async () => {
  const { caseNumber } = await own.caseAgainst(idNumber);
  await own.ask(`{ case(number: "${caseNumber}") { debtors { bank { status } } } }`);
  const query = `{ trailOfParty(caseNumber: "${caseNumber}", party: "1") { edges { node { order action } } } }`;
  const { data } = await own.ask(query, {}, auditor);
  expect(data).toEqual({ trailOfParty: { edges: [{ node: { order: null, action: null } }] } });
});

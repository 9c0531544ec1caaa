import { afterAll, beforeAll, expect, it } from 'vitest';

import { banks } from '../../../mocks/upstreams/bank/accounts.ts';
import { orderMutation, ownerOfAccount, signed, startControlCity, type ControlCity } from './fixture.ts';

let own: ControlCity;
beforeAll(async () => {
  own = await startControlCity();
});
afterAll(() => own[Symbol.asyncDispose]());

const lastDay = '2019-01-30';
const rich = (isWanted: (bank: string) => boolean = () => true) =>
  ownerOfAccount(({ DJXX, YE, YHMC }) => DJXX.length === 0 && Number(YE) > 1_000 && isWanted(YHMC));
async function freezable(claim = '1000000.00', isWanted?: (bank: string) => boolean) {
  const { idNumber, account } = rich(isWanted);
  const { caseNumber } = await own.caseAgainst(idNumber, claim);
  const base = { caseNumber, action: 'FREEZE', partyId: '1', agency: 'BANK', until: lastDay, amount: '1000.00' };
  return { caseNumber, freeze: { ...base, property: account.KHZH, bankName: account.YHMC } };
}
/** Orders, and does not ask what came of it. */
async function orderAlone(input: object): Promise<string> {
  const key = crypto.randomUUID();
  const { data, errors } = await own.ask(orderMutation('id'), { input: { ...signed, ...input }, key });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return (data as { orderMeasure: { order: { id: string } } }).orderMeasure.order.id;
}
const outcomes = async (caseNumber: string) => {
  const { data } = await own.ask(
    `{ case(number: "${caseNumber}") { measureOrders { action bank { status reason } } } }`,
  );
  return (data as { case: { measureOrders: unknown } }).case.measureOrders;
};
const controls = () => own.city.upstreams.calls().bank.control;

it('a release that came back is ordered anew, and the account is free', async () => {
  const { caseNumber, freeze } = await freezable();
  const { id } = await own.order(freeze);
  own.city.upstreams.behave('bank', { fault: 'returned' });
  const back = await own.order({ caseNumber, action: 'RELEASE', originId: id });
  own.city.upstreams.behave('bank', {});
  expect(back.bank).toMatchObject({ status: 'REFUSED', reason: expect.stringMatching(/^RETURNED/) as string });
  const released = await own.order({ caseNumber, action: 'RELEASE', originId: id });
  expect(released.bank).toMatchObject({ status: 'SUCCESS' });
  expect(released.bank.requestNumber).not.toBe(back.bank.requestNumber);
  // The day of the first: several releases of one order are one day to whoever reads it.
  const { data } = await own.ask(`{ case(number: "${caseNumber}") { measureOrders { action releasedOn } } }`);
  expect((data as { case: { measureOrders: unknown[] } }).case.measureOrders.at(-1)).toEqual({
    action: 'FREEZE',
    releasedOn: '2018-01-31',
  });
  // And once it is free the bank has nothing to release.
  const again = await own.order({ caseNumber, action: 'RELEASE', originId: id });
  expect(again.bank).toMatchObject({ status: 'FAILED', reason: '无此冻结' });
});

it('a renewal that failed is ordered anew, to the full term', async () => {
  const { caseNumber, freeze } = await freezable(undefined, (bank) => banks.slice(-2).some((last) => last === bank));
  const { id } = await own.order({ ...freeze, until: '2018-06-30' });
  const renewal = { caseNumber, action: 'RENEW', originId: id, until: lastDay };
  own.city.upstreams.behave('bank', { fault: 'partial' });
  expect((await own.order(renewal)).bank).toMatchObject({ status: 'FAILED', reason: '机构未联网' });
  own.city.upstreams.behave('bank', {});
  expect((await own.order(renewal)).bank).toMatchObject({ status: 'SUCCESS', until: lastDay });
});

it('a freeze that failed is ordered anew', async () => {
  const { freeze } = await freezable(undefined, (bank) => banks.slice(-2).some((last) => last === bank));
  own.city.upstreams.behave('bank', { fault: 'partial' });
  expect((await own.order(freeze)).bank).toMatchObject({ status: 'FAILED', reason: '机构未联网' });
  own.city.upstreams.behave('bank', {});
  expect((await own.order(freeze)).bank).toMatchObject({ status: 'SUCCESS', controlledAmount: '1000.00' });
});

it('a freeze of the whole claim that failed is ordered anew once it was released, which asks no bank', async () => {
  const { caseNumber, freeze } = await freezable('1000.00', (bank) => banks.slice(-2).some((last) => last === bank));
  own.city.upstreams.behave('bank', { fault: 'partial' });
  const failed = await own.order(freeze);
  own.city.upstreams.behave('bank', {});
  expect(failed.bank.status).toBe('FAILED');
  expect((await own.refusal(freeze)).extensions).toMatchObject({ problem: 'ABOVE_CLAIM' });
  const before = controls();
  const released = await own.order({ caseNumber, action: 'RELEASE', originId: failed.id });
  expect(released.bank).toMatchObject({ status: 'FAILED', reason: 'NOTHING_HELD', requestNumber: null });
  expect(controls()).toBe(before);
  expect((await own.order(freeze)).bank).toMatchObject({ status: 'SUCCESS', controlledAmount: '1000.00' });
});

it('a freeze and its renewal that are read together are carried out in this order', async () => {
  const { caseNumber, freeze } = await freezable();
  const originId = await orderAlone({ ...freeze, until: '2018-06-30' });
  await orderAlone({ caseNumber, action: 'RENEW', originId, until: lastDay });
  expect(await outcomes(caseNumber)).toEqual([
    { action: 'RENEW', bank: { status: 'SUCCESS', reason: null } },
    { action: 'FREEZE', bank: { status: 'SUCCESS', reason: null } },
  ]);
});

it('a freeze that was released before it was handed in is never handed in, nor is its release', async () => {
  const { caseNumber, freeze } = await freezable();
  const originId = await orderAlone(freeze);
  const before = controls();
  const released = await own.order({ caseNumber, action: 'RELEASE', originId });
  expect(released.bank).toMatchObject({ status: 'FAILED', reason: 'NOTHING_HELD' });
  const said = [
    { action: 'RELEASE', bank: { status: 'FAILED', reason: 'NOTHING_HELD' } },
    { action: 'FREEZE', bank: { status: 'REFUSED', reason: 'ORDER_RELEASED' } },
  ];
  expect(await outcomes(caseNumber)).toEqual(said);
  expect(await outcomes(caseNumber)).toEqual(said);
  expect(controls()).toBe(before);
});

it('a freeze of which nobody knows whether it is held is asked for again, and then released', async () => {
  const { caseNumber, freeze } = await freezable();
  own.city.upstreams.behave('bank', { fault: 'down' });
  const { id, bank } = await own.order(freeze);
  expect(bank.status).toBe('UNREACHABLE');
  const released = await own.order({ caseNumber, action: 'RELEASE', originId: id });
  expect(released.bank).toMatchObject({ status: 'PENDING', reason: 'ORIGIN_PENDING', requestNumber: null });
  own.city.upstreams.behave('bank', {});
  expect(await outcomes(caseNumber)).toEqual([
    { action: 'RELEASE', bank: { status: 'SUCCESS', reason: null } },
    { action: 'FREEZE', bank: { status: 'SUCCESS', reason: null } },
  ]);
});

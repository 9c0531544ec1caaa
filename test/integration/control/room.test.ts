import { afterAll, beforeAll, expect, it } from 'vitest';

import { accountsOf, type Account } from '../../../mocks/upstreams/bank/accounts.ts';
import { filedAs } from '../../../mocks/upstreams/request.ts';
import { orderMutation, ownerOfAccount, seed, signed, startControlCity, type ControlCity } from './fixture.ts';

let own: ControlCity;
beforeAll(async () => {
  own = await startControlCity();
});
afterAll(() => own[Symbol.asyncDispose]());

const isFree = ({ DJXX, YE, BZ, XHRQ }: Account) =>
  DJXX.length === 0 && Number(YE) > 1_000 && BZ === 'CNY' && XHRQ === null;

/** A case with a claim against somebody with two accounts, and a freeze of the whole of 1000.00 on each. */
async function twoAccounts(claim: string) {
  for (;;) {
    const { idNumber } = ownerOfAccount(isFree);
    const request = { BDHM: 'TEST0000', XM: '王强', ZJLX: '居民身份证', DSRZJHM: idNumber };
    const [one, other] = accountsOf(seed, filedAs(request)).filter(isFree);
    if (one === undefined || other === undefined) continue;
    const { caseNumber } = await own.caseAgainst(idNumber, claim);
    const freezeOf = ({ KHZH, YHMC }: Account) => ({
      ...{ caseNumber, action: 'FREEZE', partyId: '1', agency: 'BANK', until: '2019-01-30', amount: '1000.00' },
      ...{ property: KHZH, bankName: YHMC },
    });
    return { caseNumber, first: freezeOf(one), second: freezeOf(other) };
  }
}

async function releaseAlone(caseNumber: string, originId: string): Promise<string> {
  const input = { ...signed, caseNumber, action: 'RELEASE', originId };
  const { data, errors } = await own.ask(orderMutation('id'), { input, key: crypto.randomUUID() });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return (data as { orderMeasure: { order: { id: string } } }).orderMeasure.order.id;
}

async function outcomeOf(caseNumber: string, ids: readonly string[]): Promise<unknown[]> {
  const { data } = await own.ask(`{ case(number: "${caseNumber}") { measureOrders { id bank { status reason } } } }`);
  const { measureOrders } = (data as { case: { measureOrders: { id: string; bank: unknown }[] } }).case;
  return ids.map((id) => measureOrders.find((order) => order.id === id)?.bank);
}

/** What the banks hold for the court on accounts of the debtor, in all. */
async function heldIn(caseNumber: string): Promise<number> {
  const { data } = await own.ask(
    `{ case(number: "${caseNumber}") { debtors { bank { accounts { priorFreezes { documentNumber amount } } } } } }`,
  );
  const [debtor] = (
    data as {
      case: { debtors: { bank: { accounts: { priorFreezes: { documentNumber: string; amount: string }[] }[] } }[] };
    }
  ).case.debtors;
  return debtor!.bank.accounts
    .flatMap(({ priorFreezes }) => priorFreezes)
    .filter(({ documentNumber }) => documentNumber === signed.number)
    .reduce((sum, { amount }) => sum + Number(amount), 0);
}

const pending = { status: 'REFUSED', reason: 'RELEASE_PENDING' };

it('the claim is not held twice: what takes the place of a released freeze waits for the release', async () => {
  const { caseNumber, first, second } = await twoAccounts('1000.00');
  const { id } = await own.order(first);
  const releaseId = await releaseAlone(caseNumber, id);
  const before = own.city.upstreams.calls().bank.control;
  const waiting = await own.order(second);
  expect(waiting.bank).toMatchObject({ ...pending, requestNumber: null });
  expect(own.city.upstreams.calls().bank.control).toBe(before);
  expect(await heldIn(caseNumber)).toBe(1000);

  // All of them in one read: the release, then what waited for it.
  const done = { status: 'SUCCESS', reason: null };
  expect(await outcomeOf(caseNumber, [releaseId, waiting.id])).toEqual([done, done]);
  expect(await heldIn(caseNumber)).toBe(1000);
});

it('a release that came back makes no room, and another one does', async () => {
  const { caseNumber, first, second } = await twoAccounts('1500.00');
  const { id } = await own.order(first);
  own.city.upstreams.behave('bank', { fault: 'returned' });
  expect((await own.order({ caseNumber, action: 'RELEASE', originId: id })).bank.status).toBe('REFUSED');
  own.city.upstreams.behave('bank', {});
  const waiting = await own.order(second);
  expect(waiting.bank).toMatchObject(pending);
  expect(await outcomeOf(caseNumber, [waiting.id])).toEqual([pending]);
  expect((await own.order({ caseNumber, action: 'RELEASE', originId: id })).bank.status).toBe('SUCCESS');
  expect(await outcomeOf(caseNumber, [waiting.id])).toEqual([{ status: 'SUCCESS', reason: null }]);
  expect(await heldIn(caseNumber)).toBe(1000);
});

it('where there is room for both nobody waits', async () => {
  const { caseNumber, first, second } = await twoAccounts('2000.00');
  const { id } = await own.order(first);
  await releaseAlone(caseNumber, id);
  expect((await own.order(second)).bank).toMatchObject({ status: 'SUCCESS' });
  expect(await heldIn(caseNumber)).toBe(2000);
});

it('a freeze that was never handed in takes no room once its release was asked for', async () => {
  const { caseNumber, first, second } = await twoAccounts('1000.00');
  const input = { ...signed, ...first };
  const { data } = await own.ask(orderMutation('id'), { input, key: crypto.randomUUID() });
  const { id } = (data as { orderMeasure: { order: { id: string } } }).orderMeasure.order;
  const releaseId = await releaseAlone(caseNumber, id);
  const waiting = await own.order(second);
  expect(waiting.bank).toMatchObject(pending);
  expect(await outcomeOf(caseNumber, [id, releaseId, waiting.id])).toEqual([
    { status: 'REFUSED', reason: 'ORDER_RELEASED' },
    { status: 'FAILED', reason: 'NOTHING_HELD' },
    { status: 'SUCCESS', reason: null },
  ]);
  expect(await heldIn(caseNumber)).toBe(1000);
});

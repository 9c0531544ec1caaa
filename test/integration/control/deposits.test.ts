import { afterAll, beforeAll, expect, it } from 'vitest';

import { ownerOfAccount, startControlCity, yunlong, type ControlCity } from './fixture.ts';

let own: ControlCity;
beforeAll(async () => {
  own = await startControlCity();
});
afterAll(() => own[Symbol.asyncDispose]());

const until = '2019-01-30';
const rich = () => ownerOfAccount(({ DJXX, YE }) => DJXX.length === 0 && Number(YE) > 1_000);
const freezeOf = (account: { KHZH: string; YHMC: string }, amount: string) => ({
  ...{ action: 'FREEZE', partyId: '1', agency: 'BANK', until, amount },
  property: account.KHZH,
  bankName: account.YHMC,
});
const accountsNow = async (caseNumber: string, inquiry?: object) => {
  const query = `{ case(number: "${caseNumber}") { debtors { id bank { status accounts { number balance available
    priorFreezes { sequence documentNumber amount until } } } } } }`;
  const { data, errors } = await own.ask(query, {}, undefined, inquiry);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return (data as { case: { debtors: { bank: { accounts: Record<string, unknown>[] } }[] } }).case.debtors[0]!.bank
    .accounts;
};

it('freezes an account up to the limit, in the operation that orders it', async () => {
  const { idNumber, account } = rich();
  const { caseNumber } = await own.caseAgainst(idNumber);
  const ordered = await own.order({ caseNumber, ...freezeOf(account, '1000.00') });
  expect(ordered).toMatchObject({
    property: `${'★'.repeat(account.KHZH.length - 4)}${account.KHZH.slice(-4)}`,
    releasedOn: null,
    bank: {
      status: 'SUCCESS',
      reason: null,
      controlledAmount: '1000.00',
      from: '2018-01-31',
      until,
      queuePosition: 0,
      requestNumber: expect.stringMatching(/^YH[0-9a-f]{30}$/) as string,
      answeredAt: expect.stringContaining('2018-01-31') as string,
    },
    vehicle: { status: 'REFUSED', reason: 'ORDER_FOR_OTHER_AGENCY', requestNumber: null },
    realEstate: { status: 'REFUSED', reason: 'ORDER_FOR_OTHER_AGENCY', requestNumber: null },
  });
});

it('freezes an account by the number that the graph shows, once the banks have said whose it is', async () => {
  const { idNumber, account } = rich();
  const { caseNumber } = await own.caseAgainst(idNumber);
  const shown = `${'★'.repeat(account.KHZH.length - 4)}${account.KHZH.slice(-4)}`;
  const before = own.city.upstreams.calls().bank.control;
  const ordered = await own.order({ caseNumber, ...freezeOf({ ...account, KHZH: shown }, '100.00') });
  expect(ordered).toMatchObject({ property: shown, bank: { status: 'REFUSED', reason: 'ACCOUNT_NOT_SEEN' } });
  expect(own.city.upstreams.calls().bank.control).toBe(before);

  expect((await accountsNow(caseNumber)).map(({ number }) => number)).toContain(shown);
  const query = `{ case(number: "${caseNumber}") { measureOrders { bank { status controlledAmount } } } }`;
  const frozen = [{ bank: { status: 'SUCCESS', controlledAmount: '100.00' } }];
  expect((await own.ask(query)).data).toEqual({ case: { measureOrders: frozen } });
  const released = await own.order({ caseNumber, action: 'RELEASE', originId: ordered.id });
  expect(released.bank).toMatchObject({ status: 'SUCCESS' });
  expect(own.city.upstreams.calls().bank.control).toBe(before + 2);
});

it('holds what there is when the balance is below the order', async () => {
  const { idNumber, account } = ownerOfAccount(({ DJXX, YE }) => DJXX.length === 0 && Number(YE) > 1);
  const { caseNumber } = await own.caseAgainst(idNumber);
  const { bank } = await own.order({ caseNumber, ...freezeOf(account, '900000.00') });
  expect(bank).toMatchObject({
    status: 'PARTIAL',
    reason: 'BALANCE_BELOW_ORDER',
    controlledAmount: account.YE,
    queuePosition: 0,
  });
});

it('holds an empty account up to the limit: that is all that was ordered', async () => {
  const { idNumber, account } = ownerOfAccount(({ DJXX, YE }) => DJXX.length === 0 && YE === '0.00');
  const { caseNumber } = await own.caseAgainst(idNumber);
  const { bank } = await own.order({ caseNumber, ...freezeOf(account, '500.00') });
  expect(bank).toMatchObject({ status: 'SUCCESS', controlledAmount: '0.00', queuePosition: 0, until });
});

it('waits behind freezes that hold everything, without a term of its own', async () => {
  const { idNumber, account } = ownerOfAccount(
    ({ DJXX, KYYE, YE }) => DJXX.length === 1 && KYYE === '0.00' && YE !== '0.00',
  );
  const { caseNumber } = await own.caseAgainst(idNumber);
  const { bank } = await own.order({ caseNumber, ...freezeOf(account, '500.00') });
  expect(bank).toMatchObject({
    status: 'SUCCESS',
    reason: null,
    controlledAmount: null,
    until: null,
    queuePosition: 1,
  });
});

it('fails where the account is not the debtor’s, in the words of the bank', async () => {
  const { idNumber, account } = rich();
  const { caseNumber } = await own.caseAgainst(idNumber);
  const { bank } = await own.order({ caseNumber, ...freezeOf({ ...account, KHZH: '6299990000000000000' }, '500.00') });
  expect(bank).toMatchObject({
    status: 'FAILED',
    reason: '账号与户名不符',
    controlledAmount: null,
    queuePosition: null,
  });
});

it('is seen by who asks about the debtor from then on, through whichever case, however young the answer is that is on file', async () => {
  const { idNumber, account } = rich();
  const here = await own.caseAgainst(idNumber);
  const there = await own.caseAgainst(idNumber, '5000.00', '苏0303');
  const freshly = { wait: 'PT20S', maxAge: 'PT24H' };
  const numberOf = ({ number }: Record<string, unknown>) => String(number).endsWith(account.KHZH.slice(-4));
  const before = (await accountsNow(here.caseNumber, freshly)).find(numberOf)!;
  expect(before).toMatchObject({ available: account.KYYE, priorFreezes: [] });
  const asked = own.city.upstreams.calls().bank.submit;
  await accountsNow(here.caseNumber, freshly);
  expect(own.city.upstreams.calls().bank.submit).toBe(asked);

  await own.order({ caseNumber: there.caseNumber, ...freezeOf(account, '100.00') }, yunlong);
  const after = (await accountsNow(here.caseNumber, freshly)).find(numberOf)!;
  expect(after).toMatchObject({
    balance: account.YE,
    available: (Number(account.YE) - 100).toFixed(2),
    priorFreezes: [{ sequence: 1, documentNumber: '（2018）苏0312执1号之一', amount: '100.00', until }],
  });
  expect(own.city.upstreams.calls().bank.submit).toBe(asked + 1);
  await accountsNow(here.caseNumber, freshly);
  expect(own.city.upstreams.calls().bank.submit).toBe(asked + 1);
});

it('renews before it lapses, and releases; then the next in line holds', async () => {
  const { idNumber, account } = rich();
  const first = await own.caseAgainst(idNumber);
  const second = await own.caseAgainst(idNumber, '9000000.00', '苏0303');
  const frozen = await own.order({
    caseNumber: first.caseNumber,
    ...freezeOf(account, '900000.00'),
    until: '2018-06-30',
  });
  const waiting = await own.order({ caseNumber: second.caseNumber, ...freezeOf(account, '7.00') }, yunlong);
  expect([frozen.bank.queuePosition, waiting.bank.queuePosition]).toEqual([0, 1]);

  const renewal = { caseNumber: first.caseNumber, action: 'RENEW', originId: frozen.id, until: '2018-12-31' };
  const renewed = await own.order(renewal);
  expect(renewed.bank).toMatchObject({ status: 'PARTIAL', until: '2018-12-31', controlledAmount: account.YE });
  expect(renewed.bank.requestNumber).not.toBe(frozen.bank.requestNumber);

  const released = await own.order({ caseNumber: first.caseNumber, action: 'RELEASE', originId: renewed.id });
  expect(released.bank).toMatchObject({ status: 'SUCCESS', until: null, queuePosition: null, controlledAmount: null });
  const [now] = (await accountsNow(first.caseNumber)).filter(({ number }) =>
    String(number).endsWith(account.KHZH.slice(-4)),
  );
  expect(now).toMatchObject({
    available: (Number(account.YE) - 7).toFixed(2),
    priorFreezes: [{ amount: '7.00', until }],
  });
  const { data } = await own.ask(
    `{ case(number: "${first.caseNumber}") { measureOrders { id action originId releasedOn amount until bank { status } } } }`,
  );
  expect((data as { case: { measureOrders: unknown } }).case.measureOrders).toEqual([
    {
      id: released.id,
      action: 'RELEASE',
      originId: frozen.id,
      releasedOn: null,
      amount: null,
      until: null,
      bank: { status: 'SUCCESS' },
    },
    {
      id: renewed.id,
      action: 'RENEW',
      originId: frozen.id,
      releasedOn: '2018-01-31',
      amount: '900000.00',
      until: '2018-12-31',
      bank: { status: 'PARTIAL' },
    },
    {
      id: frozen.id,
      action: 'FREEZE',
      originId: null,
      releasedOn: '2018-01-31',
      amount: '900000.00',
      until: '2018-06-30',
      bank: { status: 'PARTIAL' },
    },
  ]);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  judgeOf,
  ownerOfAccount,
  ownerOfHouse,
  startControlCity,
  tongshan,
  yunlong,
  type ControlCity,
} from './fixture.ts';

let own: ControlCity;
beforeAll(async () => {
  own = await startControlCity();
});
afterAll(() => own[Symbol.asyncDispose]());

const { idNumber, account } = ownerOfAccount(({ DJXX, YE }) => DJXX.length === 0 && Number(YE) > 1_000);
const { unit } = ownerOfHouse(0);
const freeze = {
  ...{ action: 'FREEZE', partyId: '1', agency: 'BANK', until: '2019-01-30', amount: '1000.00' },
  property: account.KHZH,
  bankName: account.YHMC,
};
const seal = { action: 'SEAL', partyId: '1', agency: 'REAL_ESTATE', until: '2021-01-30', property: unit };
const ordersOf = async (caseNumber: string) => {
  const { data } = await own.ask(`{ case(number: "${caseNumber}") { measureOrders { id } } }`);
  return (data as { case: { measureOrders: unknown[] } }).case.measureOrders;
};

describe('an order is never above the claim', () => {
  it('alone, and says what is outstanding', async () => {
    const { caseNumber } = await own.caseAgainst(idNumber, '999.99');
    const { message, extensions } = await own.refusal({ caseNumber, ...freeze });
    expect(message).toMatch(
      /^input\.amount cannot be used \(ABOVE_CLAIM, outstanding 999\.99, covered 0\.00, atMost 999\.99\)\. It is: The limit/,
    );
    expect(extensions).toMatchObject({
      ...{ code: 'BAD_USER_INPUT', argument: 'input.amount', problem: 'ABOVE_CLAIM' },
      ...{ outstanding: '999.99', covered: '0.00', atMost: '999.99' },
    });
    expect(await ordersOf(caseNumber)).toEqual([]);
    expect((await own.order({ caseNumber, ...freeze, amount: '999.99' })).bank.status).toBe('SUCCESS');
  });

  it('together with live ones; a renewal is no second one, and a released one is none', async () => {
    const { caseNumber } = await own.caseAgainst(idNumber, '1500.00');
    const other = { ...freeze, property: '6299990000000000001', amount: '600.00' };
    const first = await own.order({ caseNumber, ...freeze, until: '2018-06-30' });
    const limits = async (input: object) => (await own.refusal({ caseNumber, ...input })).extensions;
    expect(await limits(other)).toMatchObject({ outstanding: '1500.00', covered: '1000.00', atMost: '500.00' });
    await own.order({ caseNumber, action: 'RENEW', originId: first.id, until: '2018-12-31' });
    await own.order({ caseNumber, ...other, amount: '500.00' });
    expect(await limits({ ...other, property: '6299990000000000002' })).toMatchObject({ atMost: '0.00' });
    await own.order({ caseNumber, action: 'RELEASE', originId: first.id });
    expect((await own.order({ caseNumber, ...other, property: '6299990000000000002' })).id).toBeTruthy();
  });

  it('also when two are asked for at the same moment', async () => {
    const { caseNumber } = await own.caseAgainst(idNumber, '1500.00');
    const both = await Promise.allSettled([
      own.order({ caseNumber, ...freeze }),
      own.order({ caseNumber, ...freeze, property: '6299990000000000003' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await ordersOf(caseNumber)).toHaveLength(1);
  });

  it('and not where the claim is not known', async () => {
    const { caseNumber } = await own.caseAgainst(idNumber, null);
    expect((await own.refusal({ caseNumber, ...freeze })).extensions).toMatchObject({ problem: 'CLAIM_UNKNOWN' });
  });
});

describe('a term is at most what the law allows', () => {
  it.each([
    [{ ...freeze, until: '2019-01-31' }, ['BEYOND_TERM', '2018-01-31', '2019-01-30']],
    [{ ...seal, until: '2021-01-31' }, ['BEYOND_TERM', '2018-01-31', '2021-01-30']],
    [
      { ...seal, agency: 'VEHICLE', property: '苏C12345', until: '2020-01-31' },
      ['BEYOND_TERM', '2018-01-31', '2020-01-30'],
    ],
    [{ ...freeze, until: '2018-01-30' }, ['ENDS_TOO_EARLY', '2018-01-31', '2019-01-30']],
  ])('%j', async (input, [problem, earliest, latest]) => {
    const { caseNumber } = await own.caseAgainst(idNumber);
    const { extensions } = await own.refusal({ caseNumber, ...input });
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'input.until', problem, earliest, latest });
  });

  it('a renewal ends later than what it renews, and within the limit', async () => {
    const { caseNumber } = await own.caseAgainst(idNumber);
    const { id } = await own.order({ caseNumber, ...freeze, until: '2018-06-30' });
    for (const until of ['2018-06-30', '2019-01-31']) {
      const { extensions } = await own.refusal({ caseNumber, action: 'RENEW', originId: id, until });
      expect(extensions).toMatchObject({ argument: 'input.until', earliest: '2018-07-01', latest: '2019-01-30' });
    }
  });
});

describe('a measure is ordered by a judge of the court of the case', () => {
  it.each([
    ['an assistant', { ...tongshan, role: 'assistant' as const }],
    ['the command centre above', { ...judgeOf('苏03'), role: 'command-centre' as const }],
    ['a judge of another court', yunlong],
    ['nobody', null],
  ])('and not by %s', async (_, viewer) => {
    const { caseNumber } = await own.caseAgainst(idNumber);
    expect((await own.refusal({ caseNumber, ...freeze }, viewer)).extensions).toMatchObject({
      ...{ code: 'UPSTREAM_REFUSED', reason: 'FORBIDDEN' },
    });
    expect(await ordersOf(caseNumber)).toEqual([]);
  });

  it('and is carried out for who works in the case, and nobody else', async () => {
    const { caseNumber } = await own.caseAgainst(idNumber);
    const input = {
      caseNumber,
      ...freeze,
      number: 'n',
      signedBy: '李',
      handlerName: '赵',
      handlerPhone: '1',
      workIdNumber: 'G',
      dutyCertificateNumber: 'Z',
    };
    const mutation = `mutation ($input: OrderMeasureInput!) { orderMeasure(input: $input, idempotencyKey: "who") { order { id } } }`;
    expect((await own.ask(mutation, { input })).errors).toBeUndefined();
    const before = own.city.upstreams.calls();
    const query = `{ case(number: "${caseNumber}") { measureOrders { bank { status reason } } } }`;
    const outcome = async (viewer: typeof tongshan) => {
      const { data } = await own.ask(query, {}, viewer);
      return (data as { case: { measureOrders: { bank: unknown }[] } }).case.measureOrders[0]!.bank;
    };
    expect(await outcome(yunlong)).toEqual({ status: 'REFUSED', reason: 'CASE_OF_OTHER_COURT' });
    expect(await outcome({ ...tongshan, role: 'clerk' })).toEqual({ status: 'REFUSED', reason: 'ROLE_MAY_NOT_ASK' });
    expect(own.city.upstreams.calls()).toEqual(before);
    // What is ordered and perhaps not carried out yet is for nobody who does not work on cases.
    const outside = { court: null, workId: null, dutyCertificate: null };
    for (const viewer of [
      { ...tongshan, role: 'court-it' as const },
      ...(['lawyer', 'public'] as const).map((role) => ({ ...tongshan, ...outside, role })),
    ]) {
      const { data } = await own.ask(query, {}, viewer);
      expect(data).toEqual({ case: { measureOrders: null } });
    }
    expect(await outcome({ ...tongshan, role: 'assistant' })).toMatchObject({ status: 'SUCCESS' });
  });
});

describe('what cannot be ordered is told, and what could', () => {
  it.each<[string, object, string | null]>([
    ['input.action', { ...freeze, action: 'DEDUCT' }, 'NOT_ORDERED_HERE'],
    ['input.action', { ...freeze, action: 'WAITLIST' }, 'NOT_ORDERED_HERE'],
    ['input.action', { ...seal, action: 'FREEZE' }, 'NOT_OF_THIS_AGENCY'],
    ['input.action', { ...freeze, action: 'SEAL', amount: null, bankName: null }, 'NOT_OF_THIS_AGENCY'],
    ['input.action', { ...seal, action: 'SEIZE_PHYSICAL' }, 'NOT_OF_THIS_AGENCY'],
    ['input.amount', { ...freeze, amount: null }, 'MISSING'],
    ['input.amount', { ...freeze, amount: '0.00' }, null],
    ['input.amount', { ...seal, amount: '1.00' }, 'OUT_OF_PLACE'],
    ['input.bankName', { ...freeze, bankName: null }, 'MISSING'],
    ['input.property', { ...freeze, property: '尾号1234' }, 'NO_SUCH_FORM'],
    ['input.property', { ...seal, property: '查无' }, 'NO_SUCH_FORM'],
    ['input.agency', { ...seal, agency: null }, 'MISSING'],
    ['input.partyId', { ...freeze, partyId: '2' }, 'NO_DEBTOR'],
    ['input.partyId', { ...freeze, partyId: '3' }, 'NO_IDENTITY_NUMBER'],
    ['input.partyId', { ...freeze, partyId: 'x' }, null],
    ['input.originId', { ...freeze, originId: '1' }, 'OUT_OF_PLACE'],
    ['input.originId', { action: 'RELEASE' }, 'MISSING'],
    ['input.originId', { action: 'RELEASE', originId: '1' }, null],
    ['input.agency', { action: 'RELEASE', originId: '1', agency: 'BANK' }, 'OUT_OF_PLACE'],
    ['input.until', { action: 'RENEW', originId: crypto.randomUUID() }, 'MISSING'],
    ['input.number', { ...freeze, number: '' }, null],
  ])('%s of %j', async (argument, input, problem) => {
    const { caseNumber } = await own.caseAgainst(idNumber);
    const { message, extensions } = await own.refusal({ caseNumber, ...input });
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument, ...(problem !== null && { problem }) });
    expect(extensions.expected).toBeTruthy();
    expect(message).not.toContain(account.KHZH);
    expect(await ordersOf(caseNumber)).toEqual([]);
  });

  it('nothing is begun in a closed case', async () => {
    const closed = { closingMode: 'TERMINATED_THIS_TIME', closedOn: '2018-01-01', stage: 'CLOSED' } as const;
    const { caseNumber } = await own.caseAgainst(idNumber, '1000.00', '苏0312', closed);
    const { extensions } = await own.refusal({ caseNumber, ...freeze });
    expect(extensions).toMatchObject({ argument: 'input.caseNumber', problem: 'CASE_CLOSED' });
  });

  it('a case that is not there has none, and a case of no court', async () => {
    const missing = await own.refusal({ caseNumber: '（2017）苏0312执99999号', ...freeze });
    expect(missing.extensions).toMatchObject({ code: 'NOT_FOUND', argument: 'input.caseNumber' });
    const stray = await own.refusal({ caseNumber: '（2017）苏0999执1号', ...freeze });
    expect(stray.extensions).toMatchObject({ code: 'UNKNOWN_COURT' });
  });

  it('nothing is renewed that was released, or released or renewed that is not there, or that releases', async () => {
    const { caseNumber } = await own.caseAgainst(idNumber);
    const { id } = await own.order({ caseNumber, ...freeze });
    const missing = await own.refusal({ caseNumber, action: 'RELEASE', originId: crypto.randomUUID() });
    expect(missing.extensions).toMatchObject({ code: 'NOT_FOUND', argument: 'input.originId' });
    const release = await own.order({ caseNumber, action: 'RELEASE', originId: id });
    const renewal = { caseNumber, action: 'RENEW', until: '2019-01-30' };
    for (const [input, problem] of [
      [{ ...renewal, originId: id }, 'RELEASED'],
      [{ ...renewal, originId: release.id }, 'NO_MEASURE'],
      [{ caseNumber, action: 'RELEASE', originId: release.id }, 'NO_MEASURE'],
    ] as const) {
      expect((await own.refusal(input)).extensions).toMatchObject({ argument: 'input.originId', problem });
    }
  });

  it('nothing is released before it was carried out and carried out after it was released', async () => {
    const { caseNumber } = await own.caseAgainst(idNumber);
    const base = {
      number: 'n',
      signedBy: '李',
      handlerName: '赵',
      handlerPhone: '1',
      workIdNumber: 'G',
      dutyCertificateNumber: 'Z',
    };
    const mutation = `mutation ($input: OrderMeasureInput!, $key: ID!) { orderMeasure(input: $input, idempotencyKey: $key) { order { id } } }`;
    const idOf = (data: unknown) => (data as { orderMeasure: { order: { id: string } } }).orderMeasure.order.id;
    const first = await own.ask(mutation, { input: { caseNumber, ...base, ...freeze }, key: 'before' });
    const release = { caseNumber, ...base, action: 'RELEASE', originId: idOf(first.data) };
    expect((await own.ask(mutation, { input: release, key: 'after' })).errors).toBeUndefined();
    const { data } = await own.ask(
      `{ case(number: "${caseNumber}") { measureOrders { action bank { status reason } } } }`,
    );
    expect((data as { case: { measureOrders: unknown } }).case.measureOrders).toEqual([
      { action: 'RELEASE', bank: { status: 'FAILED', reason: 'NOTHING_HELD' } },
      { action: 'FREEZE', bank: { status: 'REFUSED', reason: 'ORDER_RELEASED' } },
    ]);
  });
});

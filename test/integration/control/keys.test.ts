import { afterAll, beforeAll, expect, it } from 'vitest';

import { judgeOf, orderMutation, ownerOfAccount, signed, startControlCity, type ControlCity } from './fixture.ts';

let own: ControlCity;
beforeAll(async () => {
  own = await startControlCity();
});
afterAll(() => own[Symbol.asyncDispose]());

const { idNumber, account } = ownerOfAccount(({ DJXX, YE }) => DJXX.length === 0 && Number(YE) > 1_000);
const freeze = {
  ...{ action: 'FREEZE', partyId: '1', agency: 'BANK', until: '2019-01-30', amount: '1000.00' },
  property: account.KHZH,
  bankName: account.YHMC,
};

it('the same key twice is one order and one request to the bank, also at the same moment', async () => {
  const input = { ...(await own.caseAgainst(idNumber)), ...freeze };
  const before = own.city.upstreams.calls().bank.control;
  const [first, second] = await Promise.all([
    own.order(input, undefined, 'twice'),
    own.order(input, undefined, 'twice'),
  ]);
  expect(second).toEqual(first);
  expect(await own.order(input, undefined, 'twice')).toEqual(first);
  expect(own.city.upstreams.calls().bank.control).toBe(before + 1);
  const { data } = await own.ask(`{ case(number: "${input.caseNumber}") { measureOrders { id } } }`);
  expect(data).toEqual({ case: { measureOrders: [{ id: first.id }] } });
});

it('a key with other content, or of another judge, is a conflict, and nothing is ordered', async () => {
  const input = { ...(await own.caseAgainst(idNumber)), ...freeze };
  const { id } = await own.order(input, undefined, 'taken');
  for (const [other, viewer] of [
    [{ ...input, amount: '1000.01' }, undefined],
    [input, { ...judgeOf('苏0312'), subject: 'judge-wu' }],
  ] as const) {
    expect(await own.refusal(other, viewer, 'taken')).toMatchObject({ extensions: { code: 'IDEMPOTENCY_CONFLICT' } });
  }
  const { data } = await own.ask(`{ case(number: "${input.caseNumber}") { measureOrders { id } } }`);
  expect(data).toEqual({ case: { measureOrders: [{ id }] } });
});

it('what was ordered and not carried out is carried out by whoever asks what came of it', async () => {
  const { caseNumber } = await own.caseAgainst(idNumber);
  const input = { ...signed, caseNumber, ...freeze };
  const before = own.city.upstreams.calls().bank.control;
  const ordered = await own.ask(orderMutation('id'), { input, key: 'left' });
  expect(ordered.errors).toBeUndefined();
  expect(own.city.upstreams.calls().bank.control).toBe(before);
  const query = `{ case(number: "${caseNumber}") { measureOrders { id bank { status requestNumber } } } }`;
  const centre = { ...judgeOf('苏0312'), role: 'command-centre' as const };
  const [one, other] = await Promise.all([own.ask(query, {}, centre), own.ask(query)]);
  expect(other).toEqual(one);
  expect(one.data).toMatchObject({
    case: { measureOrders: [{ bank: { status: expect.not.stringMatching('REFUSED') as string } }] },
  });
  expect(own.city.upstreams.calls().bank.control).toBe(before + 1);
});

import { describe, expect, it } from 'vitest';
import { parseAnswers } from '../../../../subgraphs/command/assets/answers.ts';
import { summarise } from '../../../../subgraphs/command/assets/summary.ts';

const today = '2018-01-31';

const account = (changes: object = {}) => ({
  assetKey: 'a',
  bankName: '某银行',
  number: '★0123',
  currency: 'CNY',
  balance: '100.00',
  available: '60.01',
  priorFreezes: [],
  ...changes,
});
const bank = (accounts: readonly object[] | null, changes: object = {}) => ({
  bank: { status: 'FOUND', answeredAt: '2018-01-30T09:00:00.000+08:00', accounts, ...changes },
  vehicle: { status: 'NONE', answeredAt: null, vehicles: [] },
  realEstate: { status: 'NONE', answeredAt: null, units: [] },
});
const total = (...seen: readonly object[]) => {
  const { certainty, controllable } = summarise(seen.map(parseAnswers), today);
  return [certainty, controllable];
};

describe('one thing through two cases', () => {
  it('counts once, and two things twice', () => {
    expect(total(bank([account()]), bank([account()]))).toEqual(['EXACT', 6001n]);
    expect(total(bank([account(), account({ assetKey: 'b' })]))).toEqual(['EXACT', 12002n]);
  });

  it('counts as it was told last, also when it is gone', () => {
    const later = { answeredAt: '2018-01-30T10:00:00.000+08:00' };
    expect(total(bank([account({ available: '5.00' })], later), bank([account()]))).toEqual(['EXACT', 500n]);
    expect(total(bank([account()]), bank([], { ...later, status: 'NONE' }))).toEqual(['EXACT', 0n]);
  });

  it('counts as the lesser of what was told at once, and that is a bound', () => {
    expect(total(bank([account({ available: '5.00' })]), bank([account()]))).toEqual(['LOWER_BOUND', 500n]);
    expect(total(bank([account(), account({ available: null, balance: null })]))).toEqual(['LOWER_BOUND', 6001n]);
  });
});

describe('what is not known', () => {
  it.each([
    ['other money', account({ currency: 'USD' }), ['LOWER_BOUND', 0n]],
    ['more available than there is', account({ available: '100.01' }), ['LOWER_BOUND', 0n]],
    ['an overdraft', account({ balance: '-5.00', available: '-5.00' }), ['EXACT', 0n]],
    ['an amount that cannot be read', account({ balance: '1e3', available: null }), ['LOWER_BOUND', 0n]],
    ['freezes that did not arrive', account({ available: null, priorFreezes: null }), ['LOWER_BOUND', 0n]],
    ['no other money', account({ currency: 'USD', available: '0.00' }), ['EXACT', 0n]],
  ])('is told of %s', (_, own, expected) => {
    expect(total(bank([own]))).toEqual(expected);
  });

  it('is told of an agency that failed on the way, or whose rows did', () => {
    expect(total({})).toEqual(['UNKNOWN', null]);
    expect(total({ bank: null, vehicle: null, realEstate: null })).toEqual(['UNKNOWN', null]);
    expect(total({ ...bank([account()]), vehicle: null })).toEqual(['LOWER_BOUND', 6001n]);
    const lost = summarise([parseAnswers(bank(null))], today);
    expect([lost.certainty, lost.gaps, lost.byKind.ACCOUNT]).toEqual([
      'LOWER_BOUND',
      [{ agency: 'bank', status: 'UNREACHABLE' }],
      null,
    ]);
    expect(summarise([], today).certainty).toBe('UNKNOWN');
  });

  it('is told with the state of the inquiry that says most', () => {
    const { gaps } = summarise(
      ['REFUSED', 'PENDING', 'TIMEOUT'].map((status) => parseAnswers(bank(null, { status }))),
      today,
    );
    expect(gaps).toEqual([{ agency: 'bank', status: 'PENDING' }]);
  });
});

it('says who else has it, and which place is left', () => {
  const seizures = [
    { authority: '甲法院', documentNumber: '甲1', from: '2016-02-15', until: '2018-02-15', queuePosition: 0 },
    { authority: '乙法院', documentNumber: '乙1', from: '2017-05-01', until: null, queuePosition: 1 },
  ];
  const vehicle = {
    assetKey: 'v',
    plateNumber: '★345',
    model: 'M',
    estimatedValue: '90000.00',
    mortgages: [],
    seizures,
  };
  const own = { ...bank([]), vehicle: { status: 'FOUND', answeredAt: null, vehicles: [vehicle] } };
  const [asset] = summarise([parseAnswers(own)], today).assets;
  expect(asset).toMatchObject({ controllable: 0n, exact: true, nextPosition: 2, description: '★345' });
  expect(
    asset!.measures.map(({ authority, queuePosition, expiresOn, alert }) => [
      authority,
      queuePosition,
      expiresOn,
      alert,
    ]),
  ).toEqual([
    ['甲法院', 0, '2018-02-15', 'WITHIN_15_DAYS'],
    ['乙法院', 1, null, null],
  ]);
});

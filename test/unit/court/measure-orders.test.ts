import { describe, expect, it } from 'vitest';

import { laterContent } from '../../../subgraphs/court/measure-order/content.ts';
import { coveredBy, isLive, standingsOf, type OrderFacts } from '../../../subgraphs/court/measure-order/live.ts';
import { longestUntil } from '../../../subgraphs/court/measure-order/term.ts';
import type { CaseTable, MeasureOrderTable } from '../../../subgraphs/court/tables.ts';

describe('the last day that a term may have', () => {
  it.each([
    ['BANK', '2018-01-31', '2019-01-30'],
    ['VEHICLE', '2018-01-31', '2020-01-30'],
    ['REAL_ESTATE', '2018-01-31', '2021-01-30'],
    ['BANK', '2018-01-01', '2018-12-31'],
    ['BANK', '2018-03-01', '2019-02-28'],
    ['BANK', '2019-03-01', '2020-02-29'],
    ['BANK', '2020-02-29', '2021-02-28'],
    ['VEHICLE', '2018-12-31', '2020-12-30'],
  ] as const)('of %s from %s is %s', (agency, first, last) => {
    expect(longestUntil(agency, first)).toBe(last);
  });
});

const first = (id: string, changes: Partial<OrderFacts> = {}): OrderFacts => ({
  ...{ id, action: 'FREEZE', agency: 'BANK', property: id, bank_name: '某银行', amount: 100n, until: '2018-06-30' },
  origin_id: null,
  ...changes,
});
const renewal = (of: string, until: string) => first(`${of}+${until}`, { action: 'RENEW', origin_id: of, until });
const release = (of: string) => first(`-${of}`, { action: 'RELEASE', origin_id: of, until: null, amount: null });
const covered = (orders: readonly OrderFacts[], today = '2018-01-31') => coveredBy(standingsOf(orders), today);

describe('what live orders of a case cover', () => {
  it('is the sum of the first orders, to the end of their last day', () => {
    expect(covered([first('a'), first('b', { amount: 1n })])).toBe(101n);
    expect(covered([first('a')], '2018-06-30')).toBe(100n);
    expect(covered([first('a')], '2018-07-01')).toBe(0n);
  });

  it('has no renewal beside what it renews, which lasts as long as the latest', () => {
    const orders = [first('a'), renewal('a', '2018-12-31'), renewal('a', '2018-09-30')];
    expect(covered(orders)).toBe(100n);
    expect(covered(orders, '2018-12-31')).toBe(100n);
    expect(covered(orders, '2019-01-01')).toBe(0n);
  });

  it('has nothing of what was released, and nothing without an amount', () => {
    expect(covered([first('a'), renewal('a', '2018-12-31'), release('a'), first('b')])).toBe(100n);
    expect(covered([first('s', { action: 'SEAL', amount: null })])).toBe(0n);
  });

  it('is nothing where nothing was ordered', () => {
    expect(covered([])).toBe(0n);
    expect(standingsOf([first('a')]).map((standing) => isLive(standing, '2018-06-30'))).toEqual([true]);
  });
});

describe('a renewal', () => {
  const id = 'b3b0a1f4-0000-4000-8000-000000000001';
  const order: MeasureOrderTable = {
    ...{ id, case_key: 'k', position: 1, ordinal: 1, action: 'FREEZE', agency: 'BANK', number: 'n', property: '629' },
    ...{
      bank_name: '某银行',
      amount: 100n,
      until: '2018-06-30',
      origin_id: null,
      freed_ids: [],
      name: '王强',
      id_type: 'RESIDENT_ID',
    },
    ...{
      id_number: '1',
      signed_by: '李',
      signed_on: '2018-01-31',
      ordered_by: 'j',
      ordered_at: '',
      handler_name: '赵',
    },
    ...{ handler_phone: '1', work_id_number: 'G', duty_certificate_number: 'Z' },
  };
  const own: CaseTable = {
    ...{ number_key: 'k', court_code: '苏0312', type: 'FIRST_EXECUTION', stage: 'DISPOSING', filed_on: null },
    ...{ closed_on: null, closing_mode: null, amount_due: null, amount_recovered: null, amount_outstanding: null },
    ...{ predecessor_key: null, successor_key: null, transfer_kind: null, team_name: null, team_type: null },
    team_judge: null,
  };
  const renewed = (today: string, until: string) =>
    laterContent(
      { action: 'RENEW', originId: id.toUpperCase(), until },
      { own, today, orders: [order], standings: standingsOf([order]) },
    );

  it('says what its first order says, but for the last day', () => {
    expect(renewed('2018-06-30', '2019-06-29')).toEqual({
      ...{
        action: 'RENEW',
        origin_id: id,
        freed_ids: [],
        until: '2019-06-29',
        ordinal: 1,
        agency: 'BANK',
        property: '629',
      },
      ...{ bank_name: '某银行', amount: 100n, name: '王强', id_type: 'RESIDENT_ID', id_number: '1' },
    });
  });

  it('comes too late on the day after the last', () => {
    expect(() => renewed('2018-07-01', '2019-06-30')).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ problem: 'LAPSED' }) as unknown }) as Error,
    );
  });
});

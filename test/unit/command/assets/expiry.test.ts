import { describe, expect, it } from 'vitest';
import { expiryOf, type AssetKind } from '../../../../subgraphs/command/assets/expiry.ts';

const today = '2018-01-31';
const end = (kind: AssetKind, from: string | null, until: string | null, waiting = false) =>
  expiryOf(kind, { from, until, waiting }, today);

describe('the end of a measure', () => {
  it.each<[AssetKind, string | null, string | null, string | null]>([
    ['ACCOUNT', '2017-06-01', null, '2018-06-01'],
    ['VEHICLE', '2017-06-01', null, '2019-06-01'],
    ['REAL_ESTATE', '2017-06-01', null, '2020-06-01'],
    ['REAL_ESTATE', '2017-06-01', '2019-01-01', '2019-01-01'],
    ['VEHICLE', '2017-06-01', '2020-06-01', '2019-06-01'],
    ['ACCOUNT', null, '2018-03-01', '2018-03-01'],
    ['ACCOUNT', null, null, null],
    ['ACCOUNT', '2016-02-29', null, '2017-02-28'],
  ])('of %s from %s until %s is %s', (kind, from, until, expected) => {
    expect(end(kind, from, until).expiresOn).toBe(expected);
  });

  it('is none while it waits', () => {
    expect(end('VEHICLE', '2017-06-01', '2019-06-01', true)).toEqual({ expiresOn: null, daysLeft: null, alert: null });
  });

  it.each([
    ['2018-01-30', -1, 'LAPSED'],
    ['2018-01-31', 0, 'WITHIN_7_DAYS'],
    ['2018-02-07', 7, 'WITHIN_7_DAYS'],
    ['2018-02-08', 8, 'WITHIN_15_DAYS'],
    ['2018-02-15', 15, 'WITHIN_15_DAYS'],
    ['2018-02-16', 16, 'WITHIN_30_DAYS'],
    ['2018-03-02', 30, 'WITHIN_30_DAYS'],
    ['2018-03-03', 31, null],
  ])('on %s is %i days away: %s', (until, daysLeft, alert) => {
    expect(end('ACCOUNT', null, until)).toEqual({ expiresOn: until, daysLeft, alert });
  });
});

import { describe, expect, it } from 'vitest';
import { readBankAnswer, settleBanks } from '../../../subgraphs/bank/upstream/answer.ts';

const at = '2018-01-04T09:00:00+08:00';
const account = (bank: string, serial: number, changes: object = {}) => ({
  YHMC: bank,
  CCXH: serial,
  KHZH: `629999123456789012${serial}`,
  BZ: 'CNY',
  YE: '12.30',
  KYYE: '12.30',
  DJXX: [],
  FKSJ: at,
  ...changes,
});
const none = (bank: string, serial: number, changes: object = {}) => ({
  YHMC: bank,
  CCXH: serial,
  KHZH: '查无开户信息',
  FKSJ: at,
  ...changes,
});
const standing = (bank: string, state: string, rows: number | null = 1) => ({
  YHMC: bank,
  FKZT: state,
  TS: rows,
  FKSJ: state === '1' ? at : null,
  YY: null,
});
const element = (rows: readonly object[], changes: object = {}) => ({ BDHM: 'YH1', WCZT: '1', ZHXX: rows, ...changes });
const told = (...elements: object[]) =>
  readBankAnswer(elements)?.banks.map(({ bankName, status, reason, accounts }) => [
    bankName,
    status,
    reason,
    accounts.length,
  ]);

describe('a bank', () => {
  it.each([
    ['has accounts', [account('甲', 1), account('甲', 2)], standing('甲', '1', 2), ['甲', 'FOUND', null, 2]],
    ['knows nobody', [none('甲', 1)], standing('甲', '1'), ['甲', 'NONE', null, 0]],
    ['is still to answer', [], standing('甲', '0', 0), ['甲', 'PENDING', null, 0]],
    ['is not on line', [], standing('甲', '2', 0), ['甲', 'UNREACHABLE', 'NOT_ON_LINE', 0]],
    ['sent more than came', [account('甲', 1)], standing('甲', '1', 2), ['甲', 'DEGRADED', 'ROWS_LOST', 1]],
    ['sent something and nothing came', [], standing('甲', '1', 1), ['甲', 'UNREACHABLE', 'ROWS_LOST', 0]],
    [
      'sent less than came',
      [account('甲', 1), account('甲', 2)],
      standing('甲', '1', 1),
      ['甲', 'UNREACHABLE', 'GARBLED', 0],
    ],
    [
      'says 查无 and names one',
      [none('甲', 1), account('甲', 2)],
      standing('甲', '1', 2),
      ['甲', 'UNREACHABLE', 'GARBLED', 0],
    ],
    ['says 查无 with money', [none('甲', 1, { YE: '5.00' })], standing('甲', '1'), ['甲', 'UNREACHABLE', 'GARBLED', 0]],
    [
      'says 查无 with no money',
      [none('甲', 1, { YE: '0.00', KYYE: '' })],
      standing('甲', '1'),
      ['甲', 'NONE', null, 0],
    ],
    [
      'names one freeze twice, differently',
      [
        account('甲', 1, {
          DJXX: [
            { XH: 1, DJJE: '1.00' },
            { XH: 1, DJJE: '2.00' },
          ],
        }),
      ],
      standing('甲', '1'),
      ['甲', 'UNREACHABLE', 'GARBLED', 0],
    ],
  ])('that %s is told as such', (_, rows, state, expected) => {
    expect(told(element(rows, { YHQK: [state] }))).toEqual([expected]);
  });

  it('whose row cannot be read is a gap, and the others are not', () => {
    expect(told(element([account('甲', 1, { YE: 12.3 }), account('乙', 2)], { YHQK: [] }))).toEqual([
      ['乙', 'FOUND', null, 1],
      ['甲', 'UNREACHABLE', 'GARBLED', 0],
    ]);
  });

  it('under whose serial two rows differ is a gap with the other one', () => {
    expect(told(element([account('甲', 1), account('乙', 1), none('丙', 2)]))?.map((bank) => bank.slice(0, 2))).toEqual(
      [
        ['甲', 'UNREACHABLE'],
        ['丙', 'NONE'],
        ['乙', 'UNREACHABLE'],
      ],
    );
  });

  it.each([
    ['156', 'CNY'],
    ['人民币', 'CNY'],
    ['840', 'USD'],
    ['JPY', 'JPY'],
  ])('that writes its currency as %s means %s', (written, currency) => {
    const [bank] = readBankAnswer([element([account('甲', 1, { BZ: written })])])!.banks;
    expect(bank!.accounts[0]!.currency).toBe(currency);
  });
});

describe('a door that tells less', () => {
  it('and counts its banks leaves those that are missing without a name', () => {
    expect(told(element([account('甲', 1)], { YHS: 3, YFKYHS: 1 }))).toEqual([
      ['甲', 'FOUND', null, 1],
      [null, 'UNREACHABLE', 'ROWS_LOST', 0],
      [null, 'UNREACHABLE', 'ROWS_LOST', 0],
    ]);
    expect(told(element([account('甲', 1)], { WCZT: '0', YHS: 2, YFKYHS: 1 }))?.[1]).toEqual([
      null,
      'PENDING',
      null,
      0,
    ]);
  });

  it('and leaves out a serial has lost a row', () => {
    expect(told(element([account('甲', 1), account('乙', 3)]))?.at(-1)).toEqual([null, 'UNREACHABLE', 'ROWS_LOST', 0]);
  });

  it('is GARBLED where it cannot be told whose a row is', () => {
    expect(readBankAnswer([element([account('', 1, { YE: true })])])).toBeNull();
    expect(readBankAnswer([element([], { YHQK: [standing('甲', '1'), standing('甲', '2')] })])).toBeNull();
  });
});

describe('a complete answer', () => {
  it.each([
    ['nobody answered', [], [standing('甲', '2', 0)], 'NOT_ON_LINE'],
    ['nobody can be read', [account('甲', 1, { YE: 1 })], [], 'GARBLED'],
    ['there is no row', [], [], 'GARBLED'],
  ])('in which %s is no answer', (_, rows, states, reason) => {
    const answer = readBankAnswer([element(rows, { YHQK: states })]);
    expect(settleBanks(answer!)).toMatchObject({ kind: 'FAILED', status: 'UNREACHABLE', reason });
  });
});

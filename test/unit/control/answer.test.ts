import { describe, expect, it } from 'vitest';

import { readControlAnswer } from '../../../subgraphs/kit/control/answer.ts';
import type { OrderedMeasure } from '../../../subgraphs/kit/control/measure.ts';

const freeze: OrderedMeasure = {
  ...{ action: 'FREEZE', property: '629', bankName: '某银行', amount: '1000.00', until: '2018-12-31', origin: null },
};
const seal: OrderedMeasure = { ...freeze, action: 'SEAL', amount: null, bankName: null };
const release: OrderedMeasure = { ...freeze, action: 'RELEASE', amount: null, until: null, origin: 'YH1' };
const row = {
  ...{ KZZT: '1', SKJE: '1000.00', CSKSRQ: '2018-01-31', CSJSRQ: '2018-12-31', LHXH: 0 },
  FKSJ: '2018-01-31T09:00:00.000+08:00',
};
const read = (changes: object, measure = freeze) => readControlAnswer([{ ...row, ...changes }], { measure });
const said = (changes: object, measure?: OrderedMeasure) => {
  const settled = read(changes, measure);
  return settled?.kind === 'ANSWERED' ? settled.records[0] : settled;
};
const garbled = { kind: 'FAILED', status: 'UNREACHABLE', reason: 'GARBLED', lasting: false };

describe('what an agency says of a measure', () => {
  it.each([
    ['all of it', {}, { status: 'SUCCESS', reason: null, controlledAmount: '1000.00', queuePosition: 0 }],
    ['nothing on an empty account', { SKJE: '0.00' }, { status: 'SUCCESS', controlledAmount: '0.00' }],
    ['a fen', { SKJE: '0.01' }, { status: 'PARTIAL', reason: 'BALANCE_BELOW_ORDER', controlledAmount: '0.01' }],
    ['a fen less', { SKJE: '999.99' }, { status: 'PARTIAL', reason: 'BALANCE_BELOW_ORDER' }],
    ['a fen more', { SKJE: '1000.01' }, { status: 'PARTIAL', reason: 'MORE_THAN_ORDERED', controlledAmount: null }],
    ['a day longer', { CSJSRQ: '2019-01-01' }, { status: 'PARTIAL', reason: 'LONGER_THAN_ORDERED' }],
    ['a day shorter', { CSJSRQ: '2018-12-30' }, { status: 'SUCCESS', until: '2018-12-30' }],
    ['a place in waiting', { LHXH: 2, CSJSRQ: null, SKJE: null }, { status: 'SUCCESS', until: null, queuePosition: 2 }],
    ['no place', { LHXH: null }, { status: 'SUCCESS', queuePosition: 0 }],
    ['no', { KZZT: '2', WNKZYY: '账户已销户' }, { status: 'FAILED', reason: '账户已销户', queuePosition: null }],
    ['no, and no reason', { KZZT: '2' }, { status: 'FAILED', reason: 'NOT_TOLD' }],
  ])('%s', (_, changes, expected) => {
    expect(said(changes)).toMatchObject(expected);
  });

  it('does not carry an account number on in the reason', () => {
    expect(said({ KZZT: '2', WNKZYY: '账号6222021234567890123不存在' })).toMatchObject({
      reason: `账号${'★'.repeat(19)}不存在`,
    });
  });

  it.each([
    ['no amount of a freeze', { SKJE: null }],
    ['an amount that is no text', { SKJE: 1000 }],
    ['an amount below nothing', { SKJE: '-1.00' }],
    ['no last day', { CSJSRQ: null }],
    ['a last day before the first', { CSJSRQ: '2018-01-30' }],
    ['neither yes nor no', { KZZT: '3' }],
    ['a place that is none', { LHXH: -1 }],
    ['no hour', { FKSJ: '昨天' }],
  ])('cannot be read with %s', (_, changes) => {
    expect(read(changes)).toEqual(garbled);
  });

  it('has no amount for a seal, and neither days nor a place for a release', () => {
    expect(said({ SKJE: null }, seal)).toMatchObject({
      status: 'SUCCESS',
      controlledAmount: null,
      until: '2018-12-31',
    });
    expect(said({ SKJE: null, CSKSRQ: null, CSJSRQ: null, LHXH: null }, release)).toEqual({
      ...{ status: 'SUCCESS', reason: null, controlledAmount: null, from: null, until: null, queuePosition: null },
    });
  });

  it('counts once when it comes twice, and not at all when it comes in two ways', () => {
    expect(readControlAnswer([row, { ...row }], { measure: freeze })).toMatchObject({ kind: 'ANSWERED' });
    expect(readControlAnswer([row, { ...row, SKJE: '1.00' }], { measure: freeze })).toEqual(garbled);
    expect(readControlAnswer([], { measure: freeze })).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';

import type { BankRecord } from '../../../subgraphs/bank/upstream/bank-record.ts';
import { namedAccount } from '../../../subgraphs/bank/upstream/named-account.ts';

const recordOf = (bankName: string, ...numbers: string[]): BankRecord => ({
  ...{ bankName, status: 'FOUND', reason: null, answeredAt: null },
  accounts: numbers.map((number) => ({
    ...{ bankName, number, branch: null, currency: 'CNY', balance: null, available: null, accountStatus: null },
    ...{ openedOn: null, priorFreezes: [] },
  })),
});
const records = [recordOf('甲银行', '6200001234', '6200015678'), recordOf('乙银行', '6200001234', '9900001234')];
const named = (property: string, bankName: string) => namedAccount({ property, bankName }, records);

describe('the account that an order means', () => {
  it('is the one of its bank that the graph shows so', () => {
    expect(named('★★★★★★1234', '甲银行')).toEqual({ property: '6200001234' });
  });
  it('is not guessed', () => {
    expect(named('★★★★★★1234', '乙银行')).toEqual({ refusal: 'ACCOUNT_AMBIGUOUS' });
    expect(named('★★★★★★1234', '丙银行')).toEqual({ refusal: 'ACCOUNT_NOT_SEEN' });
    expect(named('★★★★★★★1234', '甲银行')).toEqual({ refusal: 'ACCOUNT_NOT_SEEN' });
  });
  it('is one however often it was told', () => {
    expect(namedAccount({ property: '★★★★★★5678', bankName: '甲银行' }, [...records, ...records])).toEqual({
      property: '6200015678',
    });
  });
});

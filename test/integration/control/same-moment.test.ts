import { expect, it } from 'vitest';

import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { ownerOfAccount, startControlCity } from './fixture.ts';

describeOnPostgres('orders of one case at the same moment, on PostgreSQL', () => {
  it('are together not above the claim', async () => {
    await using own = await startControlCity({ engine: 'postgres' });
    const { idNumber, account } = ownerOfAccount(({ DJXX, YE }) => DJXX.length === 0 && Number(YE) > 1_000);
    const { caseNumber } = await own.caseAgainst(idNumber, '1500.00');
    const freezes = Array.from({ length: 6 }, (_, n) => ({
      ...{ caseNumber, action: 'FREEZE', partyId: '1', agency: 'BANK', until: '2019-01-30', amount: '1000.00' },
      property: n === 0 ? account.KHZH : `629999000000000000${n}`,
      bankName: account.YHMC,
    }));
    const orders = await Promise.allSettled(freezes.map((freeze) => own.order(freeze)));
    const refused = orders.flatMap((order) => (order.status === 'rejected' ? [String(order.reason)] : []));
    expect(refused).toEqual(Array.from({ length: 5 }, () => expect.stringContaining('ABOVE_CLAIM') as string));
    const { data } = await own.ask(`{ case(number: "${caseNumber}") { measureOrders { amount } } }`);
    expect(data).toEqual({ case: { measureOrders: [{ amount: '1000.00' }] } });
  }, 60_000);
});

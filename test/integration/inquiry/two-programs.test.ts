import { expect, test } from 'vitest';

import { bankBaseUrl, createUpstreams } from '../../../mocks/upstreams/upstreams.ts';
import type { BankRecord } from '../../../subgraphs/bank/upstream/bank-record.ts';
import { createPostgres } from '../../../subgraphs/kit/database/postgres.ts';
import { openDatabaseStore } from '../../../subgraphs/kit/inquiry/database-store.ts';
import { askingsOf } from '../../support/askings.ts';
import { askTwice, openBankDesk } from '../../support/bank-desk.ts';
import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { createTestDatabase } from '../../support/test-database.ts';

describeOnPostgres('two programs of one agency on one database', () => {
  test('ask about everybody once, and both are told', async () => {
    await using server = await createTestDatabase();
    const upstreams = createUpstreams({ seed: 'two', dayMs: 500 });
    const upstream = { baseUrl: bankBaseUrl, fetch: upstreams.fetch };
    const hosts = [await createPostgres({ url: server.url }), await createPostgres({ url: server.url })];
    const desks = await Promise.all(
      hosts.map(async (host) =>
        openBankDesk(upstream, await openDatabaseStore<BankRecord>(await host.open('bank')), { alone: false }),
      ),
    );
    try {
      const askings = askingsOf(0, 50);
      const told = await Promise.all(desks.map((desk) => askTwice(desk, askings)));
      expect(told[0]?.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 'ANSWERED'));
      expect(told[1]).toEqual(told[0]);
      // Each drafted at most once, whichever of the two did.
      expect(upstreams.calls().bank.submit).toBeLessThanOrEqual(2);
      expect(await server.ask('select count(*)::int as n, count(distinct series)::int as of from bank.ticket')).toEqual(
        [{ n: 50, of: 50 }],
      );
    } finally {
      for (const desk of desks) await desk.stop();
      for (const host of hosts) await host.stop();
    }
  });

  test('take over from one another when one stops', async () => {
    await using server = await createTestDatabase();
    const upstreams = createUpstreams({ seed: 'two', dayMs: 2_000 });
    const upstream = { baseUrl: bankBaseUrl, fetch: upstreams.fetch };
    const hosts = [await createPostgres({ url: server.url }), await createPostgres({ url: server.url })];
    const open = async (host = hosts[0]!) =>
      openBankDesk(upstream, await openDatabaseStore<BankRecord>(await host.open('bank')), {
        alone: false,
        leaseMs: 300,
      });
    const first = await open();
    const second = await open(hosts[1]);
    try {
      const askings = askingsOf(0, 20);
      const wish = { maxAgeMs: 3_600_000, waitMs: 0 };
      const pending = await Promise.all(askings.map((asking) => first.ask(asking, wish)));
      expect(new Set(pending.map(({ outcome }) => outcome.kind))).toEqual(new Set(['PENDING']));
      await first.stop();
      const told = await askTwice(second, askings);
      expect(new Set(told.map(({ status }) => status))).toEqual(new Set(['ANSWERED']));
      expect(told.slice(0, 20).map(({ requestNumber }) => requestNumber)).toEqual(
        pending.map(({ requestNumber }) => requestNumber),
      );
    } finally {
      await second.stop();
      for (const host of hosts) await host.stop();
    }
  });
});

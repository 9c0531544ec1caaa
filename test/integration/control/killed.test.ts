import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { createBank } from '../../../subgraphs/bank/program.ts';
import type { Death, Deed } from '../../fixtures/dying.ts';
import type { OrderingLife } from '../../fixtures/ordering.ts';
import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { isSoak, soakTimeoutMs } from '../../support/random-run.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { viewerHeaders } from '../../support/viewers.ts';
import { party, today } from '../agencies/fixture.ts';
import { openLives, startBank, type RecordingBank } from '../inquiry/lives.ts';
import { ownerOfAccount, seed } from './fixture.ts';

const deeds: readonly Deed[] = ['draft', 'submitting', 'POST', 'accepted', 'GET', 'settle', 'claim'];
const deaths: readonly Death[] = (isSoak ? [1, 1, 1, 2] : [1]).flatMap((nth) =>
  deeds.flatMap((deed) => (['before', 'after'] as const).map((when) => ({ deed, nth, when }))),
);
/** Without time each deed is died of once, in turn before and after it; on PGlite, which takes a second to open, only some. */
const someDeaths = isSoak
  ? deaths
  : deaths.filter(({ deed, when }) => (when === 'before') === (deeds.indexOf(deed) % 2 === 0));
const fewerDeaths = isSoak ? deaths : someDeaths.filter((_, index) => index % 3 === 0);
const perLife = 3;
const ruling = '（2018）苏0312执1号之一';

interface Told {
  readonly status: string;
  readonly requestNumber: string;
  readonly controlledAmount: string | null;
}

/** Orders to freeze, each on the account of somebody else. */
function freezes(count: number) {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, n) => {
    const { idNumber, account } = ownerOfAccount(({ DJXX, YE }) => DJXX.length === 0 && Number(YE) > 1_000);
    const subject = { name: '王强', idType: 'RESIDENT_ID', idNumber };
    return {
      ...{
        __typename: 'MeasureOrder',
        caseNumber: `（2017）苏0312执${n + 1}号`,
        id: crypto.randomUUID(),
        partyId: '1',
      },
      subject,
      mandate: {
        ...{ number: ruling, agency: 'BANK', action: 'FREEZE', amount: '1000.00', until: inDays(300) },
        ...{ property: account.KHZH, bankName: account.YHMC, originId: null, isReleased: false, releaseIds: [] },
        ...{ signedBy: '李法官', signedOn: inDays(-2), courtName: '徐州市铜山区人民法院', courtCode: '苏0312' },
        ...{ handlerName: '赵', handlerPhone: '1', workIdNumber: 'G', dutyCertificateNumber: 'Z' },
      },
    };
  });
}

/** How many freezes of the ruling the bank itself says lie on each debtor's accounts. */
async function freezesAt({ url }: RecordingBank, orders: ReturnType<typeof freezes>): Promise<number[]> {
  const bank = await createBank({ upstream: { baseUrl: url }, now: () => today, waitMs: 60_000 });
  const query = `query ($parties: [_Any!]!) { _entities(representations: $parties) { ... on Party {
    bank { accounts { priorFreezes { documentNumber } } } } } }`;
  const parties = orders.map(({ subject }, n) => party(n + 1, { subject }));
  const { data, errors } = await bank.ask(
    { query, variables: { parties } },
    AbortSignal.timeout(90_000),
    viewerHeaders(),
  );
  await bank.stop();
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  const told = data!['_entities'] as { bank: { accounts: { priorFreezes: { documentNumber: string }[] }[] } }[];
  return told.map(
    ({ bank: { accounts } }) =>
      accounts.flatMap(({ priorFreezes }) => priorFreezes).filter(({ documentNumber }) => documentNumber === ruling)
        .length,
  );
}

/** Lives and dies; then one lives on, and is told everything. */
async function livesOver(place: Pick<OrderingLife, 'databaseUrl' | 'directory'>, dying: readonly Death[]) {
  await using bank = await startBank(seed);
  await using lives = openLives<OrderingLife, Told[]>('ordering');
  const orders = freezes(perLife * dying.length);
  let kills = 0;
  for (const [life, death] of dying.entries()) {
    const own = orders.slice(life * perLife, (life + 1) * perLife);
    const end = await lives.live({ ...place, upstream: bank.url, orders: own, death });
    if (end.kind === 'KILLED') kills += 1;
    // A second deed of a kind need not come.
    else expect(death.nth, JSON.stringify(death)).toBeGreaterThan(1);
  }
  const end = await lives.live({ ...place, upstream: bank.url, orders, death: null });
  if (end.kind !== 'LIVED') throw new Error('nobody was to die');
  const { told } = end;
  // Two readers each, in order.
  expect(told.slice(orders.length)).toEqual(told.slice(0, orders.length));
  for (const one of told) expect(one).toMatchObject({ status: 'SUCCESS', controlledAmount: '1000.00' });
  const numbers = told.slice(0, orders.length).map(({ requestNumber }) => requestNumber);
  expect(new Set(numbers).size).toBe(orders.length);
  // Each was handed in under one number and in the same words, however often, and no other was.
  expect([...bank.asked.keys()].sort()).toEqual([...numbers].sort());
  for (const wordings of bank.asked.values()) expect(wordings.size).toBe(1);
  expect(await freezesAt(bank, orders)).toEqual(orders.map(() => 1));
  return kills;
}

/** All but second deeds have to come. */
const leastKills = (dying: readonly Death[]) => dying.filter(({ nth }) => nth === 1).length;

const timeoutMs = isSoak ? soakTimeoutMs : 300_000;

describe('a program that is killed before and after everything it does for an order', () => {
  test(
    'carries each out once on PGlite',
    async () => {
      const directory = mkdtempSync(join(tmpdir(), 'nonet-ordered-'));
      try {
        expect(await livesOver({ directory }, fewerDeaths)).toBeGreaterThanOrEqual(leastKills(fewerDeaths));
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    },
    timeoutMs,
  );
});

describeOnPostgres('a program that is killed before and after everything it does for an order', () => {
  test(
    'carries each out once on PostgreSQL',
    async () => {
      await using server = await createTestDatabase();
      expect(await livesOver({ databaseUrl: server.url }, someDeaths)).toBeGreaterThanOrEqual(leastKills(someDeaths));
    },
    timeoutMs,
  );
});

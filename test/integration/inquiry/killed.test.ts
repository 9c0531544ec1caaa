import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { createDatabaseHost } from '../../../subgraphs/kit/database/host.ts';
import type { Death, Deed } from '../../fixtures/dying.ts';
import type { Life } from '../../fixtures/inquiring.ts';
import { createMemoryStore } from '../../../subgraphs/kit/inquiry/memory-store.ts';
import { askingsOf } from '../../support/askings.ts';
import { askTwice, openBankDesk, type Told } from '../../support/bank-desk.ts';
import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { isSoak, soakTimeoutMs } from '../../support/random-run.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { openLives, startBank } from './lives.ts';

const deeds: readonly Deed[] = ['draft', 'submitting', 'POST', 'accepted', 'GET', 'settle', 'claim'];
const moments = ['before', 'after'] as const;
/** Before and after each deed; with time many times, also the second and third of them, so that two hundred and more die. */
const deaths = (isSoak ? [1, 1, 1, 1, 1, 1, 1, 1, 2, 3] : [1]).flatMap((nth) =>
  deeds.flatMap((deed) => moments.map((when) => ({ deed, nth, when }))),
);
/** A PGlite takes a second to open: without time few deeds are died of, in turn before and after them. */
const fewerDeaths = isSoak ? deaths : deaths.filter((_, index) => index % 5 === 0);
/** People who are asked about for the first time in a life: in every fifth more than a batch holds. */
const peopleOf = (life: number) => (life % 5 === 4 ? 110 : 10);

type Place = Pick<Life, 'databaseUrl' | 'directory'>;

/** Lives and dies; then one lives on, and is told everything about everybody. */
async function livesOver(place: Place, dying: readonly Death[]): Promise<{ readonly kills: number }> {
  await using bank = await startBank();
  await using lives = openLives<Life, Told[]>('inquiring');
  let to = 0;
  let kills = 0;
  for (const [life, death] of dying.entries()) {
    const from = to;
    to += peopleOf(life);
    const end = await lives.live({ ...place, upstream: bank.url, from, to, death });
    if (end.kind === 'KILLED') kills += 1;
    // A second or third deed of a kind need not come.
    else expect(death.nth, JSON.stringify(death)).toBeGreaterThan(1);
  }
  const end = await lives.live({ ...place, upstream: bank.url, from: 0, to, death: null });
  if (end.kind !== 'LIVED') throw new Error('nobody was to die');

  const series = askingsOf(0, to).map((asking) => asking.series);
  // Two readers each, in order.
  expect(end.told.map(({ requestNumber }) => requestNumber)).toEqual([...series, ...series]);
  expect(new Set(end.told.map(({ status }) => status))).toEqual(new Set(['ANSWERED']));
  // Each was asked under one number and in the same words, however often.
  expect([...bank.asked.keys()].sort()).toEqual([...series].sort());
  for (const wordings of bank.asked.values()) expect(wordings.size).toBe(1);
  // The oracle: somebody who was never killed and shares no store asks the same bank.
  const oracle = await openBankDesk({ baseUrl: bank.url }, createMemoryStore());
  expect(await askTwice(oracle, askingsOf(0, to))).toEqual(end.told);
  await oracle.stop();

  const host = await createDatabaseHost(place);
  try {
    const database = await host.open('bank');
    const { rows } = await database.query<{ request_number: string; state: string; question: unknown }>(
      'select request_number, state, question from ticket order by request_number',
    );
    expect(rows).toEqual(
      [...series].sort().map((number) => ({ request_number: number, state: 'ANSWERED', question: null })),
    );
  } finally {
    await host.stop();
  }
  return { kills };
}

/** A process takes half a second to load, and many times that on a machine that is busy. */
const timeoutMs = isSoak ? soakTimeoutMs : 300_000;

describe('a desk that is killed before and after everything it does', () => {
  test(
    'loses and doubles nothing on PGlite',
    async () => {
      const directory = mkdtempSync(join(tmpdir(), 'nonet-killed-'));
      try {
        const { kills } = await livesOver({ directory }, fewerDeaths);
        expect(kills).toBeGreaterThanOrEqual(isSoak ? 100 : fewerDeaths.length);
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    },
    timeoutMs,
  );
});

describeOnPostgres('a desk that is killed before and after everything it does', () => {
  test(
    'loses and doubles nothing on PostgreSQL',
    async () => {
      await using server = await createTestDatabase();
      const { kills } = await livesOver({ databaseUrl: server.url }, deaths);
      expect(kills).toBeGreaterThanOrEqual(isSoak ? 100 : deaths.length);
    },
    timeoutMs,
  );
});

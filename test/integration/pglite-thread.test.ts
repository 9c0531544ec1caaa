import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Pglite } from '../../subgraphs/kit/database/pglite.ts';
import { createPglite } from '../../subgraphs/kit/database/pglite.ts';
import { createPgliteThread } from '../../subgraphs/kit/database/pglite-thread.ts';

const runsOver = `select repeat('[', 100000)::jsonb`;

vi.setConfig({ testTimeout: 60_000 });

describe('PGlite in a worker thread', () => {
  let host: Pglite;

  beforeAll(async () => {
    host = await createPglite({ idleTransactionMs: 200 });
  });
  afterAll(() => host.stop());

  it('leaves the event loop free while a statement runs', async () => {
    const database = await host.open('court');
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    await database.query('select sum(n) from generate_series(1, 2000000) as n');
    clearInterval(turning);
    expect(turns).toBeGreaterThan(10);
  });

  it('runs statements in the order asked, however many are asked at once', async () => {
    const database = await host.open('in order');
    await database.query('create table asked (n integer)');
    const asked = Array.from({ length: 200 }, (_, n) => n);
    await Promise.all(asked.map((n) => database.query('insert into asked values ($1)', [n])));
    const { rows } = await database.query<{ n: number }>('select n from asked order by ctid');
    expect(rows.map(({ n }) => n)).toEqual(asked);
  });

  it('rejects what is pending when it is stopped, and everything after', async () => {
    const stopped = await createPglite();
    const database = await stopped.open('court');
    const pending = [
      database.query('select sum(n) from generate_series(1, 1000000) as n'),
      database.transaction((inside) => inside.query('select 1')),
      stopped.open('another'),
    ];
    const outcomes = Promise.allSettled(pending);
    const askedAt = performance.now();
    await stopped.stop();
    // A thread that does not end by itself is ended by force after ten seconds, its files left open.
    expect(performance.now() - askedAt).toBeLessThan(9_000);
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'DATABASE_STOPPED' } });
    await expect(database.query('select 1')).rejects.toMatchObject({ code: 'DATABASE_STOPPED' });
    await stopped.stop();
  });

  it('refuses a question to the schema from inside its transaction, which could never be answered', async () => {
    const database = await host.open('court');
    const other = await host.open('another');
    await database.transaction(async () => {
      await expect(database.query('select 1')).rejects.toThrow('runs inside a transaction');
      await expect(other.transaction(() => Promise.resolve())).rejects.toThrow('runs inside a transaction');
      await expect(host.open('a third')).rejects.toThrow('runs inside a transaction');
    });
    expect((await database.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  });

  it('rolls back a transaction that nobody goes on with, and goes on with the others', async () => {
    const database = await host.open('idle');
    await database.query('create table t (n integer)');
    let goOn = (): void => undefined;
    const forgotten = database.transaction(async (inside) => {
      await inside.query('insert into t values (1)');
      await new Promise<void>((resolve) => (goOn = resolve));
    });
    expect((await database.query('select n from t')).rows).toEqual([]);
    goOn();
    await expect(forgotten).rejects.toMatchObject({ code: '25P03' });
  });

  it('rolls back no transaction for the time of one before it, while which somebody waited', async () => {
    const database = await host.open('waiting');
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const first = database.transaction(() => pause(150));
    await pause(50);
    await Promise.all([first, database.query('select 1')]);
    await database.transaction(async (inside) => {
      for (let asked = 0; asked < 8; asked += 1) {
        await inside.query('select 1');
        await pause(50);
      }
    });
  });

  it('lets PostgreSQL refuse a statement that goes too deep, and stays up', async () => {
    const database = await host.open('court');
    await expect(database.query(runsOver)).rejects.toMatchObject({ code: '22P02' });
    expect((await database.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  });

  // PGlite itself answers a trap in its WebAssembly with no rows and no error.
  it('rejects everything pending when PGlite traps, instead of answering with no rows', async () => {
    const thread = await createPgliteThread({ directory: null, idleTransactionMs: 60_000, stackSizeMb: 4 });
    const asked = [runsOver, 'select 1', 'select 2'].map((sql) => thread.ask({ kind: 'query', schema: 'public', sql }));
    for (const outcome of await Promise.allSettled(asked))
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'DATABASE_CRASHED' } });
    const later = thread.ask({ kind: 'query', schema: 'public', sql: 'select 1' });
    await expect(later).rejects.toMatchObject({ code: 'DATABASE_CRASHED' });
    await thread.stop();
  });
});

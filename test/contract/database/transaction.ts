import { describe, expect, it } from 'vitest';
import type { Database } from '../../../subgraphs/kit/database/database.ts';
import type { Open } from './open.ts';

/** What every database promises of a transaction. */
export function transactionContract(open: Open): void {
  describe('transaction', () => {
    const tally = async (database: Database) =>
      (await database.query<{ n: bigint }>('select count(*) as n from t')).rows[0]!.n;

    it('commits when its work resolves, and hands on what it resolves to', async () => {
      const database = await open();
      await database.query('create table t (n integer)');
      const answer = await database.transaction(async (inside) => {
        await inside.query('insert into t values (1)');
        return 'done';
      });
      expect([answer, await tally(database)]).toEqual(['done', 1n]);
    });

    it('rolls back when its work rejects, with the very error', async () => {
      const database = await open();
      await database.query('create table t (n integer)');
      const mistake = new Error('mistake');
      const attempt = database.transaction(async (inside) => {
        await inside.query('insert into t values (1)');
        throw mistake;
      });
      await expect(attempt).rejects.toBe(mistake);
      expect(await tally(database)).toBe(0n);
    });

    it('rejects, rather than lose rows in silence, when its work swallowed a failed statement', async () => {
      const database = await open();
      await database.query('create table t (n integer)');
      const attempt = database.transaction(async (inside) => {
        await inside.query('insert into t values (1)');
        await expect(inside.query('select 1 / 0')).rejects.toMatchObject({ code: '22012' });
      });
      await expect(attempt).rejects.toMatchObject({ code: '25P02' });
      expect(await tally(database)).toBe(0n);
    });

    it('rejects when a deferred constraint breaks at the commit', async () => {
      const database = await open();
      await database.query('create table t (n integer unique deferrable initially deferred)');
      const attempt = database.transaction((inside) => inside.query('insert into t values (1), (1)'));
      await expect(attempt).rejects.toMatchObject({ code: '23505' });
      expect(await tally(database)).toBe(0n);
    });

    it('never holds a statement of another schema, which survives its rollback', async () => {
      const [one, other] = [await open(), await open()];
      for (const database of [one, other]) await database.query('create table t (n integer)');
      const [started, asked] = [latch(), latch()];
      const attempt = one.transaction(async (inside) => {
        await inside.query('insert into t values (1)');
        started.open();
        await asked.opened;
        await inside.query('insert into t values (2)');
        throw new Error('roll back');
      });
      await started.opened;
      const outside = other.query('insert into t values (3)');
      asked.open();
      await expect(attempt).rejects.toThrow('roll back');
      await outside;
      expect([await tally(one), await tally(other)]).toEqual([0n, 1n]);
    });

    it('takes turns with other transactions, so that none loses an update', async () => {
      const database = await open();
      await database.query('create table t as select 0 as n');
      const increment = () =>
        database.transaction(async (inside) => {
          const { rows } = await inside.query<{ n: number }>('select n from t for update');
          await inside.query('update t set n = $1', [rows[0]!.n + 1]);
        });
      await Promise.all(Array.from({ length: 20 }, increment));
      expect((await database.query('select n from t')).rows).toEqual([{ n: 20 }]);
    });

    it('refuses another transaction inside itself, and anything after its end', async () => {
      const database = await open();
      const kept = await database.transaction(async (inside) => {
        await expect(inside.transaction(() => Promise.resolve())).rejects.toMatchObject({ code: 'DATABASE_MISUSED' });
        return inside;
      });
      await expect(kept.query('select 1')).rejects.toMatchObject({ code: 'DATABASE_MISUSED' });
    });
  });
}

function latch() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

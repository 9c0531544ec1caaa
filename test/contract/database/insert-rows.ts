import { describe, expect, it } from 'vitest';
import { insertRows } from '../../../subgraphs/kit/database/insert-rows.ts';
import type { Open } from './open.ts';

/** What bulk inserts promise over every database. */
export function insertRowsContract(open: Open): void {
  describe('insertRows', () => {
    it('keeps nulls, quotes, braces, Chinese text, arrays and JSON as they are', async () => {
      const database = await open();
      await database.query(
        'create table "Bulk 表" (id bigint, "名" text, tags text[], days date[], doc jsonb, ok boolean)',
      );
      const rows = [
        [
          1n,
          `O'Neil "张" \\ {a,b} \n`,
          ['a"b', 'c\\d', null, '', 'NULL', '甲,乙'],
          ['2026-01-31'],
          { k: ['v', null] },
          true,
        ],
        [2n, null, null, null, null, null],
        [9007199254740993n, 'NULL', [], [], [1, 'a'], false],
        [4n, '', [null], [null], {}, true],
      ];
      const columns = [
        { name: 'id', type: 'bigint' },
        { name: '名', type: 'text' },
        { name: 'tags', type: 'text[]' },
        { name: 'days', type: 'date[]' },
        { name: 'doc', type: 'jsonb' },
        { name: 'ok', type: 'boolean' },
      ];
      await insertRows(database, 'Bulk 表', columns, rows);
      const found = await database.query<Record<string, unknown>>('select * from "Bulk 表" order by ctid');
      expect(found.rows.map((row) => columns.map(({ name }) => row[name]))).toEqual(rows);
    });

    it('keeps every row of many chunks, in order', async () => {
      const database = await open();
      await database.query('create table many (n integer, name text)');
      const rows = Array.from({ length: 12_345 }, (_, n) => [n, `名${n}`]);
      await insertRows(
        database,
        'many',
        [
          { name: 'n', type: 'integer' },
          { name: 'name', type: 'text' },
        ],
        rows,
      );
      const found = await database.query<{ n: number; name: string }>('select n, name from many order by ctid');
      expect(found.rows.map(({ n, name }) => [n, name])).toEqual(rows);
    });

    it('inserts all or nothing inside a transaction', async () => {
      const database = await open();
      await database.query('create table t (n integer primary key)');
      const rows = [...Array.from({ length: 6_000 }, (_, n) => [n]), [0]];
      const attempt = database.transaction((inside) => insertRows(inside, 't', [{ name: 'n', type: 'integer' }], rows));
      await expect(attempt).rejects.toMatchObject({ code: '23505' });
      expect((await database.query('select n from t')).rows).toEqual([]);
    });

    it('takes strings for a JSON column as JSON text', async () => {
      const database = await open();
      await database.query('create table t (doc jsonb)');
      await insertRows(database, 't', [{ name: 'doc', type: 'jsonb' }], [['{"名": 1}'], ['"text"']]);
      expect((await database.query('select doc from t')).rows).toEqual([{ doc: { 名: 1 } }, { doc: 'text' }]);
    });

    it.each([
      ['a row of another width', 'integer', [[1, 2]], 'row 0 for t has 2 values'],
      ['a type with a length, which would cut in silence', 'varchar(3)', [[1]], 'without a length'],
      ['SQL for a type', 'integer) --', [[1]], 'without a length'],
      ['undefined', 'integer', [[undefined]], 'a value of t.n is undefined'],
      ['a bare value for an array', 'integer[]', [[1]], 'must be an array or null'],
    ])('refuses %s', async (_, type, rows, message) => {
      const database = await open();
      await database.query('create table t (n integer)');
      await expect(insertRows(database, 't', [{ name: 'n', type }], rows)).rejects.toThrow(message);
    });
  });
}

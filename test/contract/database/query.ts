import { describe, expect, it } from 'vitest';
import type { Open } from './open.ts';

/** What every database promises of one statement. */
export function queryContract(open: Open): void {
  describe('query', () => {
    it('gives every question its own answer, however many are asked at once', async () => {
      const database = await open();
      await database.query('create table asked (n integer)');
      const asked = Array.from({ length: 200 }, (_, n) => n);
      const answers = await Promise.all(
        asked.map((n) => database.query<{ n: number }>('insert into asked values ($1) returning n', [n])),
      );
      expect(answers.map(({ rows }) => rows[0]!.n)).toEqual(asked);
      const { rows } = await database.query<{ n: number }>('select n from asked order by n');
      expect(rows.map(({ n }) => n)).toEqual(asked);
    });

    it('brings every type back exactly', async () => {
      const database = await open();
      const { rows } = await database.query(
        `select 9007199254740993::int8 as int8, 7::int4 as int4, 0.5::float8 as float8, 12345678901234567890.10::numeric as numeric,
                date '2026-01-31' as date, timestamptz '2026-01-31 08:00:00.123456+08' as instant, timestamp '2026-01-31 08:00' as local,
                array['甲', null, 'a,"b\\{}'] as texts, array[1, 9007199254740993]::int8[] as int8s, array[date '0999-12-31'] as dates,
                '{}'::text[] as empty, array[array[1, null], array[3, 4]]::int4[] as nested, '[2:3]={t,f}'::boolean[] as shifted,
                array['\\x00ff']::bytea[] as chunks, array['{"a": ["b"]}']::jsonb[] as documents, interval '1 day 2 hours' as span,
                time '08:00' as clock, '{"a": [1, null]}'::jsonb as json, true as yes, null::text as nothing, '\\x00ff'::bytea as bytes`,
      );
      expect(rows).toEqual([
        {
          int8: 9007199254740993n,
          int4: 7,
          float8: 0.5,
          numeric: '12345678901234567890.10',
          date: '2026-01-31',
          instant: '2026-01-31T00:00:00.123456Z',
          local: '2026-01-31T08:00:00',
          texts: ['甲', null, 'a,"b\\{}'],
          int8s: [1n, 9007199254740993n],
          dates: ['0999-12-31'],
          empty: [],
          nested: [
            [1, null],
            [3, 4],
          ],
          shifted: [true, false],
          chunks: [new Uint8Array([0, 255])],
          documents: [{ a: ['b'] }],
          span: '1 day 02:00:00',
          clock: '08:00:00',
          json: { a: [1, null] },
          yes: true,
          nothing: null,
          bytes: new Uint8Array([0, 255]),
        },
      ]);
    });

    it('takes every kind of parameter', async () => {
      const database = await open();
      const { rows } = await database.query(
        `select $1::text as text, $2::int8 as int8, $3::int4 as int4, $4::boolean as yes, $5::date as date, $6::timestamptz as instant,
                $7::text[] as texts, $8::int8[] as int8s, $9::jsonb as json, $10::text as nothing, $11::bytea as bytes, $12::numeric as numeric`,
        [
          '张三 ’"; drop table x; --\\',
          9007199254740993n,
          7,
          false,
          '2026-01-31',
          new Date('2026-01-31T08:00:00.5Z'),
          ['苏0312', '', 'NULL', null, 'a,"b\\{}'],
          [1n, 2],
          { 名: ['a'] },
          null,
          new Uint8Array([0, 255]),
          '0.10',
        ],
      );
      expect(rows).toEqual([
        {
          text: '张三 ’"; drop table x; --\\',
          int8: 9007199254740993n,
          int4: 7,
          yes: false,
          date: '2026-01-31',
          instant: '2026-01-31T08:00:00.5Z',
          texts: ['苏0312', '', 'NULL', null, 'a,"b\\{}'],
          int8s: [1n, 2n],
          json: { 名: ['a'] },
          nothing: null,
          bytes: new Uint8Array([0, 255]),
          numeric: '0.10',
        },
      ]);
    });

    it('counts the rows that a statement changed, and none for a select', async () => {
      const database = await open();
      await database.query('create table counted (n integer)');
      expect(await database.query('insert into counted values (1), (2), (3) returning n')).toEqual({
        rows: [{ n: 1 }, { n: 2 }, { n: 3 }],
        affected: 3,
      });
      expect((await database.query('update counted set n = n + 1 where n > 1')).affected).toBe(2);
      expect((await database.query('select n from counted')).affected).toBe(0);
    });

    it('orders text by the bytes of its UTF-8 where it says so, whatever the database orders by', async () => {
      const database = await open();
      const { rows } = await database.query<{ name: string }>(
        `select name from unnest(array['苏', 'b', 'A', 'a', 'B', '铜', 'é']) as name order by name collate "C"`,
      );
      expect(rows.map(({ name }) => name)).toEqual(['A', 'B', 'a', 'b', 'é', '苏', '铜']);
    });

    it('resolves names in its own schema, also when two schemas ask in turn', async () => {
      const [one, other] = [await open(), await open()];
      for (const [index, database] of [one, other].entries()) {
        await database.query('create table mine (n integer)');
        await database.query('insert into mine values ($1)', [index]);
      }
      const asked = Array.from({ length: 20 }, (_, index) => [one, other][index % 2]!.query('select n from mine'));
      for (const [index, { rows }] of (await Promise.all(asked)).entries()) expect(rows).toEqual([{ n: index % 2 }]);
    });

    it('finds the rows of a schema that is opened again', async () => {
      const database = await open();
      await database.query('create table kept as select 1 as n');
      const again = await open(database.schema);
      expect((await again.query('select n from kept')).rows).toEqual([{ n: 1 }]);
    });

    it('refuses a schema name that PostgreSQL would cut short', async () => {
      await expect(open('院'.repeat(22))).rejects.toThrow('1 to 63 bytes');
    });

    it('refuses a parameter without a text form, naming its place', async () => {
      const database = await open();
      await expect(database.query('select $1::text, $2::text', ['a', undefined])).rejects.toMatchObject({
        code: 'DATABASE_MISUSED',
        message: expect.stringContaining('parameter $2 is undefined') as string,
      });
    });

    it.each([
      'begin',
      ' COMMIT',
      '-- why\n/* not */ rollback',
      'set search_path = public',
      'start transaction',
      `set timezone = 'Asia/Shanghai'`,
      'reset all',
      'listen news',
    ])('refuses to change the session by hand: %s', async (sql) => {
      const database = await open();
      await expect(database.query(sql)).rejects.toMatchObject({ code: 'DATABASE_MISUSED' });
    });

    it('refuses after stop, and leaves the other schemas running', async () => {
      const [one, other] = [await open(), await open()];
      const asked = Array.from({ length: 20 }, (_, n) => one.query<{ n: number }>('select $1::int4 as n', [n]));
      await one.stop();
      // What was asked before is still answered.
      expect((await Promise.all(asked)).map(({ rows }) => rows[0]!.n)).toEqual(asked.map((_, n) => n));
      await expect(one.query('select 1')).rejects.toMatchObject({ code: 'DATABASE_STOPPED' });
      await expect(one.transaction(() => Promise.resolve())).rejects.toMatchObject({ code: 'DATABASE_STOPPED' });
      expect((await other.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
    });
  });
}

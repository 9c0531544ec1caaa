import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../subgraphs/kit/database/database.ts';
import { insertRows } from '../../subgraphs/kit/database/insert-rows.ts';
import { createKysely } from '../../subgraphs/kit/database/kysely.ts';
import { migrate } from '../../subgraphs/kit/database/migrate.ts';
import type { Migration } from '../../subgraphs/kit/database/migrate.ts';
import { createPglite } from '../../subgraphs/kit/database/pglite.ts';

/** What an implementation hands out: any number of schemas of one PostgreSQL. */
interface Host {
  open(schema: string): Promise<Database>;
  stop(): Promise<void>;
}

databaseContract('PGlite in a worker thread', () => createPglite());

function databaseContract(implementation: string, createHost: () => Promise<Host>): void {
  describe(`Database: ${implementation}`, () => {
    let host: Host;
    let opened = 0;
    const open = () => host.open(`Contract 法院 "${++opened}"`);

    beforeAll(async () => {
      host = await createHost();
    });
    afterAll(() => host.stop());

    describe('query', () => {
      it('answers in the order asked, however many are asked at once', async () => {
        const database = await open();
        await database.query('create table asked (n integer)');
        const answers = await Promise.all(
          Array.from({ length: 200 }, async (_, n) => {
            await database.query('insert into asked values ($1)', [n]);
            return n;
          }),
        );
        const { rows } = await database.query<{ n: number }>('select n from asked order by ctid');
        expect(rows.map(({ n }) => n)).toEqual(answers);
      });

      it('brings every type back exactly', async () => {
        const database = await open();
        const { rows } = await database.query(
          `select 9007199254740993::int8 as int8, 7::int4 as int4, 0.5::float8 as float8, 12345678901234567890.10::numeric as numeric,
                  date '2026-01-31' as date, timestamptz '2026-01-31 08:00:00.123456+08' as instant, timestamp '2026-01-31 08:00' as local,
                  array['甲', null, 'a,"b\\{}'] as texts, array[1, 9007199254740993]::int8[] as int8s, array[date '0999-12-31'] as dates,
                  '{}'::text[] as empty, '{"a": [1, null]}'::jsonb as json, true as yes, null::text as nothing, '\\x00ff'::bytea as bytes`,
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

      it('orders text by the bytes of its UTF-8', async () => {
        const database = await open();
        const { rows } = await database.query<{ name: string }>(
          `select name from unnest(array['苏', 'b', 'A', 'a', 'B', '铜', 'é']) as name order by name`,
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
        const again = await host.open(database.schema);
        expect((await again.query('select n from kept')).rows).toEqual([{ n: 1 }]);
      });

      it('refuses a schema name that PostgreSQL would cut short', async () => {
        await expect(host.open('院'.repeat(22))).rejects.toThrow('1 to 63 bytes');
      });

      it('refuses a parameter without a text form, naming its place', async () => {
        const database = await open();
        await expect(database.query('select $1::text, $2::text', ['a', undefined])).rejects.toMatchObject({
          code: 'DATABASE_MISUSED',
          message: expect.stringContaining('parameter $2 is undefined') as string,
        });
      });

      it.each(['begin', ' COMMIT', '-- why\n/* not */ rollback', 'set search_path = public', 'start transaction'])(
        'refuses to change the session by hand: %s',
        async (sql) => {
          const database = await open();
          await expect(database.query(sql)).rejects.toMatchObject({ code: 'DATABASE_MISUSED' });
        },
      );

      it('refuses after stop, and leaves the other schemas running', async () => {
        const [one, other] = [await open(), await open()];
        await one.stop();
        await expect(one.query('select 1')).rejects.toMatchObject({ code: 'DATABASE_STOPPED' });
        await expect(one.transaction(() => Promise.resolve())).rejects.toMatchObject({ code: 'DATABASE_STOPPED' });
        expect((await other.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
      });
    });

    describe('an error', () => {
      const secret = '320312199001011234';

      it.each([
        ['22P02', 'select $1::bigint', `${secret}x`],
        ['22P02', 'select $1::jsonb', `{"a": ${secret}`],
        ['22001', 'insert into person (short) values ($1)', secret],
        ['23505', 'insert into person (id_number) values ($1)', secret],
        ['23514', 'insert into person (id_number) values ($1)', `${secret}!`],
        ['42P01', `select $1::text, 'x'::regclass`, secret],
        ['42P01', 'select $1::regclass', `p${secret}`],
        ['42602', 'select $1::regclass', `p"."${secret}`],
      ])('carries SQLSTATE %s and not the parameter: %s', async (code, sql, parameter) => {
        const database = await open();
        await database.query(
          `create table person (id_number text unique constraint digits check (id_number !~ '!'), short varchar(3))`,
        );
        await database.query('insert into person (id_number) values ($1)', [secret]);
        const error: unknown = await database.query(sql, [parameter]).catch((reason: unknown) => reason);
        expect(error).toMatchObject({ code, message: expect.stringContaining(code) as string });
        expect(inspect(error, { showHidden: true, depth: 10 })).not.toContain(secret);
      });

      it('names what is wrong with the statement, or which constraint broke', async () => {
        const database = await open();
        await database.query('create table person (id integer constraint one_each unique)');
        await database.query('insert into person values (1)');
        await expect(database.query('select nmae from person where id = $1', [1])).rejects.toThrow(
          '42703 column "nmae" does not exist',
        );
        await expect(database.query('insert into person values ($1)', [1])).rejects.toMatchObject({
          constraint: 'one_each',
          message: expect.stringContaining('table person') as string,
        });
        await expect(database.query('select 1; select 2')).rejects.toMatchObject({ code: '42601' });
      });
    });

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
        const attempt = database.transaction((inside) =>
          insertRows(inside, 't', [{ name: 'n', type: 'integer' }], rows),
        );
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

    describe('createKysely', () => {
      interface Tables {
        person: { id: bigint; name: string };
      }
      const openPersons = async () => {
        const database = await open();
        await database.query('create table person (id bigint primary key, name text not null)');
        return { database, kysely: createKysely<Tables>(database) };
      };

      it('reads and writes tables of its schema', async () => {
        const { kysely } = await openPersons();
        const inserted = await kysely.insertInto('person').values({ id: 1n, name: '张三' }).executeTakeFirstOrThrow();
        expect(inserted.numInsertedOrUpdatedRows).toBe(1n);
        const query = kysely.selectFrom('person').select(['id', 'name']).where('name', 'in', ['张三', '李四']);
        expect(await query.execute()).toEqual([{ id: 1n, name: '张三' }]);
        expect(query.compile().sql).toMatch(/from "Contract 法院 ""\d+"""\."person"/);
      });

      it('commits and rolls back by its own transactions', async () => {
        const { kysely } = await openPersons();
        await kysely
          .transaction()
          .execute((inside) => inside.insertInto('person').values({ id: 1n, name: 'a' }).execute());
        const attempt = kysely.transaction().execute(async (inside) => {
          await inside.insertInto('person').values({ id: 2n, name: 'b' }).execute();
          throw new Error('roll back');
        });
        await expect(attempt).rejects.toThrow('roll back');
        expect(await kysely.selectFrom('person').select('id').execute()).toEqual([{ id: 1n }]);
      });

      it('belongs to the transaction whose database it was made over', async () => {
        const { database, kysely } = await openPersons();
        const attempt = database.transaction(async (inside) => {
          await createKysely<Tables>(inside).insertInto('person').values({ id: 1n, name: 'a' }).execute();
          throw new Error('roll back');
        });
        await expect(attempt).rejects.toThrow('roll back');
        expect(await kysely.selectFrom('person').select('id').execute()).toEqual([]);
      });

      it('leaves the database running when it is destroyed', async () => {
        const { database, kysely } = await openPersons();
        await kysely.destroy();
        expect((await database.query('select id from person')).rows).toEqual([]);
      });
    });

    describe('migrate', () => {
      const step = (name: string, sql: string): Migration => ({
        name,
        up: async (database) => {
          await database.query(sql);
        },
      });
      const first = step('0001-person', 'create table person (id integer)');
      const second = step('0002-name', 'alter table person add column name text');

      it('runs each step once, in order, and records it', async () => {
        const database = await open();
        await migrate(database, [first]);
        await migrate(database, [first, second]);
        await migrate(database, [first, second]);
        await database.query(`insert into person values (1, '张三')`);
        const { rows } = await database.query('select position, name from migration order by position');
        expect(rows).toEqual([
          { position: 0, name: '0001-person' },
          { position: 1, name: '0002-name' },
        ]);
      });

      it('changes nothing by a step that fails half-way', async () => {
        const database = await open();
        const broken: Migration = {
          name: '0002-broken',
          up: async (inside) => {
            await inside.query('drop table person');
            await inside.query('create tabel oops ()');
          },
        };
        await expect(migrate(database, [first, broken])).rejects.toMatchObject({ code: '42601' });
        expect((await database.query('select id from person')).rows).toEqual([]);
        await migrate(database, [first, second]);
        expect((await database.query('select name from person')).rows).toEqual([]);
      });

      it('refuses a schema that a newer program wrote', async () => {
        const database = await open();
        await migrate(database, [first, second]);
        await expect(migrate(database, [first])).rejects.toThrow(/newer program: it has seen 0002-name/);
      });

      it('refuses a step that was put in before one already seen, and a name used twice', async () => {
        const database = await open();
        await migrate(
          database,
          [second.name, first.name].map((name) => step(name, 'select 1')),
        );
        await expect(migrate(database, [first, second])).rejects.toThrow('add new migrations at the end');
        await expect(migrate(await open(), [first, first])).rejects.toThrow('two migrations are named 0001-person');
      });

      it('lets two programs that start together take turns', async () => {
        const database = await open();
        await Promise.all([migrate(database, [first, second]), migrate(database, [first, second])]);
        expect((await database.query('select id, name from person')).rows).toEqual([]);
      });
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

import { describe, expect, it } from 'vitest';
import { migrate } from '../../../subgraphs/kit/database/migrate.ts';
import type { Migration } from '../../../subgraphs/kit/database/migrate.ts';
import type { Open } from './open.ts';

/** What migrations promise over every database. */
export function migrateContract(open: Open): void {
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
}

import { describe, expect, it } from 'vitest';
import { createKysely } from '../../../subgraphs/kit/database/kysely.ts';
import type { Open } from './open.ts';

/** What the query builder promises over every database. */
export function kyselyContract(open: Open): void {
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
}

import type { Migration } from '../../database/migrate.ts';

/** What an agency says of a request that it hands back, in its parts; tickets from before have the one text of `reason`. */
export const keepReturned: Migration = {
  name: '0003-returned',
  async up(database) {
    for (const table of ['ticket', 'control'])
      await database.query(
        `alter table ${table} add column returned json,
          add constraint ${table}_returned check (returned is null or state = 'RETURNED')`,
      );
  },
};

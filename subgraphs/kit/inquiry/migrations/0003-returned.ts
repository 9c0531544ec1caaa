import type { Migration } from '../../database/migrate.ts';

/** What an agency says of a request that it hands back, in its parts; tickets from before have the one text of `reason`. */
export const keepReturned: Migration = {
  name: '0003-returned',
  async up(database) {
    await database.query(
      `alter table ticket add column returned json,
        add constraint ticket_returned check (returned is null or state = 'RETURNED')`,
    );
  },
};

import type { Migration } from '../../kit/database/migrate.ts';

/**
 * Every indexed text is `COLLATE "C"`: an index in a language's order no longer finds its rows once an upgrade of the
 * system changes that order (https://www.postgresql.org/docs/15/collation.html#COLLATION-MANAGING). Rows stay as they are,
 * the indexes are made anew.
 */
export const indexBytes: Migration = {
  name: '0003-bytes',
  async up(database) {
    await database.query(`alter table enforcement_case alter column stage type text collate "C"`);
    await database.query(
      `alter table party alter column role type text collate "C", alter column province type text collate "C"`,
    );
  },
};

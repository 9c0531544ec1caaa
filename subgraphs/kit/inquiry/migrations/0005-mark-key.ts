import type { Migration } from '../../database/migrate.ts';

/**
 * By which person key tickets are marked: its version and its mark, never the key. A program that has the key writes the row, and
 * seals the marks from before, which the indexes find.
 */
export const keepMarkKey: Migration = {
  name: '0005-mark-key',
  async up(database) {
    await database.query(`create table mark_key (
      only_row boolean primary key default true check (only_row),
      version integer not null,
      mark text collate "C" not null
    )`);
    for (const table of ['ticket', 'control'])
      await database.query(
        `create index ${table}_unsealed on ${table} (request_number)
         where length(about) = 8 or length(wording) = 8 or length(person) = 8`,
      );
  },
};

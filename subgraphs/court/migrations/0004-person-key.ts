import type { Migration } from '../../kit/database/migrate.ts';

/**
 * Which person key the ids here are made with: its version and its mark, never the key. One row, so that no second key can
 * stand beside the first; schemas from before are given theirs by the first start.
 */
export const keepKeyMark: Migration = {
  name: '0004-person-key',
  async up(database) {
    await database.query(`create table person_key (
      only_row boolean primary key default true check (only_row),
      version integer not null,
      mark text collate "C" not null
    )`);
  },
};

import type { Migration } from '../../kit/database/migrate.ts';

/** Every import of the court's own export: when it went in, and the instant of which its rows speak. */
export const createImports: Migration = {
  name: '0002-imports',
  async up(database) {
    await database.query(`create table import (
      position integer primary key,
      as_of timestamptz not null,
      imported_at timestamptz not null default now(),
      inserted integer not null,
      changed integer not null,
      unchanged integer not null
    )`);
  },
};

import type { Migration } from '../../database/migrate.ts';

/**
 * Measures that are carried out have tickets like those of questions, in a table of their own: they never grow old, and their
 * answers are others. A measure outdates what was asked about the same person before.
 */
export const createControls: Migration = {
  name: '0002-controls',
  async up(database) {
    for (const statement of statements) await database.query(statement);
  },
};

const statements = [
  `alter table ticket add column person text collate "C", add column outdated boolean not null default false`,
  `create index ticket_person on ticket (person)`,
  `create table control (like ticket including all)`,
];

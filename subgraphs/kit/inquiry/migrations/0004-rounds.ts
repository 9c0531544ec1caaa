import type { Migration } from '../../database/migrate.ts';

/**
 * Request numbers are made of series and round, so they alone have to be unique. Two programs that draft the same tickets at one moment
 * met at the second constraint too, which `on conflict` with the first one does not wait at.
 */
export const numbersAlone: Migration = {
  name: '0004-rounds',
  async up(database) {
    for (const [table, constraint] of [
      ['ticket', 'ticket_round'],
      ['control', 'control_series_round_key'],
    ]) {
      await database.query(`alter table ${table} drop constraint ${constraint}`);
      await database.query(`create index ${table}_series on ${table} (series, round)`);
    }
  },
};

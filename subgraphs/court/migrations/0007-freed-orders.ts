import type { Migration } from '../../kit/database/migrate.ts';

/** Which released orders an order's amount stands in the place of: until their release is carried out, both would be held. */
export const keepFreedOrders: Migration = {
  name: '0007-freed-orders',
  async up(database) {
    await database.query(`alter table measure_order add column freed_ids text[] not null default '{}'`);
  },
};

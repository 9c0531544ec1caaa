import type { Migration } from '../../kit/database/migrate.ts';

/**
 * Who issued a writ here, and when: by the identity that the hub has signed, beside the name on the document. Null of writs that came with
 * an import, and of those that were issued before this was kept. Who ended one stands in `former_writ` already.
 */
export const keepWritIssuers: Migration = {
  name: '0008-writ-issuers',
  async up(database) {
    for (const table of ['writ', 'former_writ']) {
      await database.query(
        `alter table ${table} add column issued_by text, add column issued_at timestamptz(3),
         add check ((issued_by is null) = (issued_at is null))`,
      );
    }
  },
};

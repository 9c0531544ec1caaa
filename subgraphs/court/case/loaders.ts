import type DataLoader from 'dataloader';
import { type Kysely, sql } from 'kysely';
import { byKey } from '../loader.ts';
import type { Tables } from '../tables.ts';
import { caseSelection, toCase } from './rows.ts';
import type { Case } from './type.ts';
import type { Plain } from '../plain.ts';

/** Cases by their normal number key; null for a number that has no row here. */
export function createCaseLoader(db: Kysely<Tables>): DataLoader<string, Plain<Case> | null> {
  return byKey(
    async (keys: readonly string[]) => {
      const rows = await db
        .selectFrom('enforcement_case as c')
        .select(caseSelection)
        .where(sql<boolean>`c.number_key = any(${keys}::text[])`)
        .execute();
      return rows.map(toCase);
    },
    (key) => key,
    (row) => row.number,
  );
}

import type DataLoader from 'dataloader';
import { type Kysely, sql } from 'kysely';
import { byKey } from '../loader.ts';
import type { PartyKey } from '../party/loaders.ts';
import type { Tables, WritTable } from '../tables.ts';

/** The writ of each party; null for a party without one. */
export function createWritLoader(db: Kysely<Tables>): DataLoader<PartyKey, WritTable | null, string> {
  return byKey(
    (keys: readonly PartyKey[]) => {
      const caseKeys = keys.map(({ caseKey }) => caseKey);
      const ordinals = keys.map(({ ordinal }) => ordinal);
      return db
        .selectFrom('writ as w')
        .innerJoin(
          sql<{ case_key: string; ordinal: number }>`unnest(${caseKeys}::text[], ${ordinals}::integer[])`.as<'k'>(
            sql`k(case_key, ordinal)`,
          ),
          (join) => join.onRef('k.case_key', '=', 'w.case_key').onRef('k.ordinal', '=', 'w.ordinal'),
        )
        .selectAll('w')
        .execute();
    },
    ({ caseKey, ordinal }) => `${caseKey}/${ordinal}`,
    (row) => `${row.case_key}/${row.ordinal}`,
  );
}

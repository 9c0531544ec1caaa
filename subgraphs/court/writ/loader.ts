import type DataLoader from 'dataloader';
import { type Kysely, sql } from 'kysely';
import { byKey, groupedByKey } from '../loader.ts';
import type { PartyKey } from '../party/loaders.ts';
import type { FormerWritTable, Tables, WritTable } from '../tables.ts';

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

/** How many former writs one list gives. */
export const formerWritLimit = 100;

/** The former writs of each case, those that ended last first, one more than the limit so that a cut can be seen. */
export function createFormerWritLoader(db: Kysely<Tables>): DataLoader<string, readonly FormerWritTable[]> {
  const place = sql<bigint>`row_number() over (partition by f.case_key order by f.ended_at desc, f.number)`;
  return groupedByKey(
    (caseKeys) =>
      db
        .selectFrom(
          db
            .selectFrom('former_writ as f')
            .selectAll('f')
            .select(place.as('place'))
            .where(sql<boolean>`f.case_key = any(${caseKeys}::text[])`)
            .as('r'),
        )
        .selectAll('r')
        .where('r.place', '<=', BigInt(formerWritLimit + 1))
        .orderBy('r.case_key')
        .orderBy('r.place')
        .execute(),
    ({ case_key }) => case_key,
    (row) => row,
  );
}

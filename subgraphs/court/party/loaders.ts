import type DataLoader from 'dataloader';
import { type Kysely, sql } from 'kysely';
import type { PartyRole } from '../../../common/vocabulary.ts';
import { byKey, groupedByKey } from '../loader.ts';
import type { Tables } from '../tables.ts';
import { partySelection, toParty } from './rows.ts';
import type { Party } from './type.ts';
import type { Plain } from '../plain.ts';

/** One party of one case, as `Party` is keyed. */
export interface PartyKey {
  readonly caseKey: string;
  readonly ordinal: number;
}

/** How many parties one list gives. */
export const partyLimit = 200;

/** Parties by case and ordinal; null for one that has no row here. */
export function createPartyLoader(db: Kysely<Tables>): DataLoader<PartyKey, Plain<Party> | null, string> {
  return byKey(
    async (keys: readonly PartyKey[]) => {
      const caseKeys = keys.map(({ caseKey }) => caseKey);
      const ordinals = keys.map(({ ordinal }) => ordinal);
      const rows = await db
        .selectFrom('party as p')
        .innerJoin(
          sql<PartyKeyRow>`unnest(${caseKeys}::text[], ${ordinals}::integer[])`.as<'w'>(sql`w(case_key, ordinal)`),
          (join) => join.onRef('w.case_key', '=', 'p.case_key').onRef('w.ordinal', '=', 'p.ordinal'),
        )
        .select(partySelection)
        .execute();
      return rows.map(toParty);
    },
    ({ caseKey, ordinal }) => `${caseKey}/${ordinal}`,
    ({ caseNumber, id }) => `${caseNumber}/${id}`,
  );
}

/** The parties of each case in the order of their ordinals, one more than the limit so that a cut can be seen. */
export function createPartiesLoader(
  db: Kysely<Tables>,
  role: PartyRole | null,
): DataLoader<string, readonly Plain<Party>[]> {
  return groupedByKey(
    (caseKeys) => {
      const ranked = db
        .selectFrom('party as p')
        .select(partySelection)
        .select(sql<bigint>`row_number() over (partition by p.case_key order by p.ordinal)`.as('place'))
        .where(sql<boolean>`p.case_key = any(${caseKeys}::text[])`)
        .$if(role !== null, (parties) => parties.where('p.role', '=', role!));
      return db
        .selectFrom(ranked.as('r'))
        .selectAll('r')
        .where('r.place', '<=', BigInt(partyLimit + 1))
        .orderBy('r.caseNumber')
        .orderBy('r.ordinal')
        .execute();
    },
    ({ caseNumber }) => caseNumber,
    toParty,
  );
}

interface PartyKeyRow {
  case_key: string;
  ordinal: number;
}

import { sql } from 'kysely';
import type { Party } from './type.ts';
import type { Plain } from '../plain.ts';

/** A party as the database gives it. */
export interface PartyRow extends Omit<Plain<Party>, 'id'> {
  ordinal: number;
}

/** What to select from `party as p`. */
export const partySelection = [
  sql<string>`p.case_key`.as('caseNumber'),
  sql<number>`p.ordinal`.as('ordinal'),
  sql<PartyRow['role']>`p.role`.as('role'),
  sql<PartyRow['kind']>`p.kind`.as('kind'),
  sql<string>`p.name`.as('name'),
  sql<PartyRow['idType']>`p.id_type`.as('idType'),
  sql<string | null>`p.id_number`.as('fullIdNumber'),
  sql<string | null>`p.id_missing_reason`.as('idMissingReason'),
  sql<string | null>`p.province`.as('province'),
  sql<string | null>`p.county`.as('county'),
  sql<boolean | null>`p.rural`.as('rural'),
  sql<string>`p.person_id`.as('personId'),
] as const;

/** The party that a row stands for. */
export function toParty({ ordinal, ...row }: PartyRow): Plain<Party> {
  return { ...row, id: String(ordinal) };
}

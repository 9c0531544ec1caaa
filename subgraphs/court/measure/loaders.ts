import type DataLoader from 'dataloader';
import { type Kysely, sql } from 'kysely';
import type { CoerciveMeasureKind, ControlAction } from '../../../common/vocabulary.ts';
import { groupedByKey } from '../loader.ts';
import type { Tables } from '../tables.ts';
import type { CoerciveMeasure, Measure } from './types.ts';
import type { Plain } from '../plain.ts';

/** How many measures one list gives. */
export const measureLimit = 100;

/** The measures of each case as they were recorded, one more than the limit so that a cut can be seen. */
export function createMeasureLoader(db: Kysely<Tables>): DataLoader<string, readonly Plain<Measure>[]> {
  return groupedByKey(
    (caseKeys) =>
      db
        .selectFrom('measure as m')
        .select([
          sql<string>`m.case_key`.as('caseKey'),
          sql<ControlAction>`m.action`.as('action'),
          sql<string>`m.property`.as('property'),
          sql<bigint | null>`m.amount`.as('amount'),
          sql<string>`m.starts_on`.as('from'),
          sql<string | null>`m.expires_on`.as('expiresOn'),
          sql<number>`m.queue_position`.as('queuePosition'),
        ])
        .where(sql<boolean>`m.case_key = any(${caseKeys}::text[])`)
        .where('m.position', '<=', measureLimit + 1)
        .orderBy('m.case_key')
        .orderBy('m.position')
        .execute(),
    ({ caseKey }) => caseKey,
    (row) => row,
  );
}

/** The coercive measures of each case as they were recorded, one more than the limit so that a cut can be seen. */
export function createCoerciveMeasureLoader(db: Kysely<Tables>): DataLoader<string, readonly Plain<CoerciveMeasure>[]> {
  return groupedByKey(
    (caseKeys) =>
      db
        .selectFrom('coercive_measure as m')
        .select([
          sql<string>`m.case_key`.as('caseKey'),
          sql<CoerciveMeasureKind>`m.kind`.as('kind'),
          sql<string>`m.decided_on`.as('decidedOn'),
          sql<string>`m.party_ordinal::text`.as('partyId'),
        ])
        .where(sql<boolean>`m.case_key = any(${caseKeys}::text[])`)
        .where('m.position', '<=', measureLimit + 1)
        .orderBy('m.case_key')
        .orderBy('m.position')
        .execute(),
    ({ caseKey }) => caseKey,
    (row) => row,
  );
}

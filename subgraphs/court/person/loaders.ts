import type DataLoader from 'dataloader';
import { type Kysely, sql } from 'kysely';
import type { PartyRole } from '../../../common/vocabulary.ts';
import { caseSelection, toCase } from '../case/rows.ts';
import type { Case } from '../case/type.ts';
import { byKey, groupedByKey } from '../loader.ts';
import { partySelection, toParty } from '../party/rows.ts';
import type { Party } from '../party/type.ts';
import type { Tables } from '../tables.ts';
import type { Plain } from '../plain.ts';

/** What this court's rows say of one person. */
export interface PersonSummary {
  readonly id: string;
  readonly name: string;
  /** All spellings by bytes of UTF-8. */
  readonly names: readonly string[];
  readonly lastFiledOn: string | null;
  readonly identified: boolean;
}

/** Summaries by person id; null for a person without a row here. */
export function createSummaryLoader(db: Kysely<Tables>): DataLoader<string, PersonSummary | null> {
  return byKey(
    (ids: readonly string[]) =>
      db
        .selectFrom('party as p')
        .innerJoin('enforcement_case as c', 'c.number_key', 'p.case_key')
        .select([
          sql<string>`p.person_id`.as('id'),
          // Ties by court code, as between courts: rows of many courts in one program give the same name.
          sql<string>`(array_agg(p.name order by c.filed_on desc nulls last, c.court_code, c.number_key, p.ordinal))[1]`.as(
            'name',
          ),
          sql<string[]>`array_agg(distinct p.name collate "C" order by p.name collate "C")`.as('names'),
          sql<string | null>`max(c.filed_on)`.as('lastFiledOn'),
          sql<boolean>`bool_or(p.identified)`.as('identified'),
        ])
        .where(sql<boolean>`p.person_id = any(${ids}::text[])`)
        .groupBy('p.person_id')
        .execute(),
    (id) => id,
    ({ id }) => id,
  );
}

/** How much of a person's cases one list asks for. */
export interface PersonCasesArguments {
  readonly first: number;
  /** Null for any role. */
  readonly role: PartyRole | null;
}

/** Each person's cases, the last filed first, one more than `first` so that a cut can be seen. */
export function createPersonCasesLoader(
  db: Kysely<Tables>,
  { first, role }: PersonCasesArguments,
): DataLoader<string, readonly Plain<Case>[]> {
  return groupedByKey(
    (ids) =>
      db
        .selectFrom(sql<{ person_id: string }>`unnest(${ids}::text[])`.as<'w'>(sql`w(person_id)`))
        .innerJoinLateral(
          (eb) =>
            eb
              .selectFrom((own) =>
                own
                  .selectFrom('party as p')
                  .select('p.case_key')
                  .distinct()
                  .whereRef('p.person_id', '=', 'w.person_id')
                  .$if(role !== null, (parties) => parties.where('p.role', '=', role!))
                  .as('o'),
              )
              .innerJoin('enforcement_case as c', 'c.number_key', 'o.case_key')
              .select(caseSelection)
              .orderBy(sql`c.filed_on desc nulls last`)
              .orderBy('c.number_key')
              .limit(first + 1)
              .as('r'),
          (join) => join.onTrue(),
        )
        .selectAll('r')
        .select(sql<string>`w.person_id`.as('personId'))
        .orderBy(sql`r."filedOn" desc nulls last`)
        .orderBy('r.number')
        .execute(),
    ({ personId }) => personId,
    toCase,
  );
}

/** Each person's rows as a debtor, by case and then by id as text, one more than `first` so that a cut can be seen. */
export function createDebtorPartiesLoader(
  db: Kysely<Tables>,
  first: number,
): DataLoader<string, readonly Plain<Party>[]> {
  return groupedByKey(
    (ids) =>
      db
        .selectFrom(sql<{ person_id: string }>`unnest(${ids}::text[])`.as<'w'>(sql`w(person_id)`))
        .innerJoinLateral(
          (eb) =>
            eb
              .selectFrom('party as p')
              .select(partySelection)
              .whereRef('p.person_id', '=', 'w.person_id')
              .where('p.role', '=', 'DEBTOR')
              .orderBy('p.case_key')
              .orderBy(sql`p.ordinal::text collate "C"`)
              .limit(first + 1)
              .as('r'),
          (join) => join.onTrue(),
        )
        .selectAll('r')
        .orderBy('r.caseNumber')
        .orderBy(sql`r.ordinal::text collate "C"`)
        .execute(),
    ({ personId }) => personId,
    toParty,
  );
}

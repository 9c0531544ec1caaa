import { type Expression, expressionBuilder, sql, type SqlBool } from 'kysely';
import type { PartyRole } from '../../../common/vocabulary.ts';
import type { Tables } from '../tables.ts';
import type { NormalFilter } from './normal.ts';

/** A condition on `enforcement_case as c`. */
export type CaseCondition = Expression<SqlBool>;

/** The conditions that a row must meet, all of them. */
export function toConditions(filter: NormalFilter): CaseCondition[] {
  const { numbers, courts, stages, types, closingModes } = filter;
  const conditions: CaseCondition[] = [];
  // One array parameter each: an empty list is then no special case, it matches nothing.
  if (numbers) conditions.push(sql`c.number_key = any(${numbers}::text[])`);
  if (courts) conditions.push(sql`c.court_code = any(${courts}::text[])`);
  if (stages) conditions.push(sql`c.stage = any(${stages}::text[])`);
  if (types) conditions.push(sql`c.type = any(${types}::text[])`);
  if (closingModes) conditions.push(sql`c.closing_mode = any(${closingModes}::text[])`);
  if (filter.filedFrom !== undefined) conditions.push(sql`c.filed_on >= ${filter.filedFrom}::date`);
  if (filter.filedTo !== undefined) conditions.push(sql`c.filed_on <= ${filter.filedTo}::date`);
  if (filter.amountOutstandingMin !== undefined) {
    conditions.push(sql`c.amount_outstanding >= ${filter.amountOutstandingMin}::bigint`);
  }
  if (filter.amountOutstandingMax !== undefined) {
    conditions.push(sql`c.amount_outstanding <= ${filter.amountOutstandingMax}::bigint`);
  }
  if (filter.partyName !== undefined || filter.personIds !== undefined || filter.role !== undefined) {
    conditions.push(hasParty(filter));
  }
  if (filter.provinces !== undefined) conditions.push(hasDebtorIn(filter.provinces));
  return conditions;
}

/** Cases in which the person has the role; any role when it is null. */
export function toInvolvement(personId: string, role: PartyRole | null): CaseCondition {
  return hasParty({ personIds: [personId], ...(role === null ? {} : { role }) });
}

function hasParty({
  partyName,
  personIds,
  role,
}: Pick<NormalFilter, 'partyName' | 'personIds' | 'role'>): CaseCondition {
  const eb = expressionBuilder<Tables>();
  let parties = eb.selectFrom('party as p').select('p.case_key');
  if (partyName !== undefined) parties = parties.where(sql<SqlBool>`p.name like ${containing(partyName)} escape '\\'`);
  for (const id of personIds ?? []) parties = parties.where('p.person_id', '=', id);
  if (role !== undefined) parties = parties.where('p.role', '=', role);
  return sql`c.number_key in ${parties}`;
}

function hasDebtorIn(provinces: readonly string[]): CaseCondition {
  const debtors = expressionBuilder<Tables>()
    .selectFrom('party as p')
    .select('p.case_key')
    .where('p.role', '=', 'DEBTOR')
    .where(sql<SqlBool>`p.province = any(${provinces}::text[])`);
  return sql`c.number_key in ${debtors}`;
}

/** A LIKE pattern for what contains the text, whose own metacharacters mean themselves. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';
import type { CaseCondition } from './predicate.ts';

/** How many cases meet all conditions. */
export async function countMatches(db: Kysely<Tables>, conditions: readonly CaseCondition[]): Promise<number> {
  let query = db.selectFrom('enforcement_case as c').select(sql<number>`count(*)::integer`.as('count'));
  for (const condition of conditions) query = query.where(condition);
  return (await query.executeTakeFirstOrThrow()).count;
}

/** Whether a case meets all conditions; reads no more than one. */
export async function hasMatch(db: Kysely<Tables>, conditions: readonly CaseCondition[]): Promise<boolean> {
  let query = db.selectFrom('enforcement_case as c').select(sql<number>`1`.as('one'));
  for (const condition of conditions) query = query.where(condition);
  return (await query.limit(1).executeTakeFirst()) !== undefined;
}

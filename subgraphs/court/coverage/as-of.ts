import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** When the court's rows were right: where they come from imports, the as-of of the last one; else now. */
export async function readAsOf(db: Kysely<Tables>, now: () => Date): Promise<Date> {
  const last = await db.selectFrom('import').select('as_of').orderBy('position', 'desc').limit(1).executeTakeFirst();
  return last === undefined ? now() : new Date(last.as_of);
}

import DataLoader from 'dataloader';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';
import { isTaskForceId } from './id.ts';
import { toTaskForce } from './rows.ts';
import type { TaskForce } from './type.ts';

/** Task forces by id, one statement for all of a moment, matched by the id that each row carries; null for an unknown one. */
export function createTaskForceLoader(db: Kysely<Tables>): DataLoader<string, TaskForce | null> {
  return new DataLoader<string, TaskForce | null>(async (ids) => {
    const known = new Map((await readTaskForces(db, ids.filter(isTaskForceId))).map((each) => [each.id, each]));
    return ids.map((id) => known.get(id) ?? null);
  });
}

async function readTaskForces(db: Kysely<Tables>, ids: readonly string[]): Promise<TaskForce[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('task_force')
    .selectAll()
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  return rows.map(toTaskForce);
}

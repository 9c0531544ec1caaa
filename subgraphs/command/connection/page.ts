import { type Expression, type Kysely, sql, type SqlBool } from 'kysely';
import { badInput } from '../../kit/caller-errors.ts';
import type { Tables } from '../tables.ts';
import { toTaskForce } from '../task-force/rows.ts';
import type { TaskForce } from '../task-force/type.ts';
import { parseCursor, type Position, toCursor } from './cursor.ts';

/** A page of task forces that reads only what is asked of it. */
export interface TaskForcePage {
  /** Whether it was asked for after a cursor. */
  readonly isLater: boolean;
  rows(): Promise<TaskForceRows>;
  /** How many there are, on whatever page. */
  total(): Promise<number>;
}

export interface TaskForceRows {
  readonly edges: readonly { readonly cursor: string; readonly node: TaskForce }[];
  readonly hasNextPage: boolean;
}

/** Prepares a page, the newest first; throws BAD_USER_INPUT or BAD_CURSOR at once. */
export function createTaskForcePage(
  db: Kysely<Tables>,
  { first, after }: { readonly first: number; readonly after: string | null },
): TaskForcePage {
  if (first < 1 || first > maxPage) {
    throw badInput('first', `${first} rows cannot be asked for`, `an integer from 1 to ${maxPage}`);
  }
  const position = after === null ? null : parseCursor(after);
  let rows: Promise<TaskForceRows> | undefined;
  return {
    isLater: position !== null,
    rows: () => (rows ??= readRows()),
    async total() {
      const count = sql<number>`count(*)::integer`.as('count');
      return (await db.selectFrom('task_force').select(count).executeTakeFirstOrThrow()).count;
    },
  };

  async function readRows(): Promise<TaskForceRows> {
    let query = db.selectFrom('task_force').selectAll();
    if (position !== null) query = query.where(isAfter(position));
    const read = await query
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(first + 1)
      .execute();
    const edges = read
      .slice(0, first)
      .map(toTaskForce)
      .map((node) => ({ cursor: toCursor(node), node }));
    return { edges, hasNextPage: read.length > first };
  }
}

const maxPage = 100;

function isAfter({ createdAt, id }: Position): Expression<SqlBool> {
  const instant = sql`${createdAt.toISOString()}::timestamptz`;
  return sql`(created_at < ${instant} or (created_at = ${instant} and id > ${id}::uuid))`;
}

import { type Kysely, sql } from 'kysely';
import type { Database } from '../../kit/database/database.ts';
import { createKysely } from '../../kit/database/kysely.ts';
import { idempotencyConflict } from '../errors.ts';
import type { Tables } from '../tables.ts';
import type { TaskForceRow } from '../task-force/rows.ts';

/** A change and the key it is asked under. */
export interface KeyedChange {
  readonly key: string;
  readonly digest: Uint8Array;
  /** Makes the change in the transaction that it is handed, and gives the row to be answered. */
  readonly make: (db: Kysely<Tables>) => Promise<TaskForceRow>;
}

/**
 * Makes a change once in 24 hours under its key: asked again, also at the same moment, it gives the stored answer and
 * changes nothing. Change and answer are stored together or not at all. Throws IDEMPOTENCY_CONFLICT when the key was used
 * for something else.
 */
export async function answerOnce(
  { database, now }: { readonly database: Database; readonly now: () => Date },
  { key, digest, make }: KeyedChange,
): Promise<TaskForceRow> {
  await forget(createKysely<Tables>(database), forgottenAt(now()));
  return database.transaction(async (transaction) => {
    const db = createKysely<Tables>(transaction);
    // Whoever asks under the same key waits here until this change is stored or refused.
    const lock = `nonet command ${database.schema} ${key}`;
    await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(db);
    const at = now();
    const known = await db
      .selectFrom('idempotency')
      .select(['digest', 'answer'])
      .where('key', '=', key)
      .where('answered_at', '>', forgottenAt(at))
      .executeTakeFirst();
    if (known !== undefined) {
      if (Buffer.compare(known.digest, digest) !== 0) throw idempotencyConflict();
      return fromAnswer(known.answer as StoredRow);
    }
    const row = await make(db);
    const answer = { digest, answer: JSON.stringify(toAnswer(row)), answered_at: at.toISOString() };
    // A row of this key that is still there is older than a day.
    await db
      .insertInto('idempotency')
      .values({ key, ...answer })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(answer))
      .execute();
    return row;
  });
}

const keptMs = 24 * 60 * 60 * 1000;

function forgottenAt(now: Date): string {
  return new Date(now.getTime() - keptMs).toISOString();
}

/** Skips what others are forgetting, so that nobody waits for anybody. */
async function forget(db: Kysely<Tables>, until: string): Promise<void> {
  const old = db
    .selectFrom('idempotency')
    .select('key')
    .where('answered_at', '<=', until)
    .limit(1_000)
    .forUpdate()
    .skipLocked();
  await db.deleteFrom('idempotency').where('key', 'in', old).execute();
}

/** A row in JSON, which has no bigint. */
type StoredRow = Omit<TaskForceRow, AmountColumn> & Readonly<Record<AmountColumn, string | null>>;
type AmountColumn = 'amount_outstanding_min' | 'amount_outstanding_max';

function toAnswer(row: TaskForceRow): StoredRow {
  const { amount_outstanding_min: min, amount_outstanding_max: max } = row;
  return {
    ...row,
    amount_outstanding_min: min === null ? null : min.toString(),
    amount_outstanding_max: max === null ? null : max.toString(),
  };
}

function fromAnswer(row: StoredRow): TaskForceRow {
  const { amount_outstanding_min: min, amount_outstanding_max: max } = row;
  return {
    ...row,
    amount_outstanding_min: min === null ? null : BigInt(min),
    amount_outstanding_max: max === null ? null : BigInt(max),
  };
}

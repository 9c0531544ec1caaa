import { type ColumnType, type Kysely, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import { createKysely } from '../database/kysely.ts';
import { idempotencyConflict } from './conflict.ts';

/** The changes of the last day by their keys, in the schema of the subgraph that makes them. */
export interface IdempotencyTables {
  idempotency: IdempotencyTable;
}

interface IdempotencyTable {
  key: string;
  /** SHA-256 over the operation and its input. */
  digest: Uint8Array;
  /** JSON; written as its text. */
  answer: ColumnType<unknown, string, string>;
  answered_at: string;
}

/** What `IdempotencyTables` are made by, one statement each. */
export const idempotencyStatements: readonly string[] = [
  `create table idempotency (
    key text collate "C" primary key,
    digest bytea not null,
    answer jsonb not null,
    answered_at timestamptz not null
  )`,
  `create index idempotency_oldest on idempotency (answered_at)`,
];

/** A change and the key it is asked under. */
export interface KeyedChange<Answer extends object> {
  readonly key: string;
  readonly digest: Uint8Array;
  /** Makes the change in the transaction that it is handed, and gives what is to be answered: what JSON can hold. */
  readonly make: (transaction: Database) => Promise<Answer>;
}

/**
 * Makes a change once in 24 hours under its key: asked again, also at the same moment, it gives the stored answer and
 * changes nothing. Change and answer are stored together or not at all. Throws IDEMPOTENCY_CONFLICT when the key was used
 * for something else.
 */
export async function answerOnce<Answer extends object>(
  { database, now }: { readonly database: Database; readonly now: () => Date },
  { key, digest, make }: KeyedChange<Answer>,
): Promise<Answer> {
  await forget(createKysely<IdempotencyTables>(database), forgottenAt(now()));
  return database.transaction(async (transaction) => {
    const db = createKysely<IdempotencyTables>(transaction);
    // Whoever asks under the same key waits here until this change is stored or refused.
    const lock = `nonet change ${database.schema} ${key}`;
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
      return known.answer as Answer;
    }
    const made = await make(transaction);
    const answer = { digest, answer: JSON.stringify(made), answered_at: at.toISOString() };
    // A row of this key that is still there is older than a day.
    await db
      .insertInto('idempotency')
      .values({ key, ...answer })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(answer))
      .execute();
    return made;
  });
}

const keptMs = 24 * 60 * 60 * 1000;

function forgottenAt(now: Date): string {
  return new Date(now.getTime() - keptMs).toISOString();
}

/** Skips what others are forgetting, so that nobody waits for anybody. */
async function forget(db: Kysely<IdempotencyTables>, until: string): Promise<void> {
  const old = db
    .selectFrom('idempotency')
    .select('key')
    .where('answered_at', '<=', until)
    .limit(1_000)
    .forUpdate()
    .skipLocked();
  await db.deleteFrom('idempotency').where('key', 'in', old).execute();
}

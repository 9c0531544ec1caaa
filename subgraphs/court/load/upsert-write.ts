import type { Database } from '../../kit/database/database.ts';
import { quoteIdentifier } from '../../kit/database/identifier.ts';
import { insertRows } from '../../kit/database/insert-rows.ts';
import type { CaseTable, RowTables, WritTable } from '../tables.ts';
import { toInsert } from './columns.ts';
import type { StoredCase } from './upsert-case.ts';
import { columnsOf } from './upsert-stored.ts';

/** What has to be written of one chunk of cases. */
export interface Writing {
  readonly inserted: readonly StoredCase[];
  readonly updated: readonly CaseTable[];
  /** Stored cases whose parties, writs or coercive measures changed. */
  readonly reseated: readonly StoredCase[];
  /** Stored writs of these that a judge issued and that the import writes over, and when it does. */
  readonly overwritten: readonly WritTable[];
  readonly at: Date;
}

/** Writes one chunk: new cases whole, changed columns in place, changed parties anew. */
export async function writeChunk(transaction: Database, writing: Writing): Promise<void> {
  const { inserted, updated, reseated } = writing;
  await insert(
    transaction,
    'enforcement_case',
    inserted.map(({ enforcementCase }) => enforcementCase),
  );
  await updateCases(transaction, updated);
  const keys = reseated.map(({ enforcementCase }) => enforcementCase.number_key);
  await keepOverwritten(transaction, writing);
  if (keys.length > 0) {
    // What refers to parties first; the measures on property stay, since they refer to the case alone.
    for (const table of ['coercive_measure', 'writ', 'party']) {
      await transaction.query(`delete from ${table} where case_key = any($1::text[])`, [keys]);
    }
  }
  const seated = [...inserted, ...reseated];
  await insert(
    transaction,
    'party',
    seated.flatMap(({ parties }) => parties),
  );
  await insert(
    transaction,
    'writ',
    seated.flatMap(({ writs }) => writs),
  );
  await dropRevoked(
    transaction,
    seated.map(({ enforcementCase }) => enforcementCase.number_key),
  );
  await insert(
    transaction,
    'coercive_measure',
    seated.flatMap(({ coerciveMeasures }) => coerciveMeasures),
  );
}

/** A writ that a judge has revoked stays revoked, however long the file that is imported goes on listing it. */
async function dropRevoked(transaction: Database, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await transaction.query(
    `delete from writ using former_writ as former
     where writ.case_key = any($1::text[]) and former.case_key = writ.case_key and former.number = writ.number
       and former.reason is not null`,
    [keys],
  );
}

/**
 * What a judge issued stays known when an import puts something else in its place. It is followed by another and was revoked by
 * nobody: a reason would keep the imported writ of the same number out for ever.
 */
async function keepOverwritten(transaction: Database, { overwritten, at }: Writing): Promise<void> {
  if (overwritten.length === 0) return;
  const columns = columnsOf('writ').map(quoteIdentifier).join(', ');
  await transaction.query(
    `insert into former_writ (${columns}, ended_at, ended_by, reason)
     select ${columns}, $3::timestamptz, 'import', null from writ
     where (case_key, ordinal) in (select * from unnest($1::text[], $2::integer[]))`,
    [overwritten.map(({ case_key }) => case_key), overwritten.map(({ ordinal }) => ordinal), at.toISOString()],
  );
}

async function updateCases(transaction: Database, rows: readonly CaseTable[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = columnsOf('enforcement_case').filter((column) => column !== 'number_key');
  const assignments = columns.map(quoteIdentifier).map((column) => `${column} = given.${column}`);
  await transaction.query(
    `update enforcement_case as stored set ${assignments.join(', ')}
     from jsonb_populate_recordset(null::enforcement_case, $1::jsonb) as given
     where stored.number_key = given.number_key`,
    // Amounts are bigint, which JSON does not have; PostgreSQL reads them from text.
    [JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))],
  );
}

async function insert<Name extends keyof RowTables>(
  transaction: Database,
  table: Name,
  rows: readonly RowTables[Name][],
): Promise<void> {
  if (rows.length === 0) return;
  const { columns, values } = toInsert(table, rows);
  await insertRows(transaction, table, columns, values);
}

import type { Database } from './database.ts';
import { DatabaseError } from './error.ts';

/** One step of a schema's history. Its name is its identity for ever; a published step is never edited. */
export interface Migration {
  readonly name: string;
  up(database: Database): Promise<void>;
}

/**
 * Brings a schema up to date: runs the steps that it has not seen, in order, each in one transaction. Rejects when the
 * schema has seen a step that this program does not know (a newer program wrote it) or in another order.
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<void> {
  const names = migrations.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new DatabaseError('DATABASE_MISUSED', `two migrations are named ${twice}`);
  await inTurn(database, async (transaction) => {
    await transaction.query(
      `create table if not exists migration (
         position integer primary key, name text collate "C" not null unique, applied_at timestamptz not null default now())`,
    );
    checkHistory(database, await readHistory(transaction), names);
  });
  for (const [index, migration] of migrations.entries())
    await inTurn(database, async (transaction) => {
      const history = await readHistory(transaction);
      checkHistory(database, history, names);
      // Another process was first.
      if (history.length > index) return;
      await migration.up(transaction);
      await transaction.query('insert into migration (position, name) values ($1, $2)', [index, migration.name]);
    });
}

/**
 * A transaction that no other process has at the same time for this schema. The lock is on a name, since the table may not
 * be there yet, and `create table if not exists` fails when two run it at once.
 */
async function inTurn(database: Database, work: (transaction: Database) => Promise<void>): Promise<void> {
  await database.transaction(async (transaction) => {
    // A step over many rows takes longer than any question may, and so does waiting for another process's steps.
    await transaction.query('set local statement_timeout = 0');
    await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `nonet migrate ${database.schema}`,
    ]);
    await work(transaction);
  });
}

async function readHistory(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>('select name from migration order by position');
  return rows.map(({ name }) => name);
}

function checkHistory({ schema }: Database, history: readonly string[], names: readonly string[]): void {
  const unknown = history.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new DatabaseError(
      'DATABASE_MISUSED',
      `schema ${schema} was written by a newer program: it has seen ${unknown.join(', ')}, which this one does not know. Run that program, or start with an empty schema`,
    );
  const index = history.findIndex((name, position) => names[position] !== name);
  if (index >= 0)
    throw new DatabaseError(
      'DATABASE_MISUSED',
      `schema ${schema} saw ${history[index] ?? ''} where this program has ${names[index] ?? ''}: add new migrations at the end`,
    );
}

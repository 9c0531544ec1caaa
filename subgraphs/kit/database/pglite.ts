import { AsyncLocalStorage } from 'node:async_hooks';
import { join, resolve } from 'node:path';
import type { Database } from './database.ts';
import { DatabaseError } from './error.ts';
import { quoteIdentifier } from './identifier.ts';
import { lockDirectory } from './lock.ts';
import { parseParameter } from './parameters.ts';
import { createPgliteThread } from './pglite-thread.ts';
import type { PgliteThread, ThreadQuestion } from './pglite-thread.ts';

/** One PGlite that many schemas share. Starting one takes seconds and most of a gigabyte; a schema costs next to nothing. */
export interface Pglite {
  /** Opens a schema, making it when absent; stopping what it returns leaves the others running. */
  open(schema: string): Promise<Database>;
  /** Rejects what is pending, closes the files, ends the thread, and gives the directory free. */
  stop(): Promise<void>;
}

export interface PgliteOptions {
  /** Where the rows live; made when absent. In memory when not given. */
  readonly directory?: string | undefined;
  /** A transaction that asks nothing for so long is rolled back, since everybody else waits for it. */
  readonly idleTransactionMs?: number | undefined;
}

/**
 * Starts PGlite in a worker thread. What was committed to a directory survives kill -9, but not a power failure: PGlite
 * leaves the disk's timing to the operating system. Rejects with `DATABASE_LOCKED` when the directory is in use.
 */
export async function createPglite({ directory, idleTransactionMs = 60_000 }: PgliteOptions = {}): Promise<Pglite> {
  const lock = directory === undefined ? null : await lockDirectory(resolve(directory));
  try {
    const cluster = lock && join(lock.directory, 'pglite');
    const thread = await createPgliteThread({ directory: cluster, idleTransactionMs });
    return {
      async open(schema) {
        refuseInsideTransaction(thread);
        await thread.ask({
          kind: 'query',
          schema: 'public',
          sql: `create schema if not exists ${quoteIdentifier(schema)}`,
        });
        return openSchema(thread, schema);
      },
      async stop() {
        await thread.stop();
        lock?.release();
      },
    };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

interface Transaction {
  readonly thread: PgliteThread;
  open: boolean;
}

/** The transaction that the running code belongs to. */
const around = new AsyncLocalStorage<Transaction>();

function openSchema(thread: PgliteThread, schema: string): Database {
  let stopped = false;
  const check = (): void => {
    if (stopped) throw new DatabaseError('DATABASE_STOPPED', `the database of schema ${schema} was stopped`);
    refuseInsideTransaction(thread);
  };
  return {
    schema,
    async query(sql: string, parameters: readonly unknown[] = []) {
      check();
      return query(thread, { kind: 'query', schema, sql }, parameters);
    },
    async transaction(work) {
      check();
      const { id: lease } = await thread.ask({ kind: 'begin', schema });
      const transaction = { thread, open: true };
      try {
        const result = await around.run(transaction, () => work(openTransaction(thread, schema, lease, transaction)));
        transaction.open = false;
        const { committed } = await thread.ask({ kind: 'commit', schema, lease });
        if (!committed)
          throw new DatabaseError('25P02', '25P02 rolled back: a statement of the transaction had failed');
        return result;
      } catch (error) {
        // Whether a crash or an expiry already ended it, or the rollback does: the caller needs the first error.
        if (transaction.open) await Promise.allSettled([thread.ask({ kind: 'rollback', schema, lease })]);
        throw error;
      } finally {
        transaction.open = false;
      }
    },
    stop() {
      stopped = true;
      return Promise.resolve();
    },
  };
}

/** The thread keeps everybody else waiting until the transaction ends: asked from inside it, that is for ever. */
function refuseInsideTransaction(thread: PgliteThread): void {
  const transaction = around.getStore();
  if (transaction?.open && transaction.thread === thread)
    throw misused('this code runs inside a transaction: ask the database that the transaction hands to its work');
}

function openTransaction(thread: PgliteThread, schema: string, lease: number, transaction: Transaction): Database {
  const refuse = (what: string) => Promise.reject(misused(`a transaction cannot be ${what} from inside itself`));
  return {
    schema,
    async query(sql: string, parameters: readonly unknown[] = []) {
      if (!transaction.open) throw misused('the transaction has ended: await every question before its work resolves');
      return query(thread, { kind: 'query', schema, sql, lease }, parameters);
    },
    transaction: () => refuse('opened'),
    stop: () => refuse('stopped'),
  };
}

/** What would break the lease that keeps the schemas apart, or the schema that names resolve in. */
const changesTheSession =
  /^(\s|--.*\n|\/\*[^]*?\*\/)*(begin|start|commit|end|rollback|abort|savepoint|release|discard|set\s+(session\s+)?search_path)\b/i;

async function query(
  thread: PgliteThread,
  question: ThreadQuestion & { sql: string },
  values: readonly unknown[],
): Promise<{ rows: never[]; affected: number }> {
  if (changesTheSession.test(question.sql))
    throw misused('transactions are opened and ended by transaction(work), and the schema is chosen by open(schema)');
  const parameters = values.map((value, index) => parseParameter(value, `parameter $${index + 1}`));
  const { rows = [], affected = 0 } = await thread.ask({ ...question, parameters });
  // What the rows hold is the caller's word, given in the type argument of `query`.
  return { rows: rows as never[], affected };
}

function misused(message: string): DatabaseError {
  return new DatabaseError('DATABASE_MISUSED', message);
}

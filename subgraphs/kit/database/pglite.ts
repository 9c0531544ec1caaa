import { join, resolve } from 'node:path';
import type { DatabaseHost } from './database.ts';
import { refuseInsideTransaction, toDatabase } from './engine.ts';
import type { Engine, StatementAnswer } from './engine.ts';
import { quoteIdentifier } from './identifier.ts';
import { lockDirectory } from './lock.ts';
import { createPgliteThread } from './pglite-thread.ts';
import type { PgliteThread, ThreadQuestion } from './pglite-thread.ts';

/** One PGlite that many schemas share. Starting one takes seconds and most of a gigabyte; a schema costs next to nothing. */
export type Pglite = DatabaseHost;

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
        return toDatabase(schema, createEngine(thread, schema));
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

function createEngine(thread: PgliteThread, schema: string): Engine {
  return {
    host: thread,
    run: (sql, parameters) => run(thread, { kind: 'query', schema, sql, parameters }),
    async begin() {
      const { id: lease } = await thread.ask({ kind: 'begin', schema });
      return {
        run: (sql, parameters) => run(thread, { kind: 'query', schema, sql, parameters, lease }),
        async commit() {
          const { committed = false } = await thread.ask({ kind: 'commit', schema, lease });
          return committed;
        },
        async rollback() {
          await thread.ask({ kind: 'rollback', schema, lease });
        },
      };
    },
    // The schemas share one thread, which goes on for the others.
    stop: () => Promise.resolve(),
  };
}

async function run(thread: PgliteThread, question: ThreadQuestion): Promise<StatementAnswer> {
  const { rows = [], affected = 0 } = await thread.ask(question);
  return { rows, affected };
}

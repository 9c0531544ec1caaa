import { Worker } from 'node:worker_threads';
import { DatabaseError, toDatabaseError } from './error.ts';
import type { DatabaseFault, PostgresFault } from './error.ts';
import type { Parameter } from './parameters.ts';

/** What is asked of the thread. `lease` names the transaction that the question belongs to. */
export interface ThreadQuestion {
  readonly kind: 'query' | 'begin' | 'commit' | 'rollback';
  readonly schema: string;
  readonly sql?: string;
  readonly parameters?: readonly Parameter[];
  readonly lease?: number;
}

/** What the thread answers; `id` of a `begin` is the lease of its transaction. */
export interface ThreadAnswer {
  readonly id: number;
  readonly rows?: unknown[];
  readonly affected?: number;
  readonly committed?: boolean;
}

/** One PGlite in a worker thread. A crash of the thread rejects everything pending and everything after. */
export interface PgliteThread {
  ask(question: ThreadQuestion): Promise<ThreadAnswer>;
  /** Rejects everything pending, lets PGlite close its files, and ends the thread. */
  stop(): Promise<void>;
}

/** Id 0 says that the thread is ready. */
type Message = ThreadAnswer & { readonly fault?: PostgresFault };

interface Pending {
  readonly question: ThreadQuestion | null;
  readonly resolve: (answer: ThreadAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** A statement that runs on holds up the end of the thread no longer than this. */
const closeWithinMs = 10_000;

export interface PgliteThreadOptions {
  /** Where PGlite keeps its files; null keeps them in memory. */
  readonly directory: string | null;
  /** A transaction that asks nothing for so long is rolled back. */
  readonly idleTransactionMs: number;
  /** With Node's own 4 MB the stack runs over before PostgreSQL's `max_stack_depth` refuses a statement. */
  readonly stackSizeMb?: number;
}

/** Starts PGlite; resolves when it answers. */
export async function createPgliteThread({ stackSizeMb = 32, ...options }: PgliteThreadOptions): Promise<PgliteThread> {
  const worker = new Worker(new URL('./pglite-worker.js', import.meta.url), {
    workerData: options,
    // The loader that reads TypeScript is not needed there, and costs time.
    execArgv: [],
    resourceLimits: { stackSizeMb },
  });
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let ended: DatabaseError | null = null;

  const end = (code: DatabaseFault, message: string): void => {
    ended ??= new DatabaseError(code, message);
    for (const { reject } of pending.values()) reject(ended);
    pending.clear();
  };
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', (status) => {
      end('DATABASE_CRASHED', `the database thread ended by itself with status ${status}`);
      resolve();
    });
  });
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('error', (cause) => {
      reject(new DatabaseError('DATABASE_CRASHED', startFailure(cause, options.directory)));
      // Its text may come from anywhere, a parameter included; the name is what can be told.
      end('DATABASE_CRASHED', `the database thread crashed: ${cause instanceof Error ? cause.name : 'unknown error'}`);
    });
    pending.set(0, { question: null, resolve: () => resolve(), reject });
  });
  worker.on('message', (message: Message) => {
    const asked = pending.get(message.id);
    pending.delete(message.id);
    if (message.fault)
      asked?.reject(toDatabaseError(message.fault, asked.question?.sql ?? '', asked.question?.parameters));
    else asked?.resolve(message);
  });

  await ready;
  return {
    ask(question) {
      if (ended) return Promise.reject(ended);
      return new Promise((resolve, reject) => {
        const id = ++lastId;
        pending.set(id, { question, resolve, reject });
        worker.postMessage({ id, ...question });
      });
    },
    async stop() {
      if (!ended) {
        end('DATABASE_STOPPED', 'the database was stopped; a statement that was open may or may not have run');
        worker.postMessage({ id: ++lastId, kind: 'stop' });
      }
      const timer = setTimeout(() => void worker.terminate(), closeWithinMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

function startFailure(cause: unknown, directory: string | null): string {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (directory === null) return `the database did not start: ${reason}`;
  return `the database in ${directory} did not start (damaged, or written by another major version of PostgreSQL?): ${reason}`;
}

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from './database.ts';
import { DatabaseError } from './error.ts';
import { parseParameter } from './parameters.ts';
import type { Parameter } from './parameters.ts';

/** What a statement brought: its rows as they are, and how many it inserted, updated or deleted. */
export interface StatementAnswer {
  readonly rows: unknown[];
  readonly affected: number;
}

/** Whatever runs one statement; rejects with a `DatabaseError`. */
export interface Statements {
  run(sql: string, parameters: readonly Parameter[]): Promise<StatementAnswer>;
}

/** One schema as an engine serves it, without the rules that `toDatabase` adds. */
export interface Engine extends Statements {
  /** What transactions are counted by: code inside one may ask nothing else of the same host. */
  readonly host: object;
  begin(): Promise<OpenTransaction>;
  /** Gives free what this schema alone uses. */
  stop(): Promise<void>;
}

/** A transaction that has begun; whichever way it ends, it then belongs to nobody. */
export interface OpenTransaction extends Statements {
  /** Resolves with false when PostgreSQL rolled back instead, because a statement had failed. */
  commit(): Promise<boolean>;
  rollback(): Promise<void>;
}

/** The transaction that the running code belongs to. */
const around = new AsyncLocalStorage<Scope>();

interface Scope {
  readonly host: object;
  open: boolean;
}

/** Puts the rules of `Database` over an engine, so that every engine keeps the same ones. */
export function toDatabase(schema: string, engine: Engine): Database {
  let stopped = false;
  const check = (): void => {
    if (stopped) throw new DatabaseError('DATABASE_STOPPED', `the database of schema ${schema} was stopped`);
    refuseInsideTransaction(engine.host);
  };
  return {
    schema,
    async query(sql: string, parameters: readonly unknown[] = []) {
      check();
      return ask(engine, sql, parameters);
    },
    async transaction(work) {
      check();
      const transaction = await engine.begin();
      const scope = { host: engine.host, open: true };
      try {
        const result = await around.run(scope, () => work(toTransaction(schema, transaction, scope)));
        scope.open = false;
        if (!(await transaction.commit()))
          throw new DatabaseError('25P02', '25P02 rolled back: a statement of the transaction had failed');
        return result;
      } catch (error) {
        // Whether a crash or an expiry already ended it, or the rollback does: the caller needs the first error.
        if (scope.open) await Promise.allSettled([transaction.rollback()]);
        throw error;
      } finally {
        scope.open = false;
      }
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      await engine.stop();
    },
  };
}

/**
 * Throws when this code runs inside an open transaction of the host. Asked from there, PGlite never answers, since
 * everybody waits for the transaction; PostgreSQL answers from outside it, without its rows, and when all connections
 * are in transactions like this one it does not answer either.
 */
export function refuseInsideTransaction(host: object): void {
  const scope = around.getStore();
  if (scope?.open && scope.host === host)
    throw misused('this code runs inside a transaction: ask the database that the transaction hands to its work');
}

function toTransaction(schema: string, transaction: OpenTransaction, scope: Scope): Database {
  const refuse = (what: string) => Promise.reject(misused(`a transaction cannot be ${what} from inside itself`));
  return {
    schema,
    async query(sql: string, parameters: readonly unknown[] = []) {
      if (!scope.open) throw misused('the transaction has ended: await every question before its work resolves');
      return ask(transaction, sql, parameters);
    },
    transaction: () => refuse('opened'),
    stop: () => refuse('stopped'),
  };
}

/**
 * What would break transactions, or outlive its statement in a connection that others use next: the schema that names
 * resolve in, the time zone that values are written in, roles, prepared statements, channels.
 */
const changesTheSession =
  /^(\s|--.*\n|\/\*[^]*?\*\/)*(begin|start|commit|end|rollback|abort|savepoint|release|discard|reset|prepare|deallocate|listen|unlisten|set(?!\s+(local|constraints)\b))\b/i;

async function ask(
  statements: Statements,
  sql: string,
  values: readonly unknown[],
): Promise<{ rows: never[]; affected: number }> {
  if (changesTheSession.test(sql))
    throw misused(
      'transactions are opened and ended by transaction(work), the schema is chosen by open(schema), and other settings last for one transaction: set local',
    );
  const parameters = values.map((value, index) => parseParameter(value, `parameter $${index + 1}`));
  const { rows, affected } = await statements.run(sql, parameters);
  // What the rows hold is the caller's word, given in the type argument of `query`.
  return { rows: rows as never[], affected };
}

function misused(message: string): DatabaseError {
  return new DatabaseError('DATABASE_MISUSED', message);
}

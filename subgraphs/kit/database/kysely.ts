import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely';
import type { Database } from './database.ts';
import { DatabaseError } from './error.ts';

/**
 * A typed query builder over a database; tables resolve in its schema. Destroying it leaves the database running.
 * Inside `database.transaction(work)` make another one over the database handed to `work`: making one is cheap. Inside
 * Kysely's own `transaction().execute(work)` ask only the transaction, since everything else waits until it ends.
 */
export function createKysely<Tables>(database: Database): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => createDriver(database),
      createIntrospector: (kysely) => new PostgresIntrospector(kysely),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }).withSchema(database.schema);
}

/** A connection is the database itself or, between begin and commit, its open transaction. */
interface Connection extends DatabaseConnection {
  open: OpenTransaction | null;
}

interface OpenTransaction {
  readonly database: Database;
  /** Lets the transaction's work resolve (commit) or reject (roll back), and waits for the outcome. */
  end(commit: boolean): Promise<void>;
}

function createDriver(database: Database): Driver {
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(createConnection(database)),
    async beginTransaction(connection, settings) {
      (connection as Connection).open = await beginTransaction(database, settings);
    },
    commitTransaction: (connection) => endTransaction(connection as Connection, true),
    rollbackTransaction: (connection) => endTransaction(connection as Connection, false),
    releaseConnection: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
  };
}

function createConnection(database: Database): Connection {
  return {
    open: null,
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      const { rows, affected } = await (this.open?.database ?? database).query<Row>(query.sql, query.parameters);
      return { rows, numAffectedRows: BigInt(affected) };
    },
    streamQuery() {
      throw new DatabaseError('DATABASE_MISUSED', 'rows are not streamed: page through them by key');
    },
  };
}

/** Turns our `transaction(work)` into Kysely's begin and commit: the work is a promise that Kysely's commit settles. */
async function beginTransaction(database: Database, settings: TransactionSettings): Promise<OpenTransaction> {
  if (settings.isolationLevel !== undefined || settings.accessMode !== undefined)
    throw new DatabaseError('DATABASE_MISUSED', 'a transaction takes neither an isolation level nor an access mode');
  const rollback = new Error('rolled back');
  return new Promise((resolve, reject) => {
    let settle: ((commit: boolean) => void) | undefined;
    const outcome = database.transaction(
      (transaction) =>
        new Promise<void>((commit, abort) => {
          settle = (committing) => (committing ? commit() : abort(rollback));
          resolve({
            database: transaction,
            end(committing) {
              settle?.(committing);
              return outcome.catch((error: unknown) => {
                if (error !== rollback) throw error;
              });
            },
          });
        }),
    );
    outcome.catch(reject);
  });
}

async function endTransaction(connection: Connection, commit: boolean): Promise<void> {
  const open = connection.open;
  connection.open = null;
  await open?.end(commit);
}

import type { DatabaseHost } from './database.ts';
import { refuseInsideTransaction, toDatabase } from './engine.ts';
import type { Statements } from './engine.ts';
import { DatabaseError } from './error.ts';
import { quoteIdentifier } from './identifier.ts';
import { parsePostgresUrl } from './postgres-address.ts';
import { createPostgresConnections } from './postgres-connections.ts';
import type { PostgresConnections } from './postgres-connections.ts';
import { inspectServer } from './postgres-server.ts';
import { toStatements } from './postgres-statements.ts';
import { toValueTypes } from './postgres-values.ts';

/** One database of a PostgreSQL server; every schema that is opened has connections of its own. */
export type Postgres = DatabaseHost;

export interface PostgresOptions {
  /** `postgres://user:password@host:5432/database`; the password stands in no error. */
  readonly url: string;
  /** How many connections each open schema may have at once. */
  readonly poolSize?: number | undefined;
  /** How long a statement may run before PostgreSQL ends it (57014); 0 for ever. Migrations take as long as they need. */
  readonly statementTimeoutMs?: number | undefined;
  /** How long connecting may take (08001), and waiting until one of the connections is free (DATABASE_BUSY). */
  readonly connectTimeoutMs?: number | undefined;
  /** A transaction that asks nothing for so long is rolled back (25P03), since others may wait for its locks. */
  readonly idleTransactionMs?: number | undefined;
}

/**
 * Connects to a PostgreSQL database. Rejects when it cannot be reached, and with `DATABASE_UNSUITABLE` when the server is
 * older than 15 or the database holds text in another encoding than UTF8; to open a schema rejects so when connections do not work in it.
 */
export async function createPostgres({
  url,
  poolSize = 10,
  statementTimeoutMs = 30_000,
  connectTimeoutMs = 5_000,
  idleTransactionMs = 60_000,
}: PostgresOptions): Promise<Postgres> {
  const common = { address: parsePostgresUrl(url), poolSize, statementTimeoutMs, connectTimeoutMs, idleTransactionMs };
  const silenceMs = statementTimeoutMs === 0 ? 0 : statementTimeoutMs + connectTimeoutMs;
  const types = toValueTypes(await inspectServer(common));
  const host = {};
  const open = new Set<PostgresConnections>();
  let stopped = false;
  return {
    async open(schema) {
      refuseInsideTransaction(host);
      const searchPath = `${quoteIdentifier(schema)}, public`;
      const connect = (path: string, size: number): PostgresConnections => {
        if (stopped) throw new DatabaseError('DATABASE_STOPPED', 'the database was stopped');
        const applicationName = applicationNameOf(schema);
        const own = createPostgresConnections({ ...common, poolSize: size, types, searchPath: path, applicationName });
        open.add(own);
        return own;
      };
      const ahead = connect('pg_catalog', 1);
      try {
        await makeSchema(toStatements(ahead, silenceMs), schema);
      } finally {
        await ahead.stop();
        open.delete(ahead);
      }
      const connections = connect(searchPath, poolSize);
      const statements = toStatements(connections, silenceMs);
      try {
        await checkPath(statements, schema, common.address.place);
      } catch (error) {
        connections.drain();
        throw error;
      }
      return toDatabase(schema, {
        host,
        ...statements,
        stop() {
          connections.drain();
          return Promise.resolve();
        },
      });
    },
    async stop() {
      stopped = true;
      await Promise.all([...open].map((connections) => connections.stop()));
    },
  };
}

/**
 * Looks first: a role that may use its schema need not have the right to make one. On a connection of its own: PostgreSQL resolves a
 * search path once, and again when it is told of a change. A schema that others make can be seen a moment before that is told, and a
 * connection that had resolved its path before would go on without the schema, and make its tables in `public`.
 */
async function makeSchema(statements: Statements, schema: string): Promise<void> {
  const { rows } = await statements.run('select from pg_namespace where nspname = $1', [schema]);
  if (rows.length > 0) return;
  try {
    await statements.run(`create schema if not exists ${quoteIdentifier(schema)}`, []);
  } catch (error) {
    // Another process made it at the same moment, which `if not exists` does not see.
    if (!(error instanceof DatabaseError) || error.code !== '23505') throw error;
  }
}

/** A path passes over what its role may not use, in silence: tables would be made in the next schema. */
async function checkPath(statements: Statements, schema: string, place: string): Promise<void> {
  const { rows } = await statements.run('select current_schema() as schema', []);
  const [row] = rows as readonly { readonly schema?: unknown }[];
  if (row?.schema === schema) return;
  const name = quoteIdentifier(schema);
  throw new DatabaseError(
    'DATABASE_UNSUITABLE',
    `connections to PostgreSQL at ${place} do not work in the schema ${name}: its role needs \`grant usage on schema ${name}\`, and a pooler has to hand on search_path`,
  );
}

/** What `pg_stat_activity` shows, which keeps 63 characters of ASCII. */
function applicationNameOf(schema: string): string {
  return `nonet ${encodeURI(schema)}`.slice(0, 63);
}

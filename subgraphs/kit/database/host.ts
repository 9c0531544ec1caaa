import type { DatabaseHost } from './database.ts';
import { createPglite } from './pglite.ts';
import { createPostgres } from './postgres.ts';

export interface DatabaseHostOptions {
  /** A PostgreSQL server's database, `postgres://user:password@host:5432/database`; the directory is then not used. */
  readonly databaseUrl?: string | undefined;
  /** How many connections to the server each schema may have; PGlite has one queue. */
  readonly poolSize?: number | undefined;
  /** How long a statement may run on the server, 0 for ever; PGlite does not measure it. */
  readonly statementTimeoutMs?: number | undefined;
  /** Where PGlite keeps its rows, when there is no server; in memory when not given either. */
  readonly directory?: string | undefined;
}

/** Connects to PostgreSQL where a url names one, and starts PGlite otherwise. */
export async function createDatabaseHost({
  databaseUrl,
  poolSize,
  statementTimeoutMs,
  directory,
}: DatabaseHostOptions): Promise<DatabaseHost> {
  return databaseUrl === undefined
    ? createPglite({ directory })
    : createPostgres({ url: databaseUrl, poolSize, statementTimeoutMs });
}

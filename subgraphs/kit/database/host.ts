import type { DatabaseHost } from './database.ts';
import { createPglite } from './pglite.ts';
import { createPostgres } from './postgres.ts';

export interface DatabaseHostOptions {
  /** A PostgreSQL server's database, `postgres://user:password@host:5432/database`; the directory is then not used. */
  readonly databaseUrl?: string | undefined;
  /** Where PGlite keeps its rows, when there is no server; in memory when not given either. */
  readonly directory?: string | undefined;
}

/** Connects to PostgreSQL where a url names one, and starts PGlite otherwise. */
export async function createDatabaseHost({ databaseUrl, directory }: DatabaseHostOptions): Promise<DatabaseHost> {
  return databaseUrl === undefined ? createPglite({ directory }) : createPostgres({ url: databaseUrl });
}

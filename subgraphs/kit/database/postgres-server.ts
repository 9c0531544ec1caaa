import { DatabaseError } from './error.ts';
import { createPostgresConnections } from './postgres-connections.ts';
import type { PostgresConnectionsOptions } from './postgres-connections.ts';
import { toStatements } from './postgres-statements.ts';
import { toValueTypes } from './postgres-values.ts';
import type { ArrayType } from './postgres-values.ts';

interface Server {
  readonly number: number;
  readonly version: string;
  readonly encoding: string;
}

/** Brings the server's array types; throws `DATABASE_UNSUITABLE` when its version or the encoding will not do. */
export async function inspectServer(
  options: Omit<PostgresConnectionsOptions, 'poolSize' | 'types' | 'searchPath' | 'applicationName'>,
): Promise<readonly ArrayType[]> {
  const connections = createPostgresConnections({
    ...options,
    poolSize: 1,
    types: toValueTypes([]),
    searchPath: 'pg_catalog',
    applicationName: 'nonet',
  });
  const statements = toStatements(connections, options.connectTimeoutMs);
  try {
    const server = await statements.run(
      `select current_setting('server_version_num')::integer as number, current_setting('server_version') as version,
              current_setting('server_encoding') as encoding`,
      [],
    );
    checkServer(options.address.place, server.rows[0] as Server);
    // Types below 16384 come with PostgreSQL and keep their numbers; box alone separates its elements by semicolons.
    const arrays = await statements.run(
      `select typarray as "array", oid as element from pg_type where typarray <> 0 and oid < 16384 and typdelim = ','`,
      [],
    );
    return arrays.rows as ArrayType[];
  } finally {
    await connections.stop();
  }
}

function checkServer(place: string, { number, version, encoding }: Server): void {
  if (number < 150_000)
    throw unsuitable(`PostgreSQL at ${place} is version ${version}, and version 15 or newer is needed`);
  if (encoding !== 'UTF8')
    throw unsuitable(
      `the database at ${place} holds text in ${encoding}, and UTF8 is needed: create database … encoding 'UTF8' template template0`,
    );
}

function unsuitable(message: string): DatabaseError {
  return new DatabaseError('DATABASE_UNSUITABLE', message);
}

import { createHash } from 'node:crypto';
import type { Database } from '../../kit/database/database.ts';
import { DatabaseError } from '../../kit/database/error.ts';

/** Where rows are when a PGlite keeps them: in the directory that the address of the door lies in. */
export const inPglite = 'pglite';

/**
 * Where the rows of a database are: `pglite`, or a fingerprint of the server's database, equal by whichever address and
 * user it was reached.
 */
export async function readPlace(database: Database): Promise<string> {
  const { rows } = await database.query<{ version: string; database: string; oid: string }>(
    `select version() as version, datname::text as database, oid::text as oid
     from pg_database where datname = current_database()`,
  );
  const { version, database: name, oid } = rows[0]!;
  if (/\bPGlite\b/.test(version)) return inPglite;
  const cluster = await readCluster(database);
  return `postgres-${createHash('sha256').update([cluster, oid, name].join('\0')).digest('hex').slice(0, 32)}`;
}

/** What tells one server's cluster from another, be they copies that were dumped and restored. */
async function readCluster(database: Database): Promise<string> {
  try {
    const { rows } = await database.query<{ id: string }>(
      'select system_identifier::text as id from pg_control_system()',
    );
    return rows[0]!.id;
  } catch (error) {
    // A server may keep this from its users: then its address has to tell.
    if (!(error instanceof DatabaseError) || error.code !== '42501') throw error;
    const { rows } = await database.query<{ id: string }>(
      `select concat(inet_server_addr(), ':', inet_server_port()) as id`,
    );
    return rows[0]!.id;
  }
}

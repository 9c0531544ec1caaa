import pg from 'pg';
import { DatabaseError } from './error.ts';

/** Where a PostgreSQL database is, as its url says. */
export interface PostgresAddress {
  /** With the password in it: for the driver alone. */
  readonly url: string;
  /** What may be told: `user@host:port/database`. */
  readonly place: string;
}

/** What else the url may say. The rest would change how values are written or where names resolve, so that is refused. */
const knownParameters = [
  'host',
  'port',
  'sslmode',
  'sslcert',
  'sslkey',
  'sslrootcert',
  'sslnegotiation',
  'uselibpqcompat',
];

const right = 'give postgres://user:password@host:5432/database';

/** Reads a database url; throws `DATABASE_MISUSED` saying what is wrong, never with the url itself. */
export function parsePostgresUrl(url: string): PostgresAddress {
  if (!URL.canParse(url))
    throw misused(
      `the database url is no url (characters such as @ / # in a password are written %40 %2F %23): ${right}`,
    );
  const parsed = new URL(url);
  if (parsed.protocol !== 'postgres:' && parsed.protocol !== 'postgresql:')
    throw misused(`the database url begins with ${parsed.protocol}// and should with postgres://: ${right}`);
  const unknown = [...parsed.searchParams.keys()].find((name) => !knownParameters.includes(name));
  if (unknown !== undefined)
    throw misused(`the database url has the parameter ${unknown}, and may have ${knownParameters.join(', ')}`);
  const { user, host, port, database } = readByDriver(url);
  if (!user || !database) throw misused(`the database url names no ${user ? 'database' : 'user'}: ${right}`);
  return { url, place: `${user}@${host}:${port}/${database}` };
}

/** The driver's own reading, so that what we tell is what it does; it reads the files of `sslrootcert` and the like. */
function readByDriver(url: string): pg.Client {
  try {
    return new pg.Client({ connectionString: url });
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    throw misused(
      `the database url cannot be used (${code ?? 'its parts contradict each other'} ${path ?? ''}): ${right}`,
    );
  }
}

function misused(message: string): DatabaseError {
  return new DatabaseError('DATABASE_MISUSED', message);
}

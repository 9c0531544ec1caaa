import pg from 'pg';
import { DatabaseError, toDatabaseError } from './error.ts';
import type { PostgresFault } from './error.ts';
import type { Parameter } from './parameters.ts';

/** What a failed statement rejects with; `lost` is what ended its connection, when something did. */
export function toStatementError(
  cause: unknown,
  lost: unknown,
  place: string,
  sql: string,
  parameters: readonly Parameter[],
): DatabaseError {
  const told = [cause, lost].find((error) => error instanceof pg.DatabaseError);
  if (told?.code !== undefined) return toDatabaseError(toFault(told, told.code), sql, parameters);
  return new DatabaseError(
    connectionFailure,
    `${connectionFailure} the connection to PostgreSQL at ${place} was lost (${reasonOf(lost ?? cause)}); a statement that was open may or may not have run`,
  );
}

/** What a failed attempt to connect rejects with: the server's own code, or 08001 when nobody answered. */
export function toConnectError(cause: unknown, place: string): DatabaseError {
  if (cause instanceof DatabaseError) return cause;
  if (cause instanceof pg.DatabaseError && cause.code !== undefined) {
    const hint = hints[cause.code];
    // No statement runs yet, so that its text speaks of nothing but the server, the user and the database.
    return new DatabaseError(
      cause.code,
      `${cause.code} PostgreSQL at ${place} refuses: ${cause.message}${hint === undefined ? '' : `. ${hint}`}`,
    );
  }
  if (cause instanceof Error && cause.message.includes('client password must be'))
    return new DatabaseError(
      wrongPassword,
      `${wrongPassword} PostgreSQL at ${place} wants a password, and the database url has none`,
    );
  return new DatabaseError(
    cannotConnect,
    `${cannotConnect} PostgreSQL at ${place} cannot be reached (${reasonOf(cause)}): is it running, and are host and port right?`,
  );
}

function toFault(error: pg.DatabaseError, code: string): PostgresFault {
  const { message, schema, table, column, constraint, dataType, where } = error;
  return { code, message, schema, table, column, constraint, dataType, where };
}

/** SQLSTATEs of our side of a connection: https://www.postgresql.org/docs/15/errcodes-appendix.html */
const cannotConnect = '08001';
const connectionFailure = '08006';
const wrongPassword = '28P01';

const hints: Readonly<Record<string, string>> = {
  [wrongPassword]: 'Check the user and the password in the database url',
  '28000': 'Check the user in the database url, and pg_hba.conf on the server',
  '3D000': 'Create the database, or check its name in the database url',
  '53300': 'Raise max_connections on the server, or give fewer connections to each program',
};

/** The driver's own sentences, which hold nothing that came from a url or a statement. */
const harmless =
  /^(timeout expired|no answer in time|Connection terminated.*|The server does not support SSL connections)$/;

/** The system's code, such as ECONNREFUSED, or a sentence known to be harmless. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'no reason was given';
  const { code } = cause as NodeJS.ErrnoException;
  if (code !== undefined) return code;
  return harmless.test(cause.message) ? cause.message : cause.name;
}

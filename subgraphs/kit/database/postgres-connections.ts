import pg from 'pg';
import { DatabaseError } from './error.ts';
import type { Parameter } from './parameters.ts';
import type { PostgresAddress } from './postgres-address.ts';
import { toConnectError, toStatementError } from './postgres-fault.ts';
import { toStartOptions } from './postgres-settings.ts';

export interface PostgresConnectionsOptions {
  readonly address: PostgresAddress;
  readonly poolSize: number;
  /** How long a statement may run; 0 for ever. */
  readonly statementTimeoutMs: number;
  /** How long connecting may take, and waiting for a connection that others have. */
  readonly connectTimeoutMs: number;
  /** A transaction that asks nothing for so long is rolled back. */
  readonly idleTransactionMs: number;
  readonly types: pg.CustomTypesConfig;
  /** Where unqualified names resolve, as `search_path` is written. */
  readonly searchPath: string;
  readonly applicationName: string;
}

/** Connections that all start with the same settings; one that was lost is replaced by the next that is asked for. */
export interface PostgresConnections {
  /** Hands out a connection to nobody else until it is given back. */
  lease(): Promise<PostgresConnection>;
  /** Closes the connections when nobody waits for one and nobody has one. */
  drain(): void;
  /** Rejects what is pending, and resolves when no connection is left. */
  stop(): Promise<void>;
}

/** One connection; it runs one statement at a time. */
export interface PostgresConnection {
  send(sql: string, parameters?: readonly Parameter[]): Promise<pg.QueryResult<Record<string, unknown>>>;
  /** Ends it at once, and what it runs rejects. */
  cut(): void;
  /** Others may have it; it is closed instead when it was lost, or when `spoilt`: nobody knows what state it is in. */
  giveBack(spoilt?: boolean): void;
}

/** An idle connection is closed after a minute, and any after half an hour, so that programs follow a failover. */
const idleMs = 60_000;
const lifetimeSeconds = 1_800;

export function createPostgresConnections(options: PostgresConnectionsOptions): PostgresConnections {
  const { address, poolSize, connectTimeoutMs } = options;
  const pool = new pg.Pool({
    connectionString: address.url,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: idleMs,
    maxLifetimeSeconds: lifetimeSeconds,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: options.applicationName,
    statement_timeout: options.statementTimeoutMs,
    idle_in_transaction_session_timeout: options.idleTransactionMs,
    options: toStartOptions(options.searchPath),
    types: options.types,
  });
  /** What ended a connection, since the driver tells it once, to whoever listens. */
  const losses = new WeakMap<pg.ClientBase, unknown>();
  const leased = new Set<PostgresConnection>();
  const waiting = new Set<(error: DatabaseError) => void>();
  let draining = false;
  let stopped = false;
  let ended: Promise<void> | null = null;

  const lose = (client: pg.ClientBase, cause: unknown): void => {
    if (!losses.has(client)) losses.set(client, cause);
  };
  pool.on('connect', (client) => client.on('error', (error) => lose(client, error)));
  // An idle connection was lost: the pool has let go of it already.
  pool.on('error', () => undefined);

  const toLease = (client: pg.PoolClient): PostgresConnection => {
    const connection: PostgresConnection = {
      async send(sql, parameters = []) {
        // Always the extended protocol, which takes one statement and no more.
        const question: ExtendedQuery = { text: sql, values: [...parameters], queryMode: 'extended' };
        try {
          return await client.query<Record<string, unknown>>(question);
        } catch (cause) {
          if (stopped) throw stoppedError();
          const error = toStatementError(cause, losses.get(client), address.place, sql, parameters);
          // Told as the statement's own error; that the socket is closed as well is heard only later.
          if (endsConnection.test(error.code)) lose(client, cause);
          throw error;
        }
      },
      cut() {
        client.connection.stream.destroy(new Error('no answer in time'));
      },
      giveBack(spoilt = false) {
        leased.delete(connection);
        client.release(spoilt || losses.has(client) || client.connection.stream.destroyed);
      },
    };
    leased.add(connection);
    return connection;
  };

  const connectError = (cause: unknown): DatabaseError => {
    if (cause instanceof Error && cause.message === 'timeout exceeded when trying to connect')
      return new DatabaseError(
        'DATABASE_BUSY',
        `no connection to PostgreSQL at ${address.place} was free within ${connectTimeoutMs} ms: all ${poolSize} are in use`,
      );
    return toConnectError(cause, address.place);
  };

  /** The pool serves nobody any more once it was told to end. */
  const endWhenServed = (): void => {
    if (draining && waiting.size === 0) ended ??= pool.end();
  };

  return {
    lease: () =>
      new Promise((resolve, reject) => {
        if (stopped || ended) {
          reject(stoppedError());
          return;
        }
        waiting.add(reject);
        const served = pool.connect().then(
          (client) => {
            if (stopped) client.release(true);
            else resolve(toLease(client));
          },
          (cause: unknown) => reject(connectError(cause)),
        );
        void served.finally(() => {
          waiting.delete(reject);
          endWhenServed();
        });
      }),

    drain() {
      draining = true;
      endWhenServed();
    },

    async stop() {
      stopped = true;
      for (const reject of waiting) reject(stoppedError());
      for (const connection of leased) connection.cut();
      ended ??= pool.end();
      await ended;
    },
  };
}

/** Shut down, killed, timed out while idle, broken off: https://www.postgresql.org/docs/15/errcodes-appendix.html */
const endsConnection = /^(08|57P|25P0[34])/;

interface ExtendedQuery extends pg.QueryConfig<Parameter[]> {
  readonly queryMode: 'extended';
}

function stoppedError(): DatabaseError {
  return new DatabaseError(
    'DATABASE_STOPPED',
    'the database was stopped; a statement that was open may or may not have run',
  );
}

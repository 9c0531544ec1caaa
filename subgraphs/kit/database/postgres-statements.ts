import type { QueryResult } from 'pg';
import type { OpenTransaction, StatementAnswer, Statements } from './engine.ts';
import type { PostgresConnection, PostgresConnections } from './postgres-connections.ts';

/** Statements each on whichever connection is free, and transactions each on one of their own. */
export interface PostgresStatements extends Statements {
  begin(): Promise<OpenTransaction>;
}

/**
 * Runs statements over connections. What stands alone is given up after `silenceMs` (0 for never), when the server must
 * have ended it long ago: a network that went dark keeps a socket open for a quarter of an hour. Inside a transaction
 * `set local statement_timeout` may allow more.
 */
export function toStatements(connections: PostgresConnections, silenceMs: number): PostgresStatements {
  const sendInTime = async (connection: PostgresConnection, ...question: Parameters<PostgresConnection['send']>) => {
    const silence = silenceMs === 0 ? undefined : setTimeout(() => connection.cut(), silenceMs);
    try {
      return await connection.send(...question);
    } finally {
      clearTimeout(silence);
    }
  };
  return {
    async run(sql, parameters) {
      const connection = await connections.lease();
      try {
        return toAnswer(await sendInTime(connection, sql, parameters));
      } finally {
        connection.giveBack();
      }
    },
    async begin() {
      const connection = await connections.lease();
      try {
        await sendInTime(connection, 'begin');
      } catch (error) {
        connection.giveBack(true);
        throw error;
      }
      return toTransaction(connection);
    },
  };
}

function toTransaction(connection: PostgresConnection): OpenTransaction {
  const inTurn = createTurns();
  return {
    run: (sql, parameters) => inTurn(async () => toAnswer(await connection.send(sql, parameters))),
    // PostgreSQL answers a commit of a failed transaction with a rollback, and calls that a success.
    commit: async () => (await end('commit')).command === 'COMMIT',
    async rollback() {
      await end('rollback');
    },
  };

  function end(command: 'commit' | 'rollback'): Promise<QueryResult> {
    return inTurn(async () => {
      let ended = false;
      try {
        const result = await connection.send(command);
        ended = true;
        return result;
      } finally {
        connection.giveBack(!ended);
      }
    });
  }
}

/** One after the other, in the order asked: a connection runs one statement at a time. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };
}

function toAnswer({ command, rowCount, rows }: QueryResult<Record<string, unknown>>): StatementAnswer {
  return { rows, affected: /^(INSERT|UPDATE|DELETE|MERGE|COPY)$/.test(command) ? (rowCount ?? 0) : 0 };
}

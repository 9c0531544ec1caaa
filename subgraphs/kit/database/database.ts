/** The seam between a program and PostgreSQL, whichever engine runs it. */

/**
 * One schema of one PostgreSQL database. Unqualified names resolve in `schema`. Every call is one statement, in
 * PostgreSQL 15 syntax, with `$1` parameters; a failure rejects with a `DatabaseError`.
 *
 * Values come back exact: int8 as bigint (so `count(*)` too), numeric as string, date as `YYYY-MM-DD`, timestamptz as
 * ISO 8601 in UTC with all its digits (`2026-01-31T08:00:00.123456Z`), timestamp likewise without the `Z`, arrays as
 * arrays, json parsed, bytea as Uint8Array, everything else that is not a small number or a boolean as text. Parameters
 * may be the same; a string for a JSON column is JSON text. Text orders as its database says, which is another order on
 * another server: what is compared or sorted as text is declared or written `collate "C"`, the bytes of its UTF-8.
 */
export interface Database {
  readonly schema: string;

  /** Runs one statement; `affected` counts the rows that it inserted, updated or deleted (0 for a select). */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller says what its statement selects
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<{ rows: Row[]; affected: number }>;

  /**
   * Runs `work` in one transaction of its own: committed when it resolves, rolled back when it rejects. Only the
   * database handed to `work` belongs to the transaction; it cannot open another one inside.
   */
  transaction<T>(work: (database: Database) => Promise<T>): Promise<T>;

  /** Refuses every later question. */
  stop(): Promise<void>;
}

/** One PostgreSQL with any number of schemas, whichever engine runs it. */
export interface DatabaseHost {
  /** Opens a schema, making it when absent; stopping what it returns leaves the others running. */
  open(schema: string): Promise<Database>;
  /** Rejects what is pending and gives everything free: connections, files, threads. */
  stop(): Promise<void>;
}

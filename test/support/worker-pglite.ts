/** One PGlite for all test files of a worker: starting one takes seconds, a schema of one's own costs next to nothing. */

import type { DatabaseHost } from '../../subgraphs/kit/database/database.ts';
import { quoteIdentifier } from '../../subgraphs/kit/database/identifier.ts';
import { createPglite, type Pglite } from '../../subgraphs/kit/database/pglite.ts';

// A test file that holds up its process holds up a transaction too, and shall not lose it.
let shared: Promise<Pglite> | undefined;
let hosts = 0;

/** A host whose schemas nobody else has; `stop` drops them and leaves the PGlite to the next file. */
export async function openWorkerPglite(): Promise<DatabaseHost> {
  const pglite = await (shared ??= createPglite({ idleTransactionMs: 600_000 }));
  const prefix = `t${++hosts}`;
  const opened = new Set<string>();
  return {
    open(schema) {
      const own = `${prefix}_${schema}`;
      opened.add(own);
      return pglite.open(own);
    },
    async stop() {
      const database = await pglite.open('public');
      for (const schema of opened) await database.query(`drop schema ${quoteIdentifier(schema)} cascade`);
    },
  };
}

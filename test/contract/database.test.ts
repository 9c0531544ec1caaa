import { afterAll, beforeAll, describe } from 'vitest';
import type { Database } from '../../subgraphs/kit/database/database.ts';
import { createPglite } from '../../subgraphs/kit/database/pglite.ts';
import { errorContract } from './database/error.ts';
import { insertRowsContract } from './database/insert-rows.ts';
import { kyselyContract } from './database/kysely.ts';
import { migrateContract } from './database/migrate.ts';
import { queryContract } from './database/query.ts';
import { transactionContract } from './database/transaction.ts';

/** What an implementation hands out: any number of schemas of one PostgreSQL. */
interface Host {
  open(schema: string): Promise<Database>;
  stop(): Promise<void>;
}

databaseContract('PGlite in a worker thread', () => createPglite());

function databaseContract(implementation: string, createHost: () => Promise<Host>): void {
  describe(`Database: ${implementation}`, () => {
    let host: Host;
    let opened = 0;
    const open = (schema = `Contract 法院 "${++opened}"`) => host.open(schema);

    beforeAll(async () => {
      host = await createHost();
    });
    afterAll(() => host.stop());

    queryContract(open);
    errorContract(open);
    transactionContract(open);
    insertRowsContract(open);
    kyselyContract(open);
    migrateContract(open);
  });
}

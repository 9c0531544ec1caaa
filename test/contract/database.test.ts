import { afterAll, beforeAll, describe } from 'vitest';
import type { DatabaseHost } from '../../subgraphs/kit/database/database.ts';
import { createPglite } from '../../subgraphs/kit/database/pglite.ts';
import { createPostgres } from '../../subgraphs/kit/database/postgres.ts';
import { describeOnPostgres } from '../support/describe-postgres.ts';
import { createTestDatabase, pinyin } from '../support/test-database.ts';
import { errorContract } from './database/error.ts';
import { insertRowsContract } from './database/insert-rows.ts';
import { kyselyContract } from './database/kysely.ts';
import { migrateContract } from './database/migrate.ts';
import { queryContract } from './database/query.ts';
import { transactionContract } from './database/transaction.ts';

describe('Database: PGlite in a worker thread', () => databaseContract(() => createPglite()));

describeOnPostgres('Database: PostgreSQL', () =>
  databaseContract(async () => {
    const database = await createTestDatabase(pinyin);
    const host = await createPostgres({ url: database.url, poolSize: 4 });
    return {
      ...host,
      async stop() {
        await host.stop();
        await database[Symbol.asyncDispose]();
      },
    };
  }),
);

function databaseContract(createHost: () => Promise<DatabaseHost>): void {
  let host: DatabaseHost;
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
}

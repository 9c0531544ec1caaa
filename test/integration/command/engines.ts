import { afterAll, beforeAll, describe } from 'vitest';
import type { Database, DatabaseHost } from '../../../subgraphs/kit/database/database.ts';
import { openWorkerPglite } from '../../support/worker-pglite.ts';
import { createPostgres } from '../../../subgraphs/kit/database/postgres.ts';
import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { createTestDatabase, pinyin } from '../../support/test-database.ts';

/** The same tests over both engines; each call of `open` gives an empty schema. */
export function describeOnBoth(name: string, tests: (open: () => Promise<Database>) => void): void {
  describe(`${name}, on PGlite`, () => withHost(() => openWorkerPglite(), tests));
  describeOnPostgres(`${name}, on PostgreSQL`, () => withHost(startPostgres, tests));
}

function withHost(start: () => Promise<DatabaseHost>, tests: (open: () => Promise<Database>) => void): void {
  let host: DatabaseHost;
  let opened = 0;
  beforeAll(async () => {
    host = await start();
  });
  afterAll(() => host.stop());
  tests(() => host.open(`command_${++opened}`));
}

/** A server that orders text by pinyin, in a database of its own. */
async function startPostgres(): Promise<DatabaseHost> {
  const database = await createTestDatabase(pinyin);
  const host = await createPostgres({ url: database.url });
  return {
    ...host,
    async stop() {
      await host.stop();
      await database[Symbol.asyncDispose]();
    },
  };
}

import pg from 'pg';
import { describe, expect, it } from 'vitest';

import { serverUrl } from './test-database.ts';

const fault = await faultOf(serverUrl);

/** Tests that need a server: without one they are skipped, saying why; in CI, where one can be had, they fail. */
export function describeOnPostgres(name: string, tests: () => void): void {
  if (fault === null) describe(name, tests);
  else
    describe.skipIf(mayLackServer)(`${name} (${fault})`, () => {
      it('has a server to run on', () => expect.fail(fault));
    });
}

const mayLackServer = process.env['CI'] === undefined;

async function faultOf(url: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  try {
    await client.connect();
    await client.end();
    return null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return `no PostgreSQL answers (${code ?? message}): set NONET_TEST_DATABASE_URL to a role that may create databases`;
  }
}

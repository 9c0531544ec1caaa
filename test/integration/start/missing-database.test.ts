import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { startNonet } from '../../support/nonet-process.ts';
import { writeSmallRegistry } from '../../support/small-registry.ts';
import { serverUrl } from '../../support/test-database.ts';

describeOnPostgres('all processes over PostgreSQL', () => {
  it('name each database that is missing and what makes it, and start nothing', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'nonet-missing-'));
    try {
      const registry = writeSmallRegistry(directory, 1);
      const url = new URL(serverUrl);
      const [, server] = /^\w+:\/\/(.*)\/[^/]*$/.exec(serverUrl)!;
      await using city = startNonet(
        [
          'start',
          '--processes',
          '--port=0',
          '--first-port=0',
          `--data=${join(directory, 'data')}`,
          `--registry=${registry}`,
        ],
        { DATABASE_URL: `postgres://${server}/nonet_missing_{part}` },
      );
      expect(await city.ended).toBe(78);
      const place = `${url.username}@${url.hostname}:${url.port || '5432'}`;
      expect(city.text().trimEnd().split('\n').slice(2)).toEqual(
        ['bank', 'vehicle', 'property', 'command', '苏03'].map(
          (part) =>
            `DATABASE_URL: there is no database ${place}/nonet_missing_${part}; make it with createdb, or one for each court with deploy/postgres/databases.sh.`,
        ),
      );
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});

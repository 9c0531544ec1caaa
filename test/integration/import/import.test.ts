import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseHost } from '../../../subgraphs/kit/database/database.ts';
import { openWorkerPglite } from '../../support/worker-pglite.ts';
import { createPostgres } from '../../../subgraphs/kit/database/postgres.ts';
import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { personKey, run, startCourt, temporary, type RunningCourt } from './running-court.ts';
import { doorlessTests, doorTests } from './running/door.ts';
import { formTests } from './running/forms.ts';
import { storyTests } from './running/story.ts';

describe('a running court on PGlite', () => {
  const start = onHost(() => openWorkerPglite());
  describe('takes an export', () => formTests(start));
  describe('and its rows', () => storyTests(start));
  describe('by its admin door', () => doorTests(start));
  describe('or not, where it has none', () => doorlessTests(start));
});

describeOnPostgres('a running court on PostgreSQL', () => {
  const start = onHost(async () => {
    const database = await createTestDatabase();
    const host = await createPostgres({ url: database.url, poolSize: 4 });
    return {
      ...host,
      url: database.url,
      async stop() {
        await host.stop();
        await database[Symbol.asyncDispose]();
      },
    };
  });
  storyTests(start);
  doorTests(start);

  test('a court that does not run takes an import straight into its database', async () => {
    const { directory, remove } = temporary();
    await using database = await createTestDatabase();
    const file = join(directory, 'cases.csv');
    const key = join(directory, 'city.key');
    writeFileSync(file, '案号,阶段\n（2017）苏0312执1号,立案\n');
    writeFileSync(key, Buffer.from(personKey.secret).toString('base64url'), { mode: 0o600 });
    const ran = await run(['--court', '苏0312', '--data', directory, '--person-key', key, file], {
      DATABASE_URL: database.url,
    });
    expect(ran).toMatchObject({
      code: 0,
      out: expect.stringContaining(
        `1 cases new, 0 changed, 0 unchanged; stored into its PostgreSQL ${new URL(database.url).host}/`,
      ),
    });
    expect(await database.ask('select number_key, stage from "court_苏0312".enforcement_case')).toEqual([
      { number_key: '2017 苏0312 执 00000001', stage: 'FILED' },
    ]);
    remove();
  });
});

/** The url is there where the host is a server's. */
type Host = DatabaseHost & { readonly url?: string };

/** Starts courts on one host, which is stopped with all of them when the tests around it are done. */
function onHost(createHost: () => Promise<Host>): () => Promise<RunningCourt> {
  let host: Host;
  const started: RunningCourt[] = [];
  beforeAll(async () => {
    host = await createHost();
  });
  afterAll(async () => {
    for (const court of started) await court.stop();
    await host.stop();
  });
  return async () => {
    const court = await startCourt(host, host.url);
    started.push(court);
    return court;
  };
}

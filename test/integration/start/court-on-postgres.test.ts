import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import pg from 'pg';

import { courtPart } from '../../../cli/start/parts/court.ts';
import { hubKeyFiles, readHubKey } from '../../../cli/start/hub-key.ts';
import type { RunningPart } from '../../../cli/start/parts/part.ts';
import { createDeadline } from '../../../common/deadline.ts';
import { createProving } from '../../../gateway/asking/proving.ts';
import { createRemote, type Remote } from '../../../gateway/asking/remote.ts';
import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { run } from '../import/running-court.ts';

describeOnPostgres('a court’s part over PostgreSQL', () => {
  const directory = mkdtempSync(join(tmpdir(), 'nonet-part-'));
  const data = join(directory, 'data');
  let server: TestDatabase;
  let part: RunningPart;
  let remote: Remote;
  let blocker: pg.Client;

  const start = (...args: string[]): Promise<RunningPart> =>
    courtPart.start(['--court', '苏0312', '--port', '0', '--data', data, '--seed', '5', ...args], {
      DATABASE_URL: server.url,
    });

  /** As its hub asks it. */
  const openRemote = (): Remote => {
    const prove = createProving(() => readHubKey(hubKeyFiles(data).privateFile));
    return createRemote(`${part.url}/graphql`, { proof: { audience: '苏0312', prove } });
  };

  beforeAll(async () => {
    server = await createTestDatabase();
    part = await start('--pool-size', '2', '--statement-timeout-ms', '400');
    remote = openRemote();
    blocker = new pg.Client({ connectionString: server.url });
    await blocker.connect();
  });
  afterAll(async () => {
    await blocker.end();
    await remote.stop();
    await part.stop();
    await server[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true, force: true });
  });

  const ask = (query: string) => remote.ask({ query }, AbortSignal.timeout(20_000));
  const total = async (): Promise<unknown> => (await ask('{ cases { totalCount } }')).data;

  it('says who it is, and has its rows in a schema of its own', async () => {
    expect(await (await fetch(`${part.url}/health`)).json()).toEqual({ status: 'ok', part: 'court 苏0312' });
    expect(part.seededCases).toBe(5);
    expect(await server.ask('select count(*) as n from "court_苏0312".enforcement_case')).toEqual([{ n: '5' }]);
    expect(await total()).toEqual({ cases: { totalCount: 5 } });
  });

  it('answers nobody but its hub', async () => {
    const response = await fetch(`${part.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ cases { totalCount } }' }),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FROM_HUB' } }] });
  });

  it('ends a statement that runs longer than anybody waits, and uses no more connections than it may', async () => {
    await blocker.query('begin');
    await blocker.query('lock table "court_苏0312".enforcement_case in access exclusive mode');
    const asked = Array.from({ length: 6 }, () => ask('{ cases { totalCount } }'));
    const answers = Promise.all(asked);
    await vi.waitFor(async () => {
      const waiting = await server.ask(
        `select from pg_stat_activity where application_name like 'nonet court%' and wait_event_type = 'Lock'`,
      );
      expect(waiting).toHaveLength(2);
    });
    for (const { errors } of await answers) expect(errors?.[0]?.extensions?.code).toBe('INTERNAL');
    await blocker.query('rollback');
    expect(await total()).toEqual({ cases: { totalCount: 5 } });
  });

  it('gives up by the deadline of whoever asks when that comes first', async () => {
    await blocker.query('begin');
    await blocker.query('lock table "court_苏0312".enforcement_case in access exclusive mode');
    const deadline = createDeadline(new AbortController().signal, 100);
    await expect(remote.ask({ query: '{ cases { totalCount } }' }, deadline.signal)).rejects.toThrow();
    deadline.release();
    await blocker.query('rollback');
  });

  it('takes an import while it runs, and one while it does not', async () => {
    const file = join(import.meta.dirname, '../../fixtures/two-cases.csv');
    const env = { DATABASE_URL: server.url };
    const running = await run(['--court', '苏0312', '--data', data, file], env);
    expect([running.code, running.out]).toEqual([0, expect.stringContaining('through the running court')]);
    await part.stop();
    const stopped = await run(['--court', '苏0312', '--data', data, file], env);
    expect([stopped.code, stopped.out]).toEqual([0, expect.stringContaining('into its PostgreSQL')]);
    part = await start();
    expect(part.seededCases).toBe(0);
    await remote.stop();
    remote = openRemote();
    expect(await total()).toEqual({ cases: { totalCount: 7 } });
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';

import { readAdminAddress, writeAdminAddress } from '../../../subgraphs/court/admin/address.ts';
import { readPlace } from '../../../subgraphs/court/admin/place.ts';
import type { DatabaseHost } from '../../../subgraphs/kit/database/database.ts';
import { openWorkerPglite } from '../../support/worker-pglite.ts';
import { createPostgres } from '../../../subgraphs/kit/database/postgres.ts';
import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { run, startCourt, type RunningCourt } from './running-court.ts';

const table = '案号,阶段\n（2017）苏0312执1号,立案\n';
const total = '{ cases { totalCount } }';

describeOnPostgres('a running court is imported into only where the import is meant to go', () => {
  let servers: TestDatabase[];
  let hosts: DatabaseHost[];
  let onPglite: RunningCourt;
  let onPostgres: RunningCourt;

  beforeAll(async () => {
    servers = [await createTestDatabase(), await createTestDatabase()];
    hosts = [await openWorkerPglite(), await createPostgres({ url: servers[0]!.url })];
    onPglite = await startCourt(hosts[0]!);
    onPostgres = await startCourt(hosts[1]!, servers[0]!.url);
  });
  afterAll(async () => {
    await Promise.all([onPglite.stop(), onPostgres.stop()]);
    for (const host of hosts) await host.stop();
    for (const server of servers) await server[Symbol.asyncDispose]();
  });

  const importInto = (court: RunningCourt, databaseUrl?: string) =>
    run(['--court', '苏0312', '--data', court.data, court.write('cases.csv', table)], { DATABASE_URL: databaseUrl });

  test.each<[string, () => [RunningCourt, string | undefined], RegExp]>([
    [
      'DATABASE_URL, and a court on PGlite',
      () => [onPglite, servers[1]!.url],
      /DATABASE_URL names a PostgreSQL, and the court 苏0312 that runs on \S+ has its rows in its PGlite there\. Unset/,
    ],
    [
      'DATABASE_URL of another database',
      () => [onPostgres, servers[1]!.url],
      /DATABASE_URL names another database than the one where the court 苏0312 that runs on \S+ has its rows\. Set it/,
    ],
    [
      'no DATABASE_URL, and a court on PostgreSQL',
      () => [onPostgres, undefined],
      /DATABASE_URL is not set, and the court 苏0312 that runs on \S+ has its rows in a PostgreSQL\. Set/,
    ],
  ])('%s: refused in one line, and nothing is stored anywhere', async (_, given, problem) => {
    const [court, url] = given();
    const { code, out, err } = await importInto(court, url);
    expect(err).toMatch(problem);
    expect(err.split('\n')).toHaveLength(1);
    expect([code, out]).toEqual([69, '']);
    expect(await court.ask(total)).toEqual({ cases: { totalCount: 0 } });
    expect(await servers[1]!.ask(`select from pg_namespace where nspname like 'court_%'`)).toEqual([]);
  });

  test('whose program is older and does not say where its rows are is not imported into', async () => {
    const address = readAdminAddress(onPglite.data)!;
    const { url, secret, pid } = address;
    writeAdminAddress(onPglite.data, { url, secret, pid });
    expect(await importInto(onPglite)).toMatchObject({
      code: 69,
      err: expect.stringMatching(/An older program is the court 苏0312 .*Start it anew\.$/),
    });
    writeAdminAddress(onPglite.data, address);
  });

  test('and the summary says where the rows are now, by whichever address they were reached', async () => {
    const url = new URL(servers[0]!.url);
    if (url.hostname === '127.0.0.1') url.hostname = 'localhost';
    url.username = 'postgres';
    expect(await importInto(onPostgres, url.href)).toMatchObject({
      code: 0,
      out: expect.stringContaining(
        `stored through the running court into its PostgreSQL ${url.host}${url.pathname} in`,
      ),
    });
    expect(await importInto(onPglite)).toMatchObject({
      code: 0,
      out: expect.stringContaining(`stored through the running court into ${onPglite.data} in`),
    });
  });

  test('a place holds neither address nor user', async () => {
    expect(await readPlace(await hosts[0]!.open('place'))).toBe('pglite');
    expect(await readPlace(await hosts[1]!.open('place'))).toMatch(/^postgres-[0-9a-f]{32}$/);
  });

  test('a door that closed, or that is somebody else’s by now, is none', async () => {
    const court = await startCourt(hosts[0]!);
    const address = readAdminAddress(court.data)!;
    // The secret of who is gone, at a port that another court has taken.
    writeAdminAddress(court.data, { ...address, url: onPglite.door.url });
    expect(await court.import(court.write('cases.csv', table))).toMatchObject({
      code: 69,
      err: expect.stringContaining('The court runs without an admin door'),
    });
    await court.stop();
  });
});

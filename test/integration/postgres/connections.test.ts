import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../subgraphs/kit/database/database.ts';
import { createPostgres, type PostgresOptions } from '../../../subgraphs/kit/database/postgres.ts';
import { createTcpProxy } from '../../support/tcp-proxy.ts';
import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { createTestDatabase, serverAddress, type TestDatabase } from '../../support/test-database.ts';

describeOnPostgres('connections to PostgreSQL', () => {
  let server: TestDatabase;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    server = await createTestDatabase();
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
    await server[Symbol.asyncDispose]();
  });

  let opened = 0;
  async function open(options: Partial<PostgresOptions> = {}): Promise<Database> {
    const host = await createPostgres({ url: server.url, poolSize: 2, ...options });
    stops.push(() => host.stop());
    return host.open(`connections ${++opened}`);
  }

  /** Ends the server's side of the connections of one schema. */
  const kill = ({ schema }: Database) =>
    server.ask(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1`, [
      `nonet ${encodeURI(schema)}`,
    ]);

  /** Resolves when that many connections of a schema are in this state of `pg_stat_activity`. */
  async function until(database: Database, state: string, count: number): Promise<void> {
    const sql = `select from pg_stat_activity where application_name = $1 and state = $2`;
    while ((await server.ask(sql, [`nonet ${encodeURI(database.schema)}`, state])).length !== count);
  }

  it('that idled and were ended by the server are replaced', async () => {
    const database = await open();
    await Promise.all([database.query('select pg_sleep(0.01)'), database.query('select pg_sleep(0.01)')]);
    expect(await kill(database)).toHaveLength(2);
    await until(database, 'idle', 0);
    expect((await database.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  });

  it('ended in the middle of a statement reject with the code of the server, and the next question is answered', async () => {
    const database = await open();
    const asked = database.query('select pg_sleep(60)');
    await Promise.all([
      until(database, 'active', 1).then(() => kill(database)),
      expect(asked).rejects.toMatchObject({ name: 'DatabaseError', code: '57P01' }),
    ]);
    expect((await database.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  });

  it('ended in the middle of a transaction lose it whole', async () => {
    const database = await open();
    await database.query('create table t (n integer)');
    const attempt = database.transaction(async (inside) => {
      await inside.query('insert into t values (1)');
      await kill(database);
      await until(database, 'idle in transaction', 0);
      await inside.query('insert into t values (2)');
    });
    await expect(attempt).rejects.toMatchObject({ name: 'DatabaseError', code: '57P01' });
    expect((await database.query('select n from t')).rows).toEqual([]);
  });

  it('say 08001 while the server is down and 08006 when it goes down, and answer as soon as it is back', async () => {
    await using proxy = await createTcpProxy(serverAddress);
    const database = await open({ url: proxy.through(server.url) });
    const asked = database.query('select pg_sleep(60)');
    await Promise.all([
      until(database, 'active', 1).then(() => proxy.goDown()),
      expect(asked).rejects.toMatchObject({ code: '08006' }),
    ]);
    await expect(database.query('select 1')).rejects.toMatchObject({ code: '08001' });
    await expect(database.transaction((inside) => inside.query('select 1'))).rejects.toMatchObject({ code: '08001' });
    await proxy.comeUp();
    expect((await database.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  });

  it('to a server that fell silent are given up soon after its statement timeout', async () => {
    await using proxy = await createTcpProxy(serverAddress);
    const database = await open({ url: proxy.through(server.url), statementTimeoutMs: 200, connectTimeoutMs: 300 });
    proxy.fallSilent();
    await expect(database.query('select 1')).rejects.toMatchObject({ code: '08006' });
    await expect(database.query('select 1')).rejects.toMatchObject({ code: '08001' });
  });

  it('are waited for, and when none is free in time the question is refused', async () => {
    const database = await open({ connectTimeoutMs: 400 });
    const release = [latch(), latch()];
    const holders = release.map(({ opened }) => database.transaction(() => opened));
    await until(database, 'idle in transaction', 2);
    await expect(database.query('select 1')).rejects.toMatchObject({
      code: 'DATABASE_BUSY',
      message: expect.stringContaining('within 400 ms: all 2 are in use') as string,
    });
    const waiting = database.query('select 1 as n');
    release[0]!.open();
    expect((await waiting).rows).toEqual([{ n: 1 }]);
    release[1]!.open();
    await Promise.all(holders);
  });

  it('never number more than the pool allows', async () => {
    const database = await open({ poolSize: 3 });
    const counts = await Promise.all(
      Array.from({ length: 40 }, () =>
        database.query<{ n: bigint }>(
          `select count(*) as n from pg_stat_activity where application_name = current_setting('application_name')`,
        ),
      ),
    );
    const most = counts.map(({ rows }) => rows[0]!.n).reduce((one, other) => (one > other ? one : other));
    expect(most).toBe(3n);
  });

  it('end a statement that runs too long, and stay', async () => {
    const database = await open({ statementTimeoutMs: 100, poolSize: 1 });
    const process = async () => (await database.query('select pg_backend_pid() as pid')).rows[0];
    const before = await process();
    await expect(database.query('select pg_sleep(60)')).rejects.toMatchObject({ code: '57014' });
    expect(await process()).toEqual(before);
  });

  it('roll back a transaction that nobody goes on with', async () => {
    const database = await open({ idleTransactionMs: 100 });
    await database.query('create table t (n integer)');
    const forgotten = database.transaction(async (inside) => {
      await inside.query('insert into t values (1)');
      await until(database, 'idle in transaction', 0);
    });
    await expect(forgotten).rejects.toMatchObject({ code: '25P03' });
    expect((await database.query('select n from t')).rows).toEqual([]);
  });

  it('are all closed by stop, which rejects what is pending and everything after', async () => {
    const host = await createPostgres({ url: server.url, poolSize: 1 });
    const database = await host.open('stopped');
    const pending = [
      database.query('select pg_sleep(60)'),
      database.query('select 1'),
      database.transaction(() => Promise.resolve()),
    ];
    const outcomes = Promise.allSettled(pending);
    await until(database, 'active', 1);
    await host.stop();
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'DATABASE_STOPPED' } });
    await expect(database.query('select 1')).rejects.toMatchObject({ code: 'DATABASE_STOPPED' });
    await expect(host.open('stopped')).rejects.toMatchObject({ code: 'DATABASE_STOPPED' });
    await host.stop();
  });

  it('refuse a question to the host from inside a transaction, which would use up the pool', async () => {
    const database = await open();
    await database.transaction(async () => {
      await expect(database.query('select 1')).rejects.toThrow('runs inside a transaction');
      await expect(database.transaction(() => Promise.resolve())).rejects.toThrow('runs inside a transaction');
    });
  });

  it('bring values as promised, whatever the database and the role are set to', async () => {
    await using odd = await createTestDatabase();
    const name = new URL(odd.url).pathname.slice(1);
    for (const setting of [
      `timezone = 'Asia/Shanghai'`,
      `datestyle = 'German'`,
      `bytea_output = 'escape'`,
      `extra_float_digits = -3`,
      `default_transaction_isolation = 'serializable'`,
    ])
      await odd.ask(`alter database ${name} set ${setting}`);
    const host = await createPostgres({ url: odd.url });
    stops.push(() => host.stop());
    const { rows } = await (
      await host.open('odd')
    ).query(
      `select timestamptz '2026-01-31 08:00+08' as instant, date '2026-01-31' as date, '\\x00ff'::bytea as bytes, 0.1::float8 + 0.2::float8 as float8,
              current_setting('transaction_isolation') as isolation`,
    );
    expect(rows).toEqual([
      {
        instant: '2026-01-31T00:00:00Z',
        date: '2026-01-31',
        bytes: new Uint8Array([0, 255]),
        float8: 0.1 + 0.2,
        isolation: 'read committed',
      },
    ]);
  });
});

function latch() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

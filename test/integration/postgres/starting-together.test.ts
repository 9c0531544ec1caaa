import { afterAll, beforeAll, expect, it } from 'vitest';
import { courtMigrations } from '../../../subgraphs/court/migrations/index.ts';
import { createCourt } from '../../../subgraphs/court/program.ts';
import type { Database, DatabaseHost } from '../../../subgraphs/kit/database/database.ts';
import { migrate, type Migration } from '../../../subgraphs/kit/database/migrate.ts';
import { createPostgres } from '../../../subgraphs/kit/database/postgres.ts';
import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { personKey, registry, tongshan } from '../court/court.ts';
import { caseRecord, partyRecord, writ } from '../court/records.ts';

describeOnPostgres('processes over one PostgreSQL', () => {
  let server: TestDatabase;
  let hosts: readonly DatabaseHost[];

  beforeAll(async () => {
    server = await createTestDatabase();
    hosts = await Promise.all(Array.from({ length: 4 }, () => createPostgres({ url: server.url, poolSize: 3 })));
  });
  afterAll(async () => {
    await Promise.all(hosts.map((host) => host.stop()));
    await server[Symbol.asyncDispose]();
  });

  /** The same schema as every process opens it, all at once. */
  const openAll = (schema: string): Promise<Database[]> => Promise.all(hosts.map((host) => host.open(schema)));

  const step = (name: string, ...statements: string[]): Migration => ({
    name,
    up: async (database) => {
      for (const sql of statements) await database.query(sql);
    },
  });
  const first = step('0001-person', 'create table person (id integer primary key, name text)', 'select pg_sleep(0.05)');
  const second = step('0002-born', 'alter table person add column born date', `update person set born = '1980-01-31'`);
  const third = step('0003-count', 'create table tally as select count(*) as n from person');

  it('that start at once make the schema and run each migration once', async () => {
    for (const schema of ['together 1', 'together 2', 'together 3']) {
      const databases = await openAll(schema);
      await Promise.all(databases.map((database) => migrate(database, [first, second, third])));
      const { rows } = await databases[0]!.query('select position, name from migration order by position');
      expect(rows).toEqual([first, second, third].map(({ name }, position) => ({ position, name })));
    }
  });

  it('that open a new schema at the same moment all work in it', async () => {
    for (let round = 0; round < 150; round += 1) {
      const schema = `met ${round}`;
      // Each goes on as soon as it has opened it, whatever the others are at.
      const seen = hosts.map(async (host) => {
        const database = await host.open(schema);
        const { rows } = await database.query<{ schema: string }>('select current_schema() as schema');
        await database.stop();
        return rows[0]?.schema;
      });
      expect(await Promise.all(seen)).toEqual(hosts.map(() => schema));
    }
  });

  it('that upgrade at once keep every row, and a step may take longer than a question', async () => {
    const old = await hosts[0]!.open('upgraded');
    await migrate(old, [first]);
    await old.query(`insert into person select n, '名' || n from generate_series(1, 1000) as n`);
    const impatient = await createPostgres({ url: server.url, statementTimeoutMs: 40 });
    const databases = [...(await openAll('upgraded')), await impatient.open('upgraded')];
    const slow = step('0004-slow', 'select pg_sleep(0.2)');
    await Promise.all(databases.map((database) => migrate(database, [first, second, third, slow])));
    await impatient.stop();
    const { rows } = await old.query(
      `select count(*) as persons, count(distinct name) as names, min(born) as born, (select n from tally) as tally from person`,
    );
    expect(rows).toEqual([{ persons: 1000n, names: 1000n, born: '1980-01-31', tally: 1000n }]);
  });

  it('that go on with the older program meanwhile are answered, and a newer schema refuses its next start', async () => {
    const [old, next] = await openAll('rolling');
    await migrate(old!, [first]);
    await old!.query(`insert into person values (1, '张三')`);
    await migrate(next!, [first, second]);
    expect((await old!.query('select id, name from person')).rows).toEqual([{ id: 1, name: '张三' }]);
    await expect(migrate(old!, [first])).rejects.toThrow(/newer program: it has seen 0002-born/);
  });

  it('that upgrade a court of the first version keep its cases', async () => {
    const databases = await openAll('first version');
    await migrate(databases[0]!, courtMigrations.slice(0, 1));
    await databases[0]!.query(
      `insert into enforcement_case (number_key, court_code, type, stage) select '2017 苏0312 执 ' || lpad(n::text, 8, '0'), '苏0312', 'FIRST_EXECUTION', 'FILED' from generate_series(1, 300) as n`,
    );
    const courts = await Promise.all(
      databases.map((database) => createCourt({ court: tongshan, registry, database, personKey })),
    );
    const { data } = await courts[3]!.ask(
      { query: '{ cases(first: 1, orderBy: NUMBER_ASC) { totalCount edges { node { number } } } }', variables: {} },
      AbortSignal.timeout(10_000),
    );
    expect(data).toEqual({ cases: { totalCount: 300, edges: [{ node: { number: '（2017）苏0312执1号' } }] } });
  });

  it('that load the same cases at once store them once', async () => {
    const databases = await openAll('loaded');
    const courts = await Promise.all(
      databases.map((database) => createCourt({ court: tongshan, registry, database, personKey })),
    );
    const records = Array.from({ length: 2_500 }, (_, index) =>
      caseRecord({ number: `（2017）苏0312执${index + 1}号`, parties: [partyRecord({ writ })] }),
    );
    const outcomes = await Promise.allSettled(courts.map((court) => court.load(records)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([{ status: 'fulfilled', value: 2_500 }]);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ message: expect.stringContaining('is there already') as string });
    const { rows } = await databases[0]!.query(
      `select (select count(*) from enforcement_case) as cases, (select count(*) from party) as parties, (select count(*) from writ) as writs`,
    );
    expect(rows).toEqual([{ cases: 2_500n, parties: 2_500n, writs: 2_500n }]);
  });

  it('that load different cases at once store them all, and answer questions meanwhile', async () => {
    const databases = await openAll('loaded apart');
    const courts = await Promise.all(
      databases.map((database) => createCourt({ court: tongshan, registry, database, personKey })),
    );
    const loads = Promise.all(
      courts.map((court, part) =>
        court.load(
          Array.from({ length: 500 }, (_, index) =>
            caseRecord({ number: `（2017）苏0312执${part * 500 + index + 1}号` }),
          ),
        ),
      ),
    );
    const count = async () => {
      const answer = await courts[0]!.ask({ query: '{ cases { totalCount } }' }, AbortSignal.timeout(10_000));
      return (answer.data!['cases'] as { totalCount: number }).totalCount;
    };
    // Whole loads only, whenever somebody looks.
    expect((await count()) % 500).toBe(0);
    await loads;
    expect(await count()).toBe(2_000);
  });

  it('are refused a schema that their role may not use, rather than work in another', async () => {
    const role = `stranger_${Date.now()}`;
    await server.ask(`create role ${role} login password 'generated'`);
    try {
      await server.ask('create schema "of others"');
      const url = new URL(server.url);
      [url.username, url.password] = [role, 'generated'];
      const host = await createPostgres({ url: url.href });
      await expect(host.open('of others')).rejects.toMatchObject({
        code: 'DATABASE_UNSUITABLE',
        message: expect.stringContaining('grant usage on schema "of others"') as string,
      });
      await host.stop();
    } finally {
      await server.ask(`drop role ${role}`);
    }
  });

  it('work with a role that may use its schema and make no other', async () => {
    const role = `court_${Date.now()}`;
    const name = new URL(server.url).pathname.slice(1);
    await server.ask(`create role ${role} login password 'generated'`);
    try {
      await server.ask(`create schema "its own" authorization ${role}`);
      await server.ask(`revoke create on database ${name} from ${role}`);
      const url = new URL(server.url);
      [url.username, url.password] = [role, 'generated'];
      const host = await createPostgres({ url: url.href });
      const database = await host.open('its own');
      await migrate(database, [first, second]);
      expect((await database.query('select id from person')).rows).toEqual([]);
      await expect(host.open('another')).rejects.toMatchObject({ code: '42501' });
      await host.stop();
    } finally {
      await server.ask(`drop owned by ${role}`);
      await server.ask(`drop role ${role}`);
    }
  });
});

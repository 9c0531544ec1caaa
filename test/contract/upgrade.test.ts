import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { personKeyMark } from '../../common/person-id.ts';
import type { Answer } from '../../common/wire.ts';
import { courtMigrations } from '../../subgraphs/court/migrations/index.ts';
import { createCourt, type Court } from '../../subgraphs/court/program.ts';
import type { Database, DatabaseHost } from '../../subgraphs/kit/database/database.ts';
import { migrate, type Migration } from '../../subgraphs/kit/database/migrate.ts';
import { createPglite } from '../../subgraphs/kit/database/pglite.ts';
import { createPostgres } from '../../subgraphs/kit/database/postgres.ts';
import { personKey, registry, tongshan } from '../integration/court/court.ts';
import { caseRecord, partyRecord } from '../integration/court/records.ts';
import { describeOnPostgres } from '../support/describe-postgres.ts';
import { createTestDatabase } from '../support/test-database.ts';

/** Two ways into the same schemas: for the program that runs, and for the one that takes over. */
interface Engine {
  readonly older: DatabaseHost;
  readonly newer: DatabaseHost;
  stop(): Promise<void>;
}

describe('an upgrade on PGlite', () =>
  upgradeTests(async () => {
    const host = await createPglite();
    return { older: host, newer: host, stop: () => host.stop() };
  }));

describeOnPostgres('an upgrade on PostgreSQL', () =>
  upgradeTests(async () => {
    const server = await createTestDatabase();
    const older = await createPostgres({ url: server.url, poolSize: 3 });
    const newer = await createPostgres({ url: server.url, poolSize: 3 });
    return {
      older,
      newer,
      async stop() {
        await Promise.all([older.stop(), newer.stop()]);
        await server[Symbol.asyncDispose]();
      },
    };
  }),
);

/** What a version to come would bring: a column, a table filled from the rows that are there, an index. */
const toCome: readonly Migration[] = [
  {
    name: '9001-basis-number',
    async up(database) {
      await database.query('alter table enforcement_case add column basis_number text collate "C"');
      await database.query(`update enforcement_case set basis_number = 'of ' || number_key`);
    },
  },
  {
    name: '9002-tally',
    async up(database) {
      await database.query('create table tally as select count(*) as n from enforcement_case');
      await database.query('create index case_basis on enforcement_case (basis_number)');
    },
  },
];

function upgradeTests(start: () => Promise<Engine>): void {
  let engine: Engine;
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine.stop());

  const createProgram = (database: Database): Promise<Court> =>
    createCourt({ court: tongshan, registry, personKey, database });
  const ask = (court: Court): Promise<Answer> =>
    court.ask(
      { query: '{ cases(orderBy: NUMBER_ASC) { totalCount edges { node { number debtors { name } } } } }' },
      AbortSignal.timeout(20_000),
    );
  const records = [1, 2, 3].map((serial) =>
    caseRecord({ number: `（2017）苏0312执${serial}号`, parties: [partyRecord({ name: `张${serial}` })] }),
  );
  const whole = {
    data: {
      cases: {
        totalCount: 3,
        edges: [1, 2, 3].map((serial) => ({
          node: { number: `（2017）苏0312执${serial}号`, debtors: [{ name: `张${serial}` }] },
        })),
      },
    },
  };

  it.each(courtMigrations.map(({ name }, index) => [name, index + 1] as const))(
    'brings rows that were stored under %s to today’s program',
    async (name, steps) => {
      const database = await engine.older.open(`since ${name}`);
      await migrate(database, courtMigrations.slice(0, steps));
      await database.query(
        `insert into enforcement_case (number_key, court_code, type, stage, filed_on, amount_due)
         values ('key', '苏0312', 'EXECUTION', 'FILED', '2017-03-01', 12345)`,
      );
      await database.query(
        `insert into party (case_key, ordinal, role, kind, name, province, person_id, identified)
         values ('key', 1, 'DEBTOR', 'NATURAL_PERSON', '张三', '江苏省', 'p1.x', false)`,
      );
      const court = await createProgram(await engine.newer.open(`since ${name}`));
      expect(await court.isEmpty()).toBe(false);
      const { rows } = await database.query(
        'select number_key, amount_due, name, province from enforcement_case join party on case_key = number_key',
      );
      expect(rows).toEqual([{ number_key: 'key', amount_due: 12345n, name: '张三', province: '江苏省' }]);
      const { rows: seen } = await database.query<{ name: string }>('select name from migration order by position');
      expect(seen.map((row) => row.name)).toEqual(courtMigrations.map((migration) => migration.name));
      await court.stop();
      // The first start has claimed the rows for its key.
      const { rows: marks } = await database.query('select version, mark from person_key');
      expect(marks).toEqual([{ version: personKey.version, mark: personKeyMark(personKey) }]);
      const other = { version: 1, secret: new Uint8Array(32).fill(9) };
      await expect(createCourt({ court: tongshan, registry, personKey: other, database })).rejects.toThrow(
        /^the court 苏0312 has its persons under another person key/,
      );
    },
  );

  it('goes on under a program that answers: every answer is whole, and so are the rows', async () => {
    const older = await createProgram(await engine.older.open('running'));
    await older.load(records);
    const answers: Promise<Answer>[] = [];
    let upgraded = false;
    const asking = (async () => {
      while (!upgraded) {
        answers.push(ask(older));
        await answers.at(-1);
      }
    })();
    const newer = await engine.newer.open('running');
    await migrate(newer, [...courtMigrations, ...toCome]);
    upgraded = true;
    await asking;
    answers.push(ask(older));
    expect(answers.length).toBeGreaterThan(1);
    for (const answer of await Promise.all(answers)) expect(answer).toEqual(whole);
    const { rows } = await newer.query(
      'select basis_number, n from enforcement_case, tally order by number_key limit 1',
    );
    expect(rows).toEqual([{ basis_number: expect.stringMatching(/^of /), n: 3n }]);
    await older.stop();
  });

  it('is not undone: the older program does not start any more over the newer rows, and says why', async () => {
    await expect(createProgram(await engine.older.open('running'))).rejects.toThrow(
      /schema running was written by a newer program: it has seen 9001-basis-number, 9002-tally/,
    );
  });
}

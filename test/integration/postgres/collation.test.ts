import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCourt, type Court } from '../../../subgraphs/court/program.ts';
import type { DatabaseHost } from '../../../subgraphs/kit/database/database.ts';
import { createPostgres } from '../../../subgraphs/kit/database/postgres.ts';
import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { createTestDatabase, pinyin, type TestDatabase } from '../../support/test-database.ts';
import { personKey, registry, tongshan } from '../court/court.ts';
import { caseRecord, partyRecord, residentIds } from '../court/records.ts';

describeOnPostgres('a court in a database that orders text by pinyin', () => {
  let server: TestDatabase;
  let host: DatabaseHost;
  let court: Court;

  beforeAll(async () => {
    server = await createTestDatabase(pinyin);
    host = await createPostgres({ url: server.url, poolSize: 2 });
    court = await createCourt({ court: tongshan, registry, personKey, database: await host.open('court') });
  });
  afterAll(async () => {
    await host.stop();
    await server[Symbol.asyncDispose]();
  });

  // By their bytes; by pinyin it is 阿, 安, 李, 张.
  const names = ['安某', '张某', '李某', '阿某'];

  it('really is one', async () => {
    const [row] = await server.ask('select array_agg(name order by name) as names from unnest($1::text[]) as name', [
      names,
    ]);
    expect(row).toEqual({ names: ['阿某', '安某', '李某', '张某'] });
  });

  it('gives the spellings of a name and the numbers of cases by the bytes of UTF-8, as every other court', async () => {
    await court.load(
      names.map((name, index) =>
        caseRecord({
          // 执 (E6 89 A7) before 执恢 before 财保 (E8 B4 A2), which pinyin puts first.
          number: `（2017）苏0312${['财保', '执恢', '执', '执保'][index]!}1号`,
          parties: [partyRecord({ name, idType: 'RESIDENT_ID', idNumber: residentIds.eighteen })],
        }),
      ),
    );
    const { data, errors } = await court.ask(
      {
        query: `{ cases(orderBy: NUMBER_ASC) { edges { node { number debtors { person { names } } } } } }`,
        variables: {},
      },
      AbortSignal.timeout(10_000),
    );
    expect(errors).toBeUndefined();
    const { edges } = data!['cases'] as {
      edges: { node: { number: string; debtors: { person: { names: string[] } }[] } }[];
    };
    expect(edges.map(({ node }) => node.number.slice(11, -2))).toEqual(['执', '执保', '执恢', '财保']);
    for (const { node } of edges) expect(node.debtors[0]!.person.names).toEqual(names);
  });

  it('has no index whose order comes from the server, and changes with its libraries', async () => {
    const indexes = await server.ask(
      `select indexrelid::regclass::text as index from pg_index join pg_class on pg_class.oid = indrelid
       where relnamespace = 'court'::regnamespace and exists (select from unnest(indcollation) as one where one not in (0, '"C"'::regcollation))`,
    );
    expect(indexes).toEqual([]);
  });
});

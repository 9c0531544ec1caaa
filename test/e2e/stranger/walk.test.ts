import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { startNonet, type NonetProcess } from '../../support/nonet-process.ts';
import { writeSmallRegistry } from '../../support/small-registry.ts';
import { authorizationAt } from '../../support/viewers.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

// Seven processes, each of which loads its program, on perhaps a busy machine.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 300_000 });

/** What a stranger does on the first day: start everything on PostgreSQL, import a court's files, ask the city. */
describeOnPostgres('a stranger with a PostgreSQL and a court’s files', () => {
  let directory: string;
  let database: TestDatabase;
  let city: NonetProcess;
  let url: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'nonet-stranger-'));
    database = await createTestDatabase();
    const registry = writeSmallRegistry(directory, 2);
    env = { DATABASE_URL: database.url, NONET_REGISTRY: registry, NONET_DATA: join(directory, 'data') };
    city = startNonet(['start', '--processes', '--port=0', '--first-port=0', '--scale=10'], env);
    url = (await city.line(/graphql {3}(http\S+)/))[1]!;
    writeFileSync(
      join(directory, 'cases.csv'),
      [
        '案号,案件进展阶段,立案日期,应执行标的金额,尚未执行',
        '\'（2018）苏0303执００77号,财产查控,2018年1月5日,"1,234.5万元","12,345,000.00"',
        '(2018)苏0303执78号,财产查控,2018-01-08,88000,88000',
        '3.20303E+17,立案,2018-01-09,1,1',
        '',
      ].join('\r\n'),
    );
    writeFileSync(
      join(directory, 'parties.csv'),
      [
        '案号,诉讼地位,当事人类型,当事人,证件类型,证件号码,所在省份',
        '（2018）苏0303执77号,申请执行人,法人,彭城重工有限公司,,,江苏',
        '（2018）苏0303执77号,被执行人,自然人,王远行,,,山东',
        '（2018）苏0303执78号,申请执行人,法人,彭城重工有限公司,,,江苏',
        '（2018）苏0303执78号,被执行人,自然人,赵小川,,,江苏',
        '',
      ].join('\r\n'),
    );
  });

  afterAll(async () => {
    await city[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true, force: true });
  });

  it('imports the files into the running court, and is told of the row that a spreadsheet destroyed', async () => {
    await using imported = startNonet(
      [
        'import',
        '--court',
        '苏0303',
        '--as-of',
        '2018-01-30T18:00:00+08:00',
        join(directory, 'cases.csv'),
        join(directory, 'parties.csv'),
      ],
      env,
    );
    expect(await imported.ended).toBe(1);
    expect(imported.text()).toContain('through the running court');
    expect(imported.text()).toMatch(/cases\.csv.*4.*案号/);
  });

  it('sees its cases in the city-wide query, and the as-of of the import in its coverage', async () => {
    const answer = await ask(
      `{ cases(filter: { partyName: "彭城重工" }, orderBy: AMOUNT_OUTSTANDING_DESC) {
        totalCount coverage { complete courts { court { code } status asOf } }
        edges { node { number amountOutstanding debtors { name province } } }
      } }`,
    );
    expect(answer).toMatchObject({
      data: {
        cases: {
          totalCount: 2,
          coverage: {
            complete: true,
            courts: [
              { court: { code: '苏03' }, status: 'NONE' },
              { court: { code: '苏0303' }, status: 'FOUND', asOf: '2018-01-30T18:00:00.000+08:00' },
            ],
          },
          edges: [
            {
              node: {
                number: '（2018）苏0303执77号',
                amountOutstanding: '12345000.00',
                debtors: [{ name: '王远行', province: '山东省' }],
              },
            },
            { node: { number: '（2018）苏0303执78号', amountOutstanding: '88000.00' } },
          ],
        },
      },
    });
  });

  it('sets up a task force about them, from the command line to every debtor', async () => {
    const made = await ask(
      `mutation { createTaskForce(
        input: { name: "彭城重工", criteria: { creditorName: "彭城重工", provinces: ["山东"] } }, idempotencyKey: "first"
      ) { cases { totalCount edges { node { number debtors { bank { status reason } } } } } } }`,
    );
    expect(made).toMatchObject({
      data: {
        createTaskForce: {
          cases: {
            totalCount: 1,
            edges: [
              {
                node: { number: '（2018）苏0303执77号', debtors: [{ bank: { status: 'REFUSED', reason: 'NO_WRIT' } }] },
              },
            ],
          },
        },
      },
    });
    await using asked = startNonet(['ask', 'joint-task-force', '--url', url], env);
    expect(await asked.ended).toBe(0);
    expect(asked.text()).toContain('（2018）苏0303执77号');
    expect(await database.ask('select name from command.task_force order by created_at desc limit 1')).toEqual([
      { name: '彭城重工' },
    ]);
  });

  async function ask(query: string): Promise<unknown> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await authorizationAt(url)) },
      body: JSON.stringify({ query }),
    });
    return response.json();
  }
});

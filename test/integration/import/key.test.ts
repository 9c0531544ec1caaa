import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { SettingsFault } from '../../../cli/command.ts';
import { courtPart } from '../../../cli/start/parts/court.ts';
import { parseIdentity } from '../../../common/identity.ts';
import { personId } from '../../../common/person-id.ts';
import { createCourt } from '../../../subgraphs/court/program.ts';
import { createPglite } from '../../../subgraphs/kit/database/pglite.ts';
import { createPostgres } from '../../../subgraphs/kit/database/postgres.ts';
import { toCsv } from '../../support/court-export.ts';
import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { residentIds } from '../court/records.ts';
import { personKey, registry, run, temporary, tongshan } from './running-court.ts';

// Making a cluster on disk and taking it over take seconds each.
vi.setConfig({ testTimeout: 120_000 });

const { directory, remove } = temporary();
afterAll(remove);

const keyFile = join(directory, 'city.key');
const parties = join(directory, 'parties.csv');
const cases = join(directory, 'cases.csv');
const id = personId(personKey, parseIdentity(residentIds.eighteen, 'RESIDENT_ID'));

beforeAll(() => {
  writeFileSync(keyFile, Buffer.from(personKey.secret).toString('base64url'), { mode: 0o600 });
  writeFileSync(
    cases,
    toCsv([
      ['案号', '阶段'],
      ['（2017）苏0312执1号', '立案'],
    ]),
  );
  writeFileSync(
    parties,
    toCsv([
      ['案号', '诉讼地位', '当事人类型', '当事人', '证件类型', '证件号码'],
      ['（2017）苏0312执1号', '被执行人', '自然人', '张三', '居民身份证', residentIds.eighteen],
    ]),
  );
});

describeOnPostgres('an import straight into PostgreSQL', () => {
  let server: TestDatabase;
  const data = join(directory, 'data');
  const importing = (...args: string[]) =>
    run(['--court', tongshan.code, '--data', data, ...args, cases, parties], { DATABASE_URL: server.url });

  beforeAll(async () => {
    server = await createTestDatabase();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('makes no key where there is none, and stores nothing', async () => {
    const wrong = importing();
    await expect(wrong).rejects.toThrow(SettingsFault);
    await expect(wrong).rejects.toThrow(
      `there is no person key in ${data}, and one made for this import would not be the city's: give the file of the city's key by --person-key`,
    );
    expect(existsSync(join(data, 'person.key'))).toBe(false);
    expect(await server.ask(`select from pg_namespace where nspname like 'court_%'`)).toEqual([]);
  });

  test('gives a person the id that the key of the city gives, by its option and by its variable', async () => {
    expect(await importing('--person-key', keyFile)).toMatchObject({ code: 0 });
    expect(await server.ask('select person_id from "court_苏0312".party')).toEqual([{ person_id: id }]);
    expect(
      await run(['--court', tongshan.code, '--data', data, cases, parties], {
        DATABASE_URL: server.url,
        NONET_PERSON_KEY_FILE: keyFile,
      }),
    ).toMatchObject({ code: 0, out: expect.stringContaining('0 cases new, 0 changed, 1 unchanged') });
  });

  test('is refused under another key than the rows have, and so is a court that starts over them', async () => {
    const other = join(directory, 'other.key');
    writeFileSync(other, Buffer.alloc(32, 9).toString('base64url'), { mode: 0o600 });
    const wrong = importing('--person-key', other);
    await expect(wrong).rejects.toThrow(SettingsFault);
    await expect(wrong).rejects.toThrow(
      /^the court 苏0312 has its persons under another person key than the one given, .*: give the file of the city's key by --person-key/,
    );
    const args = ['--court', tongshan.code, '--port', '0', '--data', data, '--person-key', other];
    await expect(courtPart.start(args, { DATABASE_URL: server.url })).rejects.toThrow('under another person key');
    expect(await server.ask('select person_id from "court_苏0312".party')).toEqual([{ person_id: id }]);
    expect(JSON.stringify(await server.ask('select * from "court_苏0312".person_key'))).not.toContain(
      readFileSync(keyFile, 'utf8'),
    );
  });

  test('of two courts that start at once with two keys over new rows, one does', async () => {
    const host = await createPostgres({ url: server.url });
    const starts = await Promise.allSettled(
      [1, 2, 3, 4].map(async (byte) =>
        createCourt({
          court: tongshan,
          registry,
          database: await host.open('race'),
          personKey: { version: byte, secret: new Uint8Array(32).fill(byte) },
        }),
      ),
    );
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const start of starts) {
      if (start.status === 'rejected') expect(String(start.reason)).toMatch(/\(version \d, and given was \d\)/);
    }
    await host.stop();
  });
});

test('a data directory that is new is given a key; once it has persons, a key that is lost is not made anew', async () => {
  const data = join(directory, 'own');
  const importing = () => run(['--court', tongshan.code, '--data', data, cases, parties]);
  expect(await importing()).toMatchObject({ code: 0, out: expect.stringContaining(`stored into ${data} in`) });
  const key = readFileSync(join(data, 'person.key'), 'utf8');
  rmSync(join(data, 'person.key'));
  const wrong = importing();
  await expect(wrong).rejects.toThrow(SettingsFault);
  await expect(wrong).rejects.toThrow(
    `the rows in ${data} have persons, and their key, person.key, is not there: put it back`,
  );
  expect(existsSync(join(data, 'person.key'))).toBe(false);
  writeFileSync(join(data, 'person.key'), key, { mode: 0o600 });
  expect(await importing()).toMatchObject({ code: 0 });
  const host = await createPglite({ directory: data });
  const { rows } = await (await host.open('court_苏0312')).query('select version from person_key');
  await host.stop();
  expect(rows).toEqual([{ version: 1 }]);
});

test('a data directory where other courts have rows is given none', async () => {
  const data = join(directory, 'shared');
  mkdirSync(join(data, 'courts', '苏0303', 'pglite'), { recursive: true });
  const wrong = run(['--court', tongshan.code, '--data', data, cases, parties]);
  await expect(wrong).rejects.toThrow(`the rows in ${data} have persons, and their key, person.key, is not there`);
  expect(existsSync(join(data, 'person.key'))).toBe(false);
});

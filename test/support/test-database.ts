/** The PostgreSQL server that tests use, and databases of their own on it. */

import { randomBytes } from 'node:crypto';
import pg from 'pg';

const machineDefault = 'postgres://postgres@127.0.0.1:5432/test';

/** A url of a role that may create databases. */
export const serverUrl = process.env['NONET_TEST_DATABASE_URL'] ?? machineDefault;

/** Where that server listens. */
export const serverAddress = { host: new URL(serverUrl).hostname, port: Number(new URL(serverUrl).port || 5432) };

export interface TestDatabase {
  readonly url: string;
  /** Asks from outside of what is tested, as an operator would; values come as the driver gives them. */
  ask(sql: string, parameters?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Drops the database, whoever is connected to it. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Makes an empty database with a name that nobody else has; `clause` goes on after `create database`. */
export async function createTestDatabase(clause = `encoding 'UTF8'`): Promise<TestDatabase> {
  const name = `nonet_test_${Date.now()}_${randomBytes(4).toString('hex')}`;
  await askOnce(serverUrl, `create database ${name} template template0 ${clause}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    ask: (sql, parameters = []) => askOnce(url.href, sql, parameters),
    async [Symbol.asyncDispose]() {
      await askOnce(serverUrl, `drop database ${name} with (force)`);
    },
  };
}

/** By pinyin, unlike the bytes of UTF-8: what only happens to be in order shows. */
export const pinyin = `encoding 'UTF8' locale_provider icu icu_locale 'zh'`;

async function askOnce(url: string, sql: string, parameters: readonly unknown[] = []) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, [...parameters])).rows;
  } finally {
    await client.end();
  }
}

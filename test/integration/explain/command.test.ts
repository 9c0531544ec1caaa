import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { UsageFault } from '../../../cli/command.ts';
import { runExplain } from '../../../cli/explain/explain.ts';
import type { Account } from '../../../gateway/explain/account.ts';
import { startAskedCity, type AskedCity, type Ran } from '../ask/asked-city.ts';

let asked: AskedCity;
const directory = mkdtempSync(join(tmpdir(), 'nonet-explain-'));
beforeAll(async () => {
  asked = await startAskedCity();
}, 120_000);
afterEach(() => asked.down.clear());
afterAll(async () => {
  await asked[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

async function run(...args: string[]): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await runExplain(
    args,
    { NONET_URL: asked.url },
    {
      terminal: {
        out: (line) => void (out += `${line}\n`),
        err: (line) => void (err += `${line}\n`),
        tell: () => undefined,
        rewrite: null,
      },
      write: (text) => void (out += text),
      width: Infinity,
    },
  );
  return { code, out, err };
}

function file(text: string): string {
  const path = join(directory, 'question.graphql');
  writeFileSync(path, text);
  return path;
}

describe('nonet explain', () => {
  it('says how much the city-wide page takes at most, and that nobody was asked', async () => {
    const { code, out, err } = await run('city-wide');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Nobody was asked\.\nCourts: 9 of 9 would be asked\.\nAgencies: /);
    expect(out).toContain('At most 39 calls and 9,140,500 rows.');
    expect(out).toMatch(/│ 1 +│ +│ gathered from courts +│ cases +│ 9 of 9 courts +│ +│ +18 │ +450 │/);
    expect(out).toMatch(/│ routed to courts +│ cases\.edges\[\]\.node +│ 9 of 9 courts +│ +50 │ +9 │ +20,050 │/);
    expect(out).not.toContain('not asked');
    expect(out).not.toContain('answers');
  });

  it('names the courts that are not asked, and the argument that excludes them', async () => {
    const { code, out } = await run('statistics', '--var', 'filter.courts=苏0312');
    expect(code).toBe(0);
    expect(out).toContain('Courts: 1 of 9 would be asked; not 苏03, 苏0303,');
    expect(out).toMatch(/│ 苏03, 苏0303, .*│ no +│ The argument filter\.courts excludes it\. +│/);
  });

  it('says beside it what happened when the question is run', async () => {
    asked.down.add('苏0312');
    const { code, out } = await run('statistics', '--run');
    expect(code).toBe(1);
    expect(out).toContain('The question was asked.\nCourts: 9 of 9 to ask.');
    expect(out).toContain('It took 9 calls and brought 0 rows.');
    expect(out).toMatch(/One error:\n {2}Court 苏0312 .*\(UPSTREAM_UNREACHABLE; at caseStatistics\)/);
    expect(out).toMatch(/│ 1 +│ 苏0312 +│ yes +│ DOWN +│/);
    expect(out).toMatch(/│ 1 +│ 苏0311 +│ yes +│ ANSWERED +│/);
  });

  it('gives the account as it came, with what the answer itself is left out', async () => {
    const { code, out } = await run('case-by-number', '--run', '--json');
    expect(code).toBe(0);
    const account = JSON.parse(out) as Account;
    expect(account).toMatchObject({ mode: 'RESULT', totals: { calls: { most: 1 }, courts: { asked: ['苏03'] } } });
  });

  it('refuses what the question itself is refused for, in the same words', async () => {
    const { code, err } = await run(file('{ cases(first: 500) { totalCount } }'));
    expect(code).toBe(65);
    expect(err).toContain('nonet explain: the hub refused the question.');
    expect(err).toContain('first is 500; it has to be a whole number from 1 to 100. (BAD_USER_INPUT; at cases)');
  });

  it('says what is no GraphQL, and no use of the command, before it asks the hub', async () => {
    expect((await run(file('{ cases {'))).err).toContain('is no GraphQL');
    await expect(run()).rejects.toThrow(UsageFault);
    await expect(run('statistics', '--csv')).rejects.toThrow('there is no option --csv');
  });

  it('says that no hub is there as nonet ask does', async () => {
    const { code, err } = await run('statistics', '--url', 'http://127.0.0.1:1');
    expect(code).toBe(69);
    expect(err).toMatch(/^nonet explain: the hub at http:\/\/127\.0\.0\.1:1\/graphql cannot be reached/);
  });

  it('takes the answer of something that does not explain for none', async () => {
    const server = createServer((_, response) => response.end('{"data":{"caseStatistics":null}}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { code, err } = await run(
      'statistics',
      '--url',
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    );
    await new Promise((resolve) => server.close(resolve));
    expect(code).toBe(69);
    expect(err).toMatch(/does not explain questions\.\n$/);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';

import { runNonet } from '../../../cli/run.ts';
import { emitted } from '../../support/emitted.ts';
import { without } from '../../support/older-program.ts';

const directory = mkdtempSync(join(tmpdir(), 'nonet-check-'));
afterAll(() => rmSync(directory, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

/** What the command says, and how it ends. */
async function check(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void err.push(line));
  const own = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line) };
  const code = await runNonet(['check', ...args], own);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const contract = emitted('court');

test('a court that serves the contract joins whole', async () => {
  const { code, out, err } = await check('--court', file('whole.graphql', contract));
  expect(out).toMatch(/whole\.graphql joins whole: it serves the whole contract\.$/);
  expect([code, err]).toEqual([0, '']);
});

test('a court with gaps joins: each gap with what it means, and what registered operations would show', async () => {
  const old = file(
    'old.graphql',
    without(contract, 'Case.measures', 'CaseFilter.province', 'CaseOrder.AMOUNT_OUTSTANDING_DESC', 'Query.person'),
  );
  mkdirSync(join(directory, 'mine'));
  file('mine/mine.graphql', 'query Mine { cases(filter: { province: "江苏省" }) { edges { node { number } } } }');
  const { code, out, err } = await check('--court', old, '--operations', join(directory, 'mine'));
  expect(code).toBe(0);
  expect(err).toBe('');
  expect(out).toContain('joins with gaps:');
  expect(out).toContain('lacks Case.measures: null in its rows, which are DEGRADED, naming measures.');
  expect(out).toMatch(/lacks CaseFilter\.province: .*REFUSED, UNSUPPORTED\. The condition is never dropped\./);
  expect(out).toContain('lacks Query.person: this court is left out of it');
  expect(out).toContain('case-by-number.graphql CaseByNumber: Case.measures is null in its rows (DEGRADED).');
  expect(out).toContain('mine.graphql Mine: Query.cases is without this court (REFUSED, UNSUPPORTED): it is asked');
  expect(out).toContain('breaking: Case.measures was removed.');
  expect(out).not.toContain('directive');
});

test('an incompatible court would be quarantined: why, and what to mend', async () => {
  const bad = file('bad.graphql', contract.replace('filedOn: Date\n', 'filedOn: String\n'));
  const { code, err } = await check('--court', bad);
  expect(code).toBe(1);
  expect(err).toContain('bad.graphql would be quarantined');
  expect(err).toContain('Case.filedOn: It is String here and Date in the contract. Serve it as Date.');
  expect(await check('--court', file('text.graphql', 'type Query {'))).toMatchObject({ code: 1 });
});

test('a court may be held against another contract', async () => {
  const older = file('older.graphql', without(contract, 'Case.measures'));
  const { code, out } = await check('--court', file('same.graphql', contract), '--contract', older);
  expect(code).toBe(0);
  expect(out).toContain('joins whole');
  expect(out).toContain('note: Case.measures: The contract does not have this field; it is not shown.');
});

test('a running court is asked for its SDL', async () => {
  let answer = JSON.stringify({ data: { _service: { sdl: contract } } });
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  try {
    expect(await check('--court', url)).toMatchObject({ code: 0, err: '' });
    for (const nonsense of ['{"data":{"_service":null}}', '{"errors":[{"message":"no"}]}', '<html>']) {
      answer = nonsense;
      const { code, err } = await check('--court', url);
      expect(code).toBe(69);
      expect(err).toMatch(/^nonet check: http:\/\/127\.0\.0\.1:\d+\/graphql does not answer.*\.|\?$/);
    }
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  expect((await check('--court', url)).code).toBe(69);
});

test.each([
  [['--court', '/nowhere/court.graphql'], /cannot read \/nowhere\/court\.graphql \(ENOENT\)/],
  [['--contract', '/nowhere/contract.graphql'], /cannot read \/nowhere\/contract\.graphql \(ENOENT\)/],
  [['--operations', '/nowhere'], /give --court too/],
  [['--court', 'package.json', '--operations', '/nowhere'], /cannot read \/nowhere \(ENOENT\)/],
  [['--court'], /--court needs a value/],
])('wrong use is one line: %j', async (args, said) => {
  const { code, err } = await check(...args);
  expect(code).toBe(2);
  expect(err).toMatch(said);
  expect(err.split('\n')).toHaveLength(1);
});

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, test, vi } from 'vitest';

import { emittedDirectory } from '../../../cli/compose/compose.ts';
import { emitted } from '../../support/emitted.ts';
import { without } from '../../support/older-program.ts';
import { check } from './checking.ts';

const directory = mkdtempSync(join(tmpdir(), 'nonet-check-'));
afterAll(() => rmSync(directory, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
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

test('a program that serves nothing of the contract is told that alone', async () => {
  const { code, out, err } = await check('--court', file('other.graphql', 'type Query { weather: String }'));
  expect(code).toBe(1);
  expect(err.split('\n')).toHaveLength(2);
  expect(err).toContain('Query: Nothing that the contract asks for is served here.');
  expect(out).not.toMatch(/lacks|breaking|What registered/);
});

test('the graph that a hub follows is composed, and a court is held against it', async () => {
  const graph = join(directory, 'graph');
  cpSync(fileURLToPath(emittedDirectory), graph, { recursive: true });
  expect(await check('--graph', graph)).toMatchObject({
    code: 0,
    out: `The contract and the subgraphs of ${graph} compose.`,
  });
  const whole = file('served.graphql', contract);
  const remark = '$1  "A remark (备注)."\n  remark: String\n';
  file('graph/court.graphql', contract.replace(/(type Case @[^]*?\n {2}number: CaseNumber!\n)/, remark));
  vi.stubEnv('NONET_GRAPH', graph);
  expect((await check('--court', whole)).out).toContain('lacks Case.remark: null in its rows');
  file('graph/court.graphql', contract.replace(/\n {2}"""[^"]*"""\n {2}closingMode: ClosingMode\n/, '\n'));
  const unanswered = await check();
  expect(unanswered.code).toBe(1);
  expect(unanswered.err).toMatch(/operation [\w-]+\.graphql: .*closingMode/);
  rmSync(join(graph, 'bank.graphql'));
  expect(await check()).toMatchObject({ code: 1, err: expect.stringContaining('it has to hold the SDL of bank') });
});

test.each([
  [['--court', '/nowhere/court.graphql'], /cannot read \/nowhere\/court\.graphql \(ENOENT\)/],
  [['--contract', '/nowhere/contract.graphql'], /cannot read \/nowhere\/contract\.graphql \(ENOENT\)/],
  [['--operations', '/nowhere'], /give --court too/],
  [['--court', 'package.json', '--operations', '/nowhere'], /cannot read \/nowhere \(ENOENT\)/],
  [['--code', '苏0312'], /--code says what a running court shall be/],
  [['--court'], /--court needs a value/],
])('wrong use is one line: %j', async (args, said) => {
  const { code, err } = await check(...args);
  expect(code).toBe(2);
  expect(err).toMatch(said);
  expect(err.split('\n')).toHaveLength(1);
});

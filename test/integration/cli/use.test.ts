import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { runNonet } from '../../../cli/run.ts';

const nonet = fileURLToPath(new URL('../../../cli/nonet.js', import.meta.url));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command in this process. */
async function run(line: string): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await runNonet(toWords(line), {
    out: (text) => void (out += `${text}\n`),
    err: (text) => void (err += `${text}\n`),
  });
  return { code, out, err };
}

/** The command as a process of its own, with nothing on its standard input. */
function start(line: string, directory = process.cwd()): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [nonet, ...toWords(line)], { cwd: directory }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
    child.stdin?.end();
  });
}

function toWords(line: string): string[] {
  return line.split(' ').filter((word) => word !== '');
}

const commands = ['start', 'mocks', 'compose', 'check', 'import', 'ask', 'token'];

test.each([
  ['', /^Usage: nonet <command>/],
  ['help ask', /^Usage: nonet ask/],
  ['import --court x --help', /^Usage: nonet import/],
  ['help start court', /^Usage: nonet start court/],
  ['start --processes --help', /^Usage: nonet start --processes/],
  ['mocks -h', /^Usage: nonet start mocks/],
])('nonet %s helps, and exits 0', async (line, beginning) => {
  const { code, out, err } = await run(line);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(beginning);
  if (line === '') for (const name of commands) expect(out).toContain(`  ${name} `);
});

test.each([
  [
    'strat',
    'nonet: there is no command "strat". Known: start, serve, mocks, compose, check, import, hub-key, ask, token, explain, audit.',
  ],
  [
    'help strat',
    'nonet: there is no command "strat". Known: start, serve, mocks, compose, check, import, hub-key, ask, token, explain, audit.',
  ],
  ['start --prot 1', 'nonet start: there is no option --prot. Known: --host, --port,'],
  ['start --port --memory', 'nonet start: --port needs a value: --port VALUE.'],
  [
    'start 4000',
    'nonet start: there is no part "4000". Known: gateway, court, bank, vehicle, property, command, mocks.',
  ],
  ['start bank 4101', 'nonet start: "4101" is one word too many: options only.'],
  ['serve', 'nonet serve: say what to serve: nonet serve city.'],
  ['serve bank', 'nonet serve: there is no "bank" to serve. Known: city.'],
  ['serve city 4050', 'nonet serve: "4050" is one word too many: options only.'],
  ['audit', 'nonet audit: say what to do: nonet audit verify.'],
  ['audit look', 'nonet audit: there is no "look" of the trail. Known: verify.'],
  ['compose --write --check', 'nonet compose: --write and --check exclude each other: give one of them.'],
  ['compose --write=yes', 'nonet compose: --write takes no value: write --write alone.'],
  ['check --court', 'nonet check: --court needs a value: --court VALUE.'],
  ['check --court nowhere.graphql', 'nonet check: cannot read nowhere.graphql (ENOENT).'],
  ['import cases.csv', 'nonet import: say which court: --court CODE, one of 苏03, 苏0303'],
  ['import --court 苏0312', 'nonet import: name the file of cases and the file of parties'],
  [
    'ask',
    'nonet ask: name one thing to ask: an example (city-wide, joint-task-force, case-by-number, debtor-across-courts, statistics)',
  ],
  ['ask city-wide statistics', 'nonet ask: name one thing to ask'],
  ['ask all', 'nonet ask: there is no example "all". Examples: city-wide,'],
  ['ask statistics --csv --json', 'nonet ask: --csv and --json exclude each other: give one of them.'],
])('nonet %s is wrong use: one line that says what is right, and exit 2', async (line, message) => {
  const { code, out, err } = await run(line);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.startsWith(message), err).toBe(true);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});

test.each([
  ['start --port many --scale 0 --host 0.0.0.0', ['--host is "0.0.0.0"', '--port is "many"', '--scale is "0"']],
  ['ask statistics --timeout soon', ['NONET_URL has to be an address', '--timeout is "soon"']],
])('nonet %s tells every wrong setting together, one a line, and exits 78', async (line, beginnings) => {
  vi.stubEnv('NONET_URL', 'hub');
  const { code, out, err } = await run(line);
  expect({ code, out }).toEqual({ code: 78, out: '' });
  vi.unstubAllEnvs();
  const lines = err.trimEnd().split('\n');
  expect(lines).toHaveLength(beginnings.length);
  beginnings.forEach((beginning, at) => expect(lines[at]).toContain(beginning));
});

test('as a process it exits with the same code, and writes where it should', async () => {
  const empty = 'nonet ask: standard input is empty. It has to hold a GraphQL query.\n';
  expect(await start('ask -')).toEqual({ code: 65, out: '', err: empty });
  expect((await start('--help')).out).toMatch(/^Usage: nonet <command>/);
});

test('it works from any directory', async () => {
  // What imports a court has decorators in it, and those need this project's own compiler settings.
  const { code, out, err } = await start('import --help', tmpdir());
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^Usage: nonet import/);
});

test('a reader that has enough ends the command without a fault', async () => {
  const child = execFile('/bin/sh', ['-c', `"${process.execPath}" "${nonet}" ask --help | true`]);
  let err = '';
  child.stderr?.on('data', (text: string) => (err += text));
  await new Promise((resolve) => child.once('close', resolve));
  expect(err).toBe('');
});

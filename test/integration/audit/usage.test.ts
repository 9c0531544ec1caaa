import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** How a script of this repository ends. */
function run(script: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('an audit of two endpoints is refused before anything is started', () => {
  const { status, stdout } = run('audit/horizontal.js', '--url', 'http://127.0.0.1:9/graphql', '--stock');
  expect(status).toBe(2);
  expect(stdout).toMatch(/^--url and --stock name two endpoints; .*\n\nUsage: npm run audit:horizontal/);
}, 60_000);

test.each([
  [['/nowhere/supergraph.graphql'], /^\/nowhere\/supergraph\.graphql cannot be read \(ENOENT\); give the file/],
  [['package.json', '70000'], /^SUPERGRAPH has to be a file, and PORT, if given, a whole number/],
  [['--port'], /^SUPERGRAPH has to be a file/],
  [[], /^SUPERGRAPH has to be a file/],
])('Hive Gateway over %j is refused in one line, with its usage', (args, said) => {
  const { status, stderr } = run('bench/hive/serve.js', ...args);
  expect(status).toBe(2);
  expect(stderr).toMatch(said);
  expect(stderr.trim().split('\n')).toEqual([expect.any(String), 'Usage: node bench/hive/serve.js SUPERGRAPH [PORT]']);
});

test('Hive Gateway tells its usage when it is asked for', () => {
  expect(run('bench/hive/serve.js', '--help')).toMatchObject({
    status: 0,
    stdout: 'Usage: node bench/hive/serve.js SUPERGRAPH [PORT]\n',
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { readPersonKey } from '../../../cli/start/person-key.ts';
import { readCourtRegistry } from '../../../common/court-registry.ts';
import { filesOf, text } from './deploy.ts';

const folder = 'deploy/systemd/';
const units = filesOf(folder).filter((name) => /\.(service|target)$/.test(name));
const services = units.filter((name) => name.endsWith('.service'));
const hasAnalyze = spawnSync('systemd-analyze', ['--version']).status === 0;

test('there is a unit for every kind of process', () => {
  expect(services).toEqual([
    'nonet-agency@.service',
    'nonet-command.service',
    'nonet-court@.service',
    'nonet-gateway.service',
    'nonet-mocks.service',
  ]);
  expect(units).toContain('nonet.target');
});

test.each(services)('%s starts again after a fault, stops gracefully, and may do little', (name) => {
  const unit = text(folder + name);
  for (const line of [
    'Restart=on-failure',
    'RestartPreventExitStatus=2 78',
    'KillSignal=SIGTERM',
    'TimeoutStopSec=30',
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    'CapabilityBoundingSet=',
    'UMask=0077',
    'User=nonet',
    'PartOf=nonet.target',
    'WantedBy=nonet.target',
  ]) {
    expect(unit.split('\n'), line).toContain(line);
  }
  expect(unit).toMatch(/^ExecStart=\/usr\/bin\/env node cli\/nonet\.js start (%i|[a-z]+)$/m);
  // Node compiles at run time; this line would keep it from starting.
  expect(unit).not.toContain('MemoryDenyWriteExecute');
});

test('every environment file that a unit reads has an example', () => {
  const examples = filesOf(`${folder}env/`).map((name) => name.replace('.env.example', ''));
  const read = services.flatMap((name) => [
    ...text(folder + name).matchAll(/^EnvironmentFile=\/etc\/nonet\/(.*)\.env$/gm),
  ]);
  for (const [, name] of read) {
    const pattern = new RegExp(`^${name!.replace('%i', '.+')}$`);
    expect(
      examples.some((example) => pattern.test(example)),
      name,
    ).toBe(true);
  }
});

/** The block of the recipe that begins so, over another directory and without another owner. */
function recipe(first: string, directory: string): string {
  const lines = text('OPERATIONS.md')
    .split('\n')
    .map((line) => line.replace(/^ {4}/, ''));
  const from = lines.findIndex((line) => line.startsWith(first));
  // What is indented stands together; between two paragraphs of it is text.
  const to = lines.indexOf('', from);
  return lines.slice(from, to).join('\n').replaceAll('/etc/nonet', directory).replaceAll('-o nonet -g nonet ', '');
}

function run(script: string, env: NodeJS.ProcessEnv = {}): string {
  const cwd = fileURLToPath(new URL('../../../', import.meta.url));
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euc', script], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

describe('the recipe of OPERATIONS.md', () => {
  const directory = mkdtempSync(join(tmpdir(), 'nonet-systemd-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const settingsOf = (name: string) =>
    Object.fromEntries(
      readFileSync(join(directory, `${name}.env`), 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
    );

  test('makes the settings of every process, which nobody else reads', () => {
    run(recipe('umask 077', directory));
    for (const [index, { code, endpoint }] of readCourtRegistry('deploy/courts.json').courts.entries()) {
      const { DATABASE_URL, ...settings } = settingsOf(`court-${code.slice(1)}`);
      expect(settings).toEqual({ NONET_COURT: code, PORT: String(4110 + index) });
      expect(endpoint).toEqual({ url: `http://127.0.0.1:${4110 + index}/graphql` });
      expect(DATABASE_URL).toBe(`postgres://nonet:choose-one@127.0.0.1:5432/nonet_${code}`);
    }
    const hub = settingsOf('gateway');
    for (const name of ['bank', 'vehicle', 'property']) {
      const { PORT, DATABASE_URL, ...upstream } = settingsOf(name);
      expect(DATABASE_URL).toBe(`postgres://nonet:choose-one@127.0.0.1:5432/nonet_${name}`);
      expect(hub[`${name.toUpperCase()}_URL`]).toBe(`http://127.0.0.1:${PORT}/graphql`);
      expect(upstream).toEqual({ [`${name.toUpperCase()}_UPSTREAM_URL`]: `http://127.0.0.1:4100/${name}` });
    }
    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).mode & 0o777, name).toBe(0o600);
  });

  test('gives the hub a trail where its unit may write, and the key by which auditors find persons in it', () => {
    run(recipe('umask 077', directory));
    const hub = { ...settingsOf('nonet'), ...settingsOf('gateway') };
    const unit = text(`${folder}nonet-gateway.service`);
    // Agencies have the key from the same file.
    expect(text(`${folder}nonet-agency@.service`)).toContain('\nEnvironmentFile=/etc/nonet/nonet.env\n');
    expect(hub['NONET_TRAIL']).toBe('/var/lib/nonet/trail');
    expect(unit).toContain('\nStateDirectory=nonet\n');
    expect(unit).toContain('EnvironmentFile=/etc/nonet/nonet.env\nEnvironmentFile=/etc/nonet/gateway.env\n');
    expect(hub['NONET_PERSON_KEY_FILE']).toBe('/etc/nonet/person.key');
  });

  test('makes the key once', () => {
    const script = recipe('test -s', directory);
    run(script);
    const { secret } = readPersonKey(join(directory, 'person.key'));
    run(script);
    expect(readPersonKey(join(directory, 'person.key')).secret).toEqual(secret);
    expect(statSync(join(directory, 'person.key')).mode & 0o777).toBe(0o600);
  });

  test('makes the databases that the settings name, for their owner', () => {
    const wanted = [...readCourtRegistry().courts.map(({ code }) => code), 'bank', 'vehicle', 'property', 'command'];
    const script = 'createdb() { echo "$*"; }; export -f createdb; bash deploy/postgres/databases.sh';
    const made = run(script, { REGISTRY: 'deploy/courts.json', POSTGRES_USER: 'postgres', OWNER: 'nonet' });
    expect(made.trimEnd().split('\n')).toEqual(
      wanted.map(
        (name) =>
          `--username postgres --owner nonet --template template0 --encoding UTF8 --locale C.UTF-8 nonet_${name}`,
      ),
    );
    expect(text('OPERATIONS.md')).toContain('POSTGRES_USER=postgres OWNER=nonet sh deploy/postgres/databases.sh');
  });

  test('imports with the settings of the court, as its user', () => {
    const [, user, court] = /systemd-run --uid=(\S+) [^]*court-(\d+)\.env [^]*--court 苏\2 /.exec(
      text('OPERATIONS.md'),
    )!;
    expect(text(`${folder}nonet-court@.service`)).toContain(`User=${user}\n`);
    expect(filesOf(`${folder}env/`)).toContain(`court-${court}.env.example`);
  });
});

const mayLackAnalyze = process.env['CI'] === undefined && !hasAnalyze;
test.skipIf(mayLackAnalyze)('systemd-analyze verify has nothing to say about the units', () => {
  const paths = units.map((name) => fileURLToPath(new URL(`../../../${folder}${name}`, import.meta.url)));
  const { status, stdout, stderr, error } = spawnSync('systemd-analyze', ['verify', ...paths], { encoding: 'utf8' });
  expect(error).toBeUndefined();
  expect(stdout + stderr).toBe('');
  expect(status).toBe(0);
});

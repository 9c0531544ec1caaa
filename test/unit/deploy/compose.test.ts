import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readHubKey } from '../../../cli/start/hub-key.ts';
import { readPersonKey } from '../../../cli/start/person-key.ts';
import { readCourtRegistry } from '../../../common/court-registry.ts';
import { text, yaml } from './deploy.ts';

interface Service {
  readonly image: string;
  readonly command: readonly string[];
  readonly network_mode: string;
  readonly build?: { readonly dockerfile: string };
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly stop_grace_period: string;
  readonly environment: Readonly<Record<string, string | number>>;
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

const { services, volumes } = yaml('compose.yaml') as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const { courts } = readCourtRegistry();
const { postgres, ...ours } = services as Record<string, Service> & { postgres: Service };
const courtServices = Object.values(ours).filter(({ command }) => command[1] === 'court');

/** Where a service answers, as the others are told. */
const urlOf = (name: string) => `http://127.0.0.1:${ours[name]!.environment['PORT']}`;

describe('compose.yaml', () => {
  test('has a service for each court of the registry, and the other parts once', () => {
    expect(courtServices.map(({ environment }) => environment['NONET_COURT'])).toEqual(courts.map(({ code }) => code));
    const others = Object.entries(ours).filter(([, { command }]) => command[1] !== 'court');
    expect(others.map(([name]) => name).sort()).toEqual(['bank', 'command', 'gateway', 'mocks', 'property', 'vehicle']);
    for (const [name, { command }] of others) expect(command).toEqual(['start', name]);
  });

  test('gives each its own port, on the machine’s own network, and tells the hub the right ones', () => {
    const ports = Object.values(ours).map(({ environment }) => environment['PORT']);
    expect(new Set(ports).size).toBe(ports.length);
    for (const service of Object.values(services)) expect(service.network_mode).toBe('host');
    const hub = ours['gateway']!.environment;
    for (const name of ['bank', 'vehicle', 'property', 'command']) {
      expect(hub[`${name.toUpperCase()}_URL`]).toBe(`${urlOf(name)}/graphql`);
    }
    for (const name of ['bank', 'vehicle', 'property']) {
      expect(ours[name]!.environment[`${name.toUpperCase()}_UPSTREAM_URL`]).toBe(`${urlOf('mocks')}/${name}`);
    }
  });

  test('gives a database to those that keep something, the key to those that know persons, and neither to anybody else', () => {
    for (const [name, { environment, secrets = [], depends_on: needs }] of Object.entries(ours)) {
      const hasPersons = name === 'command' || name.startsWith('court-');
      const keeps = hasPersons || ['bank', 'vehicle', 'property'].includes(name);
      const namesPersons = keeps || name === 'gateway';
      expect('DATABASE_URL' in environment, name).toBe(keeps);
      expect(environment['NONET_PERSON_KEY_FILE'], name).toBe(namesPersons ? '/run/secrets/person_key' : undefined);
      expect(secrets.includes('person_key'), name).toBe(namesPersons);
      expect('postgres' in (needs ?? {}), name).toBe(keeps);
      expect(environment['LOG_LEVEL']).toBeDefined();
    }
    expect(Object.keys(volumes)).toEqual(['data', 'rows']);
    expect(postgres.volumes).toContain('rows:/var/lib/postgresql/data');
    expect(postgres.healthcheck!.test).toContain('pg_isready');
    expect(postgres.command).toContain('listen_addresses=127.0.0.1');
  });

  test('gives the hub a trail that outlives it, in which auditors find persons', () => {
    const { environment, volumes: mounts = [], secrets = [] } = ours['gateway']!;
    expect(environment['NONET_TRAIL']).toBe('/var/lib/nonet/trail');
    expect(mounts).toContain('data:/var/lib/nonet');
    expect([environment['NONET_PERSON_KEY_FILE'], secrets]).toEqual([
      '/run/secrets/person_key',
      ['hub_key', 'person_key'],
    ]);
  });

  test('gives the variables of traces to the hub alone, which makes them', () => {
    for (const [name, { environment }] of Object.entries(ours)) {
      expect(
        Object.keys(environment).some((variable) => variable.startsWith('OTEL_')),
        name,
      ).toBe(name === 'gateway');
    }
  });

  test('shows courts the files to import, for reading only, and OPERATIONS.md how they go in', () => {
    for (const [name, { volumes: mounts = [] }] of Object.entries(ours)) {
      expect(mounts.includes('./imports:/imports:ro'), name).toBe(name.startsWith('court-'));
    }
    for (const { volumes: mounts } of courtServices) {
      expect(mounts).toEqual(expect.arrayContaining([...ours['command']!.volumes!]));
    }
    const recipe = /docker compose exec (court-\d+) node cli\/nonet\.js import --court (\S+) \\\s+(.*)/.exec(
      text('OPERATIONS.md'),
    );
    const [, service, court, rest] = recipe!;
    expect(ours[service!]!.environment['NONET_COURT']).toBe(court);
    expect(rest).toBe('/imports/cases.csv /imports/parties.csv --rejects /tmp');
    // Where the reject files can be written.
    expect(ours[service!]!.tmpfs).toContain('/tmp');
  });

  test('has a recipe whose keys the processes read: no others may', () => {
    const recipe = [
      ...text('compose.yaml').matchAll(/^# {3}(.*deploy\/(?:person|hub)\.key.*|.* hub-key show .*)$/gm),
    ].map(([, line]) => line!);
    expect(recipe).toEqual([
      expect.stringContaining('> deploy/person.key'),
      expect.stringContaining('hub-key show --data deploy'),
      'sudo chown 1000 deploy/person.key deploy/hub.key',
    ]);
    const directory = mkdtempSync(join(tmpdir(), 'nonet-compose-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    mkdirSync(join(directory, 'deploy'));
    const made = recipe[1]!.replace('npm ci && ', '').replace('cli/nonet.js', join(process.cwd(), 'cli/nonet.js'));
    const script = ['umask 022', recipe[0], made].join('\n');
    const { status, stderr } = spawnSync('bash', ['-euc', script], { cwd: directory, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    expect(readPersonKey(join(directory, 'deploy/person.key')).secret).toHaveLength(32);
    expect(readHubKey(join(directory, 'deploy/hub.key')).kid).toHaveLength(43);
    expect(text('deploy/Dockerfile')).toContain('\nUSER node\n');
  });

  test('builds every process from the one Dockerfile and gives it time to stop', () => {
    for (const service of Object.values(ours)) {
      expect(service.build?.dockerfile).toBe('deploy/Dockerfile');
      expect(parseInt(service.stop_grace_period, 10)).toBeGreaterThan(20);
    }
  });
});

describe('deploy/courts.json', () => {
  test('is the registry with the addresses of compose.yaml', () => {
    const deployed = JSON.parse(text('deploy/courts.json')) as {
      courts: { code: string; endpoint: { url: string } }[];
    };
    const registry = JSON.parse(text('registry/courts.json')) as { courts: object[] };
    expect(deployed.courts.map((court) => ({ ...court, endpoint: 'embedded' }))).toEqual(registry.courts);
    for (const { code, endpoint } of deployed.courts) {
      const service = courtServices.find(({ environment }) => environment['NONET_COURT'] === code)!;
      expect(endpoint.url).toBe(`http://127.0.0.1:${service.environment['PORT']}/graphql`);
    }
  });
});

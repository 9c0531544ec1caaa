import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { toDatabaseUrl } from '../../../cli/database-url.ts';
import { defaultStatementTimeoutMs } from '../../../cli/start/database-settings.ts';
import { readSettings } from '../../../cli/start/embedded-settings.ts';
import { parts } from '../../../cli/start/parts/parts.ts';
import { toPlan } from '../../../cli/start/processes/plan.ts';
import { findPorts } from '../../../cli/start/processes/ports.ts';
import { readProcessesSettings } from '../../../cli/start/processes/settings.ts';
import { defaultAsking } from '../../../gateway/asking/settings.ts';
import { startNonet } from '../../support/nonet-process.ts';

const directory = mkdtempSync(join(tmpdir(), 'nonet-settings-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The lines of what starting a part with these settings is refused with. */
async function faultsOf(part: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const wanted = await parts.find(({ name }) => name === part)!.load();
  const started = Promise.resolve().then(() => wanted.start(args, env));
  const refusal = await started.then(
    () => new Error('it started'),
    (error: unknown) => error as Error,
  );
  return refusal.message.split('\n');
}

describe('wrong settings are told all together', () => {
  it('of a court', async () => {
    const key = join(directory, 'none.key');
    expect(
      await faultsOf('court', ['--court', '苏9999', '--port', 'x', '--seed', '0', '--person-key', key], {
        DATABASE_URL: 'mysql://root:geheim@db/nonet',
        DATABASE_POOL_SIZE: '0',
        DATABASE_STATEMENT_TIMEOUT_MS: '-1',
        NONET_CLOCK_OFFSET_MS: 'yesterday',
      }),
    ).toEqual([
      expect.stringMatching(/^--court is "苏9999", which the registry does not have; it has 苏03, 苏0303, /),
      '--port is "x"; it has to be a whole number from 0 to 65535.',
      `the person key cannot be read in ${directory} (ENOENT); give the file of the city's key.`,
      '--seed is "0"; it has to be a whole number from 1 to 12000.',
      expect.stringMatching(/^NONET_CLOCK_OFFSET_MS is "yesterday"; /),
      expect.stringMatching(/^DATABASE_URL: the database url begins with mysql:\/\/ and should with postgres:\/\//),
      'DATABASE_POOL_SIZE is "0"; it has to be a whole number from 1 to 1000.',
      'DATABASE_STATEMENT_TIMEOUT_MS is "-1"; it has to be a whole number from 0 to 3600000.',
    ]);
  });

  it('of a court that was not named, in a registry that is none', async () => {
    const registry = join(directory, 'registry.json');
    expect(await faultsOf('court', [])).toEqual([
      expect.stringMatching(/^--court is missing; say which court: one of /),
    ]);
    expect(await faultsOf('court', ['--registry', registry])).toEqual([
      `the registry ${registry} cannot be read (ENOENT); give a file such as registry/courts.json.`,
    ]);
    writeFileSync(registry, '{"courts": []}');
    expect((await faultsOf('court', ['--registry', registry]))[0]).toContain('the registry of courts has faults');
  });

  it('of the gateway, which needs an address for every court', async () => {
    const faults = await faultsOf('gateway', ['--vehicle-url', 'tcp://127.0.0.1'], {
      HOST: '0.0.0.0',
      BANK_URL: 'http://user:geheim@127.0.0.1/graphql',
    });
    expect(faults).toHaveLength(13);
    expect(faults[0]).toMatch(/^nobody says who asks: name the issuer of tokens with --issuer, --audience and --jwks /);
    expect(faults[1]).toMatch(/^HOST is "0\.0\.0\.0"; where no issuer says who asks, only loopback /);
    expect(faults[2]).toBe(
      'the registry has no address for court 苏03; give it "endpoint": { "url": "http://host:port/graphql" }.',
    );
    expect(faults.slice(11)).toEqual([
      expect.stringMatching(/^BANK_URL is no address; /),
      expect.stringMatching(/^--vehicle-url is no address; /),
    ]);
    expect(faults.join()).not.toContain('geheim');
  });

  it.each(['bank', 'vehicle', 'property'])('of the agency %s and of the mocks', async (name) => {
    const variable = `${name.toUpperCase()}_UPSTREAM_URL`;
    const redis = { REDIS_URL: 'http://:geheim@127.0.0.1:6379' };
    expect(
      await faultsOf(name, [], { PORT: '70000', [variable]: 'nowhere', ...redis, DATABASE_POOL_SIZE: '0' }),
    ).toEqual([
      'PORT is "70000"; it has to be a whole number from 0 to 65535.',
      expect.stringMatching(new RegExp(`^${variable} is no address; `)),
      'DATABASE_POOL_SIZE is "0"; it has to be a whole number from 1 to 1000.',
      'REDIS_URL is no address; it has to be redis://host:port or rediss, with user and password where Redis wants them.',
    ]);
    expect(await faultsOf('mocks', ['--port', '=1'])).toEqual([
      '--port is "=1"; it has to be a whole number from 0 to 65535.',
    ]);
  });

  it('of the embedded start, and of all processes', () => {
    expect(() => readSettings(['--scale', '0'], { PORT: 'x', HOST: '::' })).toThrow(
      /^HOST is "::"; .*\nPORT is "x"; .*\n--scale is "0"; .*$/,
    );
    expect(() =>
      readProcessesSettings(['--processes', '--fresh', '--first-port', '-', '--pool-size', 'x'], {
        DATABASE_URL: 'postgres://',
        LOG_LEVEL: 'loud',
        OTEL_TRACES_EXPORTER: 'zipkin',
      }),
    ).toThrow(
      /--first-port is "-"; .*\n--pool-size is "x"; .*\nDATABASE_URL: the database url .*\nLOG_LEVEL is "loud"; .*\nOTEL_TRACES_EXPORTER names "zipkin"; .*\n--fresh deletes no rows/,
    );
  });
});

describe('the number of workers', () => {
  it.each(['0', '-1', '65', 'two', '1.5'])('cannot be %s', async (count) => {
    const told = `--workers is "${count}"; it has to be a whole number from 1 to 64.`;
    expect(await faultsOf('gateway', [`--workers=${count}`])).toContain(told);
    expect(() => readSettings([`--workers=${count}`], {})).toThrow(told);
    expect(() => readProcessesSettings([`--workers=${count}`], {})).toThrow(told);
  });

  it('is one by default, and reaches the gateway of a city of processes', () => {
    expect(readSettings([], {}).workers).toBe(1);
    const settings = readProcessesSettings([], { NONET_WORKERS: '3' });
    expect(toPlan(settings, [4000], 0).gateway.args).toContain('--workers=3');
  });
});

it('what is wrong with traces stops the hub and no other part, which makes none', async () => {
  const env = { PORT: 'x', LOG_LEVEL: 'loud', OTEL_TRACES_EXPORTER: 'zipkin' };
  for (const [name, args] of [
    ['court', ['--court', '苏0312']],
    ['command', []],
    ['bank', []],
  ] as const) {
    const faults = await faultsOf(name, args, env);
    expect(faults, name).toContainEqual(expect.stringMatching(/^LOG_LEVEL is "loud"; /));
    expect(faults.join(), name).not.toContain('OTEL');
  }
  expect(await faultsOf('gateway', [], env)).toContainEqual(
    expect.stringMatching(/^OTEL_TRACES_EXPORTER names "zipkin"/),
  );
});

it.each(['bank', 'mocks'])(
  '%s says which port is taken and how to choose another',
  async (name) => {
    const taker = createServer().listen(0, '127.0.0.1');
    await once(taker, 'listening');
    const { port } = taker.address() as AddressInfo;
    expect(await faultsOf(name, ['--port', String(port)], { LOG_LEVEL: 'silent', NONET_DATA: directory })).toEqual([
      `Port ${port} on 127.0.0.1 is in use; choose another with --port (PORT), 0 for any free one.`,
    ]);
    taker.close();
    // A database on disk is opened before.
  },
  120_000,
);

it('all processes say what they need, then what is missing for it, and start nothing', async () => {
  await using city = startNonet(
    ['start', '--processes', '--port=0', '--first-port=0', '--data', join(directory, 'city')],
    {
      DATABASE_URL: 'postgres://nobody@127.0.0.1:9/nonet_{part}',
    },
  );
  expect(await city.ended).toBe(78);
  const lines = city.text().trimEnd().split('\n');
  expect(lines.slice(0, 2)).toEqual([
    expect.stringMatching(/^Rows: PostgreSQL at DATABASE_URL, a database for each court/),
    expect.stringMatching(/^Memory: about \d+\.\d GB for 15 processes; /),
  ]);
  expect(lines.slice(2)).toHaveLength(13);
  for (const line of lines.slice(2)) {
    expect(line).toMatch(/^DATABASE_URL: nobody@127\.0\.0\.1:9\/nonet_\S+ cannot be used: 08/);
  }
});

it('a process that is held ends when who holds it has gone', async () => {
  await using mocks = startNonet(['start', 'mocks', '--port', '0']);
  await mocks.line(/ready/);
  mocks.process.disconnect();
  expect(await mocks.ended).toBe(0);
});

it('all processes are given the person key that was named, which has to be there', () => {
  const key = join(directory, 'city.key');
  const keysOf = (args: string[], env: NodeJS.ProcessEnv) => {
    const { agencies, command, gateway, courts } = toPlan(
      readProcessesSettings(['--processes', '--data=d', ...args], env),
      [],
      0,
    );
    return new Set(
      [...agencies, command, gateway, ...courts].map((part) =>
        part.args.find((arg) => arg.startsWith('--person-key=')),
      ),
    );
  };
  expect(() => keysOf([], { NONET_PERSON_KEY_FILE: key })).toThrow(
    `the person key cannot be read in ${directory} (ENOENT); give the file of the city's key.`,
  );
  writeFileSync(key, Buffer.alloc(32, 7).toString('base64url'), { mode: 0o600 });
  expect(keysOf([], { NONET_PERSON_KEY_FILE: key })).toEqual(new Set([`--person-key=${key}`]));
  expect(keysOf(['--person-key', key], { NONET_PERSON_KEY_FILE: 'other' })).toEqual(new Set([`--person-key=${key}`]));
  expect(keysOf([], {})).toEqual(new Set([`--person-key=${join('d', 'person.key')}`]));
});

it('wrong use exits 2 with one line, wrong settings 78', async () => {
  await using part = startNonet(['start', 'nothing']);
  await using option = startNonet(['start', 'court', '--wrong']);
  await using setting = startNonet(['start', 'court'], { PORT: 'x' });
  expect(await part.ended).toBe(2);
  expect(part.text()).toBe(
    'nonet start: there is no part "nothing". Known: gateway, court, bank, vehicle, property, command, mocks. See nonet start --help.\n',
  );
  expect(await option.ended).toBe(2);
  expect(option.text().split('\n')).toHaveLength(2);
  expect(await setting.ended).toBe(78);
  expect(setting.text()).toMatch(/^--court is missing.*\nPORT is "x".*\n$/);
});

it.each(parts.map(({ name }) => name))('the part %s documents each of its settings', async (name) => {
  const { help } = await parts.find((one) => one.name === name)!.load();
  for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(130);
  expect(help).toContain(`nonet start ${name}`);
  expect(help).toMatch(/--port N +\(PORT, default \d+/);
});

it('a statement may run as long as the hub waits for a court', () => {
  expect(defaultStatementTimeoutMs).toBe(defaultAsking.deadlines.courtMs);
});

it('a template gives each part a database of its own', () => {
  expect(toDatabaseUrl('postgres://u@h:5432/nonet_{part}', '苏0312')).toBe('postgres://u@h:5432/nonet_%E8%8B%8F0312');
  expect(toDatabaseUrl('postgres://u@h:5432/nonet', '苏0312')).toBe('postgres://u@h:5432/nonet');
});

it('ports in use are found before anything starts, all of them', async () => {
  const servers = [createServer(), createServer()];
  try {
    const taken: number[] = [];
    for (const server of servers) {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      taken.push((server.address() as AddressInfo).port);
    }
    const wanted = ['one', 'other'].map((title, index) => ({ title, host: '127.0.0.1', port: taken[index]! }));
    await expect(findPorts([...wanted, { title: 'free', host: '127.0.0.1', port: 0 }])).rejects.toThrow(
      new RegExp(`^port ${taken[0]} for one is in use; .*\nport ${taken[1]} for other is in use; .*$`),
    );
    const free = await findPorts(Array.from({ length: 20 }, () => ({ title: 'free', host: '127.0.0.1', port: 0 })));
    expect(new Set(free).size).toBe(20);
    // Systems give these to nobody by themselves before their parts start.
    expect(Math.max(...free)).toBeLessThan(32_768);
  } finally {
    for (const server of servers) server.close();
  }
});

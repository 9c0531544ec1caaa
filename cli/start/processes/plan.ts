/** Which processes a city is, and with which settings each is started. */

import { join, resolve } from 'node:path';

import { toDatabaseUrl } from '../../database-url.ts';
import { agencyEntries } from '../agencies.ts';
import { hubKeyFiles } from '../hub-key.ts';
import { issuerKeyFile } from '../issuer-key.ts';
import { personKeyFile } from '../person-key.ts';
import { localIssuerVariable } from '../parts/local-issuer.ts';
import { answersPath, portOf, portOfCourt, titleOfCourt, urlOfMock } from '../parts/places.ts';
import { memoryTrail } from '../trail.ts';
import type { WantedPort } from './ports.ts';
import type { ProcessesSettings } from './settings.ts';

/** One process: how it is started, always in the same way, so that it comes back where it was. */
export interface PlannedPart {
  readonly title: string;
  /** Of `nonet start`. */
  readonly args: readonly string[];
  /** What stands in its environment beside what stands in ours: an address with a password has no place in a process list. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
}

export interface Plan {
  readonly mocks: PlannedPart;
  readonly agencies: readonly PlannedPart[];
  readonly command: PlannedPart;
  readonly courts: readonly PlannedPart[];
  readonly gateway: PlannedPart;
  /** What the hub's registry file has to hold. */
  readonly registry: { readonly courts: readonly object[]; readonly hubs: readonly object[] };
  readonly registryFile: string;
}

/** The ports that the processes want, in the order in which `toPlan` takes them. */
export function toWantedPorts({ host, port, firstPort, registry }: ProcessesSettings): WantedPort[] {
  const first = firstPort;
  const part = (title: string, own: number): WantedPort => ({
    title,
    host: '127.0.0.1',
    port: first === 0 ? 0 : own,
  });
  return [
    { title: 'gateway', host, port },
    part('mocks', portOf('mocks', first)),
    ...agencyEntries.map(({ name }) => part(name, portOf(name, first))),
    part('command', portOf('command', first)),
    ...registry.courts.flatMap(({ code, endpoint }, index) =>
      endpoint === 'embedded' ? [part(titleOfCourt(code), portOfCourt(index, first))] : [],
    ),
  ];
}

/** Lays out the processes on ports that were found. */
export function toPlan(settings: ProcessesSettings, ports: readonly number[], clockOffsetMs: number): Plan {
  const { registry, databaseUrl } = settings;
  const [gatewayPort = 0, ...others] = ports;
  const part = (title: string, command: string, options: Options, env: PlannedPart['env'] = {}): PlannedPart => {
    const port = others.shift() ?? 0;
    return {
      title,
      args: [command, ...toArgs({ port, 'clock-offset-ms': clockOffsetMs, ...options })],
      env: { DATABASE_URL: undefined, ...env },
      url: `http://127.0.0.1:${port}`,
    };
  };
  const registryFile = resolve(join(settings.data, 'processes', 'registry.json'));
  const answers = (['bank', 'property'] as const).map((name) => {
    const port = others[1 + agencyEntries.findIndex((agency) => agency.name === name)] ?? 0;
    return [`${name}-answers`, `http://127.0.0.1:${port}${answersPath}`] as const;
  });
  const mocks = part('mocks', 'mocks', Object.fromEntries(answers));
  const hubKeys = { 'hub-keys': hubKeyFiles(settings.data).publicFile };
  const databaseOf = (name: string) => ({
    DATABASE_URL: databaseUrl === undefined ? undefined : toDatabaseUrl(databaseUrl, name),
  });
  const agencies = agencyEntries.map(({ name }) => {
    const upstream = urlOfMock(mocks.url, name);
    const options = { upstream, ...storeOptions(settings), ...keyOption(settings), ...hubKeys };
    return part(name, name, options, databaseOf(name));
  });
  const local = registry.courts.filter(({ endpoint }) => endpoint === 'embedded');
  const withRows = (title: string, name: string, command: string, options: Options): PlannedPart =>
    part(title, command, { ...options, ...rowOptions(settings, registryFile), ...hubKeys }, databaseOf(name));
  const command = withRows('command', 'command', 'command', {});
  const courts = local.map(({ code }) => withRows(titleOfCourt(code), code, 'court', { court: code }));
  const urls = new Map(local.map((court, index) => [court, `${courts[index]!.url}/graphql`]));
  return {
    mocks,
    agencies,
    command,
    courts,
    gateway: gatewayOf(settings, [...agencies, command], registryFile, { port: gatewayPort, clockOffsetMs }),
    registryFile,
    registry: {
      courts: registry.courts.map((court) => {
        const url = urls.get(court);
        return url === undefined ? court : { ...court, endpoint: { url } };
      }),
      hubs: registry.hubs,
    },
  };
}

type Options = Readonly<Record<string, string | number>>;

/** What every part with rows is told. */
function rowOptions(settings: ProcessesSettings, registryFile: string): Options {
  return {
    ...storeOptions(settings),
    registry: registryFile,
    ...keyOption(settings),
    seed: settings.casesPerCourt,
  };
}

/** The city's key, for whoever knows persons. */
function keyOption({ data, personKey }: Pick<ProcessesSettings, 'data' | 'personKey'>): Options {
  return { 'person-key': personKey?.file ?? personKeyFile(data) };
}

/** Where rows and tickets are, and how a server is asked for them. */
function storeOptions({ data, poolSize, statementTimeoutMs }: ProcessesSettings): Options {
  return { data, 'pool-size': poolSize, 'statement-timeout-ms': statementTimeoutMs };
}

function gatewayOf(
  { host, casesPerCourt, askingFile, workers, data, personKey, trail, identitySearches, issuer }: ProcessesSettings,
  subgraphs: readonly PlannedPart[],
  registryFile: string,
  { port, clockOffsetMs }: { readonly port: number; readonly clockOffsetMs: number },
): PlannedPart {
  const addresses = Object.fromEntries(subgraphs.map(({ title, url }) => [`${title}-url`, `${url}/graphql`]));
  return {
    title: 'gateway',
    args: [
      'gateway',
      ...toArgs({
        host,
        port,
        'clock-offset-ms': clockOffsetMs,
        registry: registryFile,
        seed: casesPerCourt,
        'hub-key': hubKeyFiles(data).privateFile,
        workers,
        ...keyOption({ data, personKey }),
        trail: trail.directory ?? memoryTrail,
        searches: identitySearches,
        'trail-hash': trail.hash,
        ...(trail.keyFile !== null && { 'trail-key': trail.keyFile }),
        ...(askingFile !== undefined && { asking: askingFile }),
        ...(issuer && { ...issuer, algorithms: issuer.algorithms.join(',') }),
        ...addresses,
      }),
    ],
    env: { DATABASE_URL: undefined, [localIssuerVariable]: issuer ? undefined : resolve(issuerKeyFile(data)) },
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
  };
}

/** In one word each, since a value may begin with a dash. */
function toArgs(options: Options): string[] {
  return Object.entries(options).map(([name, value]) => `--${name}=${value}`);
}

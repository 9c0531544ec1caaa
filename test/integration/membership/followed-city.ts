/** A small city of courts behind HTTP, and a hub with a door that follows its registry file and its contract. */

import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { emittedDirectory } from '../../../cli/compose/compose.ts';
import type { FollowSettings } from '../../../cli/start/membership.ts';
import { openHub, type OpenHub } from '../../../cli/start/hub.ts';
import { inMemory } from '../../../cli/start/trail.ts';
import { readCourtRegistry, type CourtEntry } from '../../../common/court-registry.ts';
import { createLog } from '../../../common/log.ts';
import { defaultSearchesPerHour } from '../../../gateway/viewer/searches.ts';
import { personKeyMark, type PersonKey } from '../../../common/person-id.ts';
import type { Answer } from '../../../common/wire.ts';
import type { CourtStatus } from '../../../gateway/http/status.ts';
import { createMetrics } from '../../../gateway/operating/metrics.ts';
import { generateCity } from '../../../mocks/city/city.ts';
import { bankBaseUrl, createUpstreams, propertyBaseUrl, vehicleBaseUrl } from '../../../mocks/upstreams/upstreams.ts';
import { createBank } from '../../../subgraphs/bank/program.ts';
import { createCommand } from '../../../subgraphs/command/program.ts';
import { createCourt, type Court } from '../../../subgraphs/court/program.ts';
import { serveProgram, type ServedProgram } from '../../../subgraphs/kit/http.ts';
import type { Program } from '../../../subgraphs/kit/program.ts';
import { createProperty } from '../../../subgraphs/property/program.ts';
import { createVehicle } from '../../../subgraphs/vehicle/program.ts';
import { openWorkerPglite } from '../../support/worker-pglite.ts';
import { authorizationOf, localViewers } from '../../support/viewers.ts';

export interface FollowedCityOptions extends Partial<Omit<FollowSettings, 'registryFile'>> {
  /** So many courts run; all but the last `waiting` of them stand in the registry at the start. */
  readonly courts?: number;
  readonly waiting?: number;
  readonly casesPerCourt?: number;
  /** The hub follows a contract of its own, which a test may change; else what is emitted. */
  readonly ownGraph?: boolean;
}

export interface FollowedCity {
  /** The courts that run, in the registry's order, with their addresses. */
  readonly entries: readonly CourtEntry[];
  readonly programs: ReadonlyMap<string, Court>;
  readonly key: PersonKey;
  readonly registryFile: string;
  /** Holds the contract and the subgraphs' SDLs that the hub follows. */
  readonly graph: string;
  readonly hub: OpenHub;
  /** Every line that the hub has logged. */
  readonly lines: readonly string[];
  ask(query: string, variables?: object): Promise<HttpAnswer>;
  ready(): Promise<readonly CourtStatus[]>;
  metrics(): Promise<string>;
  /** Writes the registry whole and puts it in the place of the one before. */
  register(entries: readonly object[]): void;
  /** Another program of this court, without rows, that makes persons' ids with this key. */
  empty(court: CourtEntry, personKey: PersonKey): Promise<Court>;
  /** Puts another program where a court answers, or nobody; the same port, as after a restart. */
  restart(code: string, program: Program | null): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface HttpAnswer extends Answer {
  readonly status: number;
}

/** Starts it; unless told the hub knows the city's key and looks as often as it does by default. */
export async function startFollowedCity(options: FollowedCityOptions = {}): Promise<FollowedCity> {
  const { courts = 4, waiting = 0, casesPerCourt = 6, ownGraph = false, ...follow } = options;
  const directory = mkdtempSync(join(tmpdir(), 'nonet-followed-'));
  const known = readCourtRegistry();
  const now = () => new Date('2018-01-31T01:00:00Z');
  const key = { version: 1, secret: randomBytes(32) };
  const host = await openWorkerPglite();
  const city = generateCity({ seed: 'followed', registry: known, casesPerCourt, today: '2018-01-31' });
  const programs = new Map<string, Court>();
  const served = new Map<string, ServedProgram>();
  const ports = new Map<string, number>();
  const restart: FollowedCity['restart'] = async (code, program) => {
    await served.get(code)?.stop();
    served.delete(code);
    if (program === null) return;
    const one = await serveProgram(program, { port: ports.get(code) ?? 0, host: '127.0.0.1' });
    served.set(code, one);
    ports.set(code, Number(new URL(one.url).port));
  };
  for (const court of known.courts.slice(0, courts)) {
    const database = await host.open(`court_${court.code}`);
    const program = await createCourt({ court, registry: known, database, personKey: key, now });
    await program.load(city.casesOf(court.code));
    programs.set(court.code, program);
    await restart(court.code, program);
  }
  const entries = known.courts
    .slice(0, courts)
    .map((court): CourtEntry => ({ ...court, endpoint: { url: served.get(court.code)!.url } }));
  const registryFile = join(directory, 'courts.json');
  const register: FollowedCity['register'] = (wanted) => {
    writeFileSync(`${registryFile}.next`, JSON.stringify({ courts: wanted }));
    renameSync(`${registryFile}.next`, registryFile);
  };
  register(entries.slice(0, courts - waiting));
  const graph = join(directory, 'graph');
  if (ownGraph) cpSync(fileURLToPath(emittedDirectory), graph, { recursive: true });
  const { fetch } = createUpstreams({ seed: 'followed', now });
  const agencies = new Map<string, Program>([
    ['bank', await createBank({ upstream: { baseUrl: bankBaseUrl, fetch }, now })],
    ['vehicle', await createVehicle({ upstream: { baseUrl: vehicleBaseUrl, fetch }, now })],
    ['property', await createProperty({ upstream: { baseUrl: propertyBaseUrl, fetch }, now })],
  ]);
  const command = await createCommand({ registry: known, database: await host.open('command'), now });
  const lines: string[] = [];
  const metrics = createMetrics();
  const hub = await openHub({
    viewers: localViewers,
    registry: readCourtRegistry(registryFile),
    registryFile,
    graph: ownGraph ? graph : null,
    courts: new Map(),
    agencies,
    command,
    examples: {},
    host: '127.0.0.1',
    port: 0,
    trail: inMemory,
    identitySearches: defaultSearchesPerHour,
    operating: {
      log: createLog({ name: 'gateway', level: 'info', write: (line) => lines.push(line) }),
      metrics,
    },
    personKeyMark: personKeyMark(key),
    ...follow,
  });
  return {
    entries,
    programs,
    key,
    registryFile,
    graph,
    hub,
    lines,
    register,
    restart,
    async empty(court, personKey) {
      const database = await host.open(`empty_${programs.size}`);
      const program = await createCourt({ court, registry: known, database, personKey, now });
      programs.set(`empty ${programs.size}`, program);
      return program;
    },
    metrics: () => metrics.text(),
    async ask(query, variables = {}) {
      const response = await fetchOf(`${hub.url}/graphql`, JSON.stringify({ query, variables }));
      return { status: response.status, ...((await response.json()) as Answer) };
    },
    ready: async () => ((await (await globalThis.fetch(`${hub.url}/ready`)).json()) as Ready).courts,
    async [Symbol.asyncDispose]() {
      await hub.stop();
      for (const one of served.values()) await one.stop();
      for (const program of [...agencies.values(), ...programs.values(), command]) await program.stop();
      await host.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

interface Ready {
  readonly courts: readonly CourtStatus[];
}

async function fetchOf(url: string, body: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(await authorizationOf()) };
  return fetch(url, { method: 'POST', headers, body });
}

/** Rows of every court with who gave them. */
export const rowsQuery = `{
  cases(first: 100) {
    totalCount
    coverage { complete courts { court { code } status reason } }
    edges { node { number court { code } } }
  }
}`;

/** What a court's coverage and rows are in an answer to `rowsQuery`; undefined where the registry does not have it. */
export function seenOf(
  { data }: Answer,
  code: string,
): { status: string; reason: string | null; rows: number } | undefined {
  const { coverage, edges } = (data as { cases: Cases }).cases;
  const own = coverage.courts.find(({ court }) => court.code === code);
  return (
    own && { status: own.status, reason: own.reason, rows: edges.filter(({ node }) => node.court.code === code).length }
  );
}

interface Cases {
  readonly coverage: {
    readonly complete: boolean;
    readonly courts: readonly {
      readonly court: { readonly code: string };
      readonly status: string;
      readonly reason: string | null;
    }[];
  };
  readonly edges: readonly { readonly node: { readonly number: string; readonly court: { readonly code: string } } }[];
}

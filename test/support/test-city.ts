/** A whole city in one process: nine courts with generated rows, a hub over them, and one program that holds all rows. */

import { randomBytes } from 'node:crypto';

import type { Viewer } from '../../common/viewer.ts';
import type { CaseRecord } from '../../common/case-record.ts';
import { readCourtRegistry, type CourtRegistry } from '../../common/court-registry.ts';
import type { PersonKey } from '../../common/person-id.ts';
import type { Answer, Ask } from '../../common/wire.ts';
import { emittedGraph } from '../../cli/start/hub.ts';
import type { AskingOptions } from '../../gateway/asking/settings.ts';
import { createHub, type Hub, type HubOptions } from '../../gateway/hub.ts';
import type { Trail } from '../../gateway/trail/trail.ts';
import { generateCity, type Creditor } from '../../mocks/city/city.ts';
import {
  bankBaseUrl,
  createUpstreams,
  propertyBaseUrl,
  vehicleBaseUrl,
  type Upstreams,
} from '../../mocks/upstreams/upstreams.ts';
import { createBank } from '../../subgraphs/bank/program.ts';
import { createCommand, type Command } from '../../subgraphs/command/program.ts';
import { createCourt, type Court } from '../../subgraphs/court/program.ts';
import type { DatabaseHost } from '../../subgraphs/kit/database/database.ts';
import { openWorkerPglite } from './worker-pglite.ts';
import { createPostgres } from '../../subgraphs/kit/database/postgres.ts';
import type { Program } from '../../subgraphs/kit/program.ts';
import { createProperty } from '../../subgraphs/property/program.ts';
import { createVehicle } from '../../subgraphs/vehicle/program.ts';
import { openOtherHubs, type OtherHubs } from './other-hubs.ts';
import { createTestDatabase, pinyin } from './test-database.ts';
import { someViewer, viewerHeaders } from './viewers.ts';

export interface TestCityOptions {
  readonly casesPerCourt?: number;
  readonly seed?: string;
  /** What the courts keep their rows in; the oracle always has a PGlite. */
  readonly engine?: 'pglite' | 'postgres';
  /** Without them it is patient: what is compared are answers, and a machine may stand still for some seconds. */
  readonly deadlines?: AskingOptions['deadlines'];
  readonly breaker?: AskingOptions['breaker'];
  readonly retry?: AskingOptions['retry'];
  readonly slots?: AskingOptions['slots'];
  readonly pages?: AskingOptions['pages'];
  readonly metrics?: HubOptions['metrics'];
  /** Other hubs by their names, each with the courts behind it; each serves the contract at a port of its own. */
  readonly behind?: Readonly<Record<string, readonly string[]>>;
  /** Stands between the hub and a court: faults, counting. */
  readonly between?: (code: string, ask: Ask) => Ask;
  /** Stands between the hub and an agency. */
  readonly betweenAgency?: (name: string, ask: Ask) => Ask;
  /** Where the hub records what agencies were asked, given the city's key and its time; in memory without it. */
  readonly trail?: (personKey: PersonKey, now: () => Date) => Promise<Trail>;
  /** By how many identity numbers one viewer may search within an hour; so many that random questions never come to it. */
  readonly identitySearches?: number;
  /** Stands between the hub and the command centre. */
  readonly betweenCommand?: (ask: Ask) => Ask;
}

export interface TestCity {
  readonly registry: CourtRegistry;
  readonly hub: Hub;
  /** Asks the hub as a client would. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** One court program that holds the rows of all nine. */
  readonly oracle: Court;
  readonly courts: ReadonlyMap<string, Court>;
  readonly command: Command;
  /** The key behind person ids. */
  readonly personKey: PersonKey;
  /** The large creditor, whose cases stand in many courts. */
  readonly creditor: Creditor;
  /** Every record of the city, by court. */
  readonly records: ReadonlyMap<string, readonly CaseRecord[]>;
  /** Hubs between this one and its courts, by name. */
  readonly hubs: OtherHubs['served'];
  readonly upstreams: Upstreams;
  readonly now: () => Date;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The day on which the test city lives. */
const today = '2018-01-31';

const patient = { requestMs: 90_000, courtMs: 60_000, agencyMs: 60_000 };

const untouched = (_: string, ask: Ask): Ask => ask;

export async function startTestCity(options: TestCityOptions = {}): Promise<TestCity> {
  const { between = untouched, betweenAgency = untouched, casesPerCourt = 40, seed = 'test' } = options;
  const { engine = 'pglite', deadlines = patient } = options;
  const registry = readCourtRegistry();
  const startedAt = Date.now();
  const now = () => new Date(Date.parse(`${today}T09:00:00+08:00`) + Date.now() - startedAt);
  const personKey = { version: 1, secret: randomBytes(32) };
  const pglite = await openWorkerPglite();
  const city = generateCity({ seed, registry, casesPerCourt, today });
  const records = new Map(registry.courts.map(({ code }) => [code, [...city.casesOf(code)]]));
  const courts = new Map<string, Court>();
  const host = engine === 'pglite' ? pglite : await createOwnPostgres();
  for (const court of registry.courts) {
    const database = await host.open(`court_${court.code}`);
    const program = await createCourt({ court, registry, database, personKey, now });
    await program.load(records.get(court.code)!);
    courts.set(court.code, program);
  }
  const whole = await createCourt({
    court: registry.courts[0]!,
    registry,
    database: await pglite.open('oracle'),
    personKey,
    now,
  });
  await whole.load([...records.values()].flat());
  // Who asks without saying for whom asks for the same viewer as at the hub.
  const oracle: Court = {
    ...whole,
    ask: (question, signal, headers) => whole.ask(question, signal, { ...viewerHeaders(), ...headers }),
  };
  const upstreams = createUpstreams({ seed, now });
  const { fetch } = upstreams;
  const agencies = new Map<string, Program>([
    ['bank', await createBank({ upstream: { baseUrl: bankBaseUrl, fetch }, now })],
    ['vehicle', await createVehicle({ upstream: { baseUrl: vehicleBaseUrl, fetch }, now })],
    ['property', await createProperty({ upstream: { baseUrl: propertyBaseUrl, fetch }, now })],
  ]);
  const command = await createCommand({ registry, database: await host.open('command'), now });
  const asks = new Map([...courts].map(([code, { ask }]) => [code, between(code, ask)]));
  const hubs = await openOtherHubs(registry, asks, { ...options, deadlines, personKey, now });
  const hub = await createHub({
    registry: hubs.registry,
    ...emittedGraph(),
    courts: new Map([...asks, ...hubs.asks]),
    agencies: new Map([...agencies].map(([name, { ask }]) => [name, betweenAgency(name, ask)])),
    command: (options.betweenCommand ?? ((ask) => ask))(command.ask),
    asking: {
      deadlines,
      ...(options.breaker !== undefined && { breaker: options.breaker }),
      ...(options.retry !== undefined && { retry: options.retry }),
      ...(options.slots && { slots: options.slots }),
      ...(options.pages && { pages: options.pages }),
    },
    ...(options.metrics && { metrics: options.metrics }),
    identitySearches: options.identitySearches ?? 1_000_000,
    ...(options.trail && { trail: await options.trail(personKey, now) }),
  });
  return {
    registry: hubs.registry,
    hub,
    hubs: hubs.served,
    oracle,
    courts,
    command,
    personKey,
    creditor: city.creditor,
    records,
    upstreams,
    now,
    ask: (query, variables = {}) => askHub(hub, query, variables),
    async [Symbol.asyncDispose]() {
      await hub.stop();
      await hubs.stop();
      for (const program of [...agencies.values(), ...courts.values(), command, oracle]) await program.stop();
      if (host !== pglite) await host.stop();
      await pglite.stop();
    },
  };
}

/** A PostgreSQL database that goes away with its host; it orders text as nobody may rely on. */
async function createOwnPostgres(): Promise<DatabaseHost> {
  const database = await createTestDatabase(pinyin);
  const host = await createPostgres({ url: database.url, poolSize: 3 });
  return {
    ...host,
    async stop() {
      await host.stop();
      await database[Symbol.asyncDispose]();
    },
  };
}

export async function askHub(
  hub: Hub,
  query: string,
  variables: Record<string, unknown>,
  viewer: Viewer | null = someViewer,
): Promise<Answer> {
  const contextValue = hub.contextOf(new AbortController().signal, undefined, viewer);
  const { body } = await hub.apollo.executeOperation({ query, variables }, { contextValue });
  if (body.kind !== 'single') throw new Error('The hub answers each question once.');
  // As it would travel: prototypes and shared objects are gone.
  return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
}

/** The composition root of the embedded hub: nine courts over one PGlite, agencies over their mocked upstreams, one door. */

import { readFileSync, rmSync } from 'node:fs';

import { readCourtRegistry, type CourtRegistry } from '../../common/court-registry.ts';
import type { PersonKey } from '../../common/person-id.ts';
import type { Ask } from '../../common/wire.ts';
import { createRemote, type Remote } from '../../gateway/asking/remote.ts';
import { openDoor } from '../../gateway/http/door.ts';
import { createHub, type HubOptions } from '../../gateway/hub.ts';
import { generateCity, type City } from '../../mocks/city/city.ts';
import { bankBaseUrl, createUpstreams, propertyBaseUrl, vehicleBaseUrl } from '../../mocks/upstreams/upstreams.ts';
import { createBank } from '../../subgraphs/bank/program.ts';
import { createCommand } from '../../subgraphs/command/program.ts';
import { serveAdmin } from '../../subgraphs/court/admin.ts';
import { createCourt, type Court } from '../../subgraphs/court/program.ts';
import { createPglite, type Pglite } from '../../subgraphs/kit/database/pglite.ts';
import type { Program } from '../../subgraphs/kit/program.ts';
import { createProperty } from '../../subgraphs/property/program.ts';
import { createVehicle } from '../../subgraphs/vehicle/program.ts';
import { emittedDirectory } from '../compose/compose.ts';
import { findExamples } from './examples.ts';
import { keepPersonKey } from './person-key.ts';
import type { StartSettings } from './settings.ts';

export interface EmbeddedHub {
  readonly url: string;
  stop(): Promise<void>;
}

/** Today in the seeded city: its writs and deadlines are made around this day. */
const cityToday = '2018-01-31';

/** Starts everything in this process; `tell` is given one line per step. */
export async function startEmbedded(settings: StartSettings, tell: (line: string) => void): Promise<EmbeddedHub> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const registry = readCourtRegistry();
    const now = clockOf(cityToday);
    const pglite = await openRows(settings);
    stops.push(() => pglite.stop());
    const personKey = keepPersonKey(settings.directory);
    const courts = await startCourts(registry, pglite, personKey, now);
    stops.push(() => stopAll([...courts.values()]));
    if (settings.directory !== null) {
      const admin = await serveAdmin({ courts, directory: settings.directory });
      stops.push(() => admin.stop());
    }
    const city = generateCity({ registry, casesPerCourt: settings.casesPerCourt, today: cityToday });
    await fill(courts, city, tell);
    const agencies = await startAgencies(now);
    stops.push(() => stopAll([...agencies.values()]));
    const command = await createCommand({ registry, database: await pglite.open('command'), now });
    stops.push(() => command.stop());
    const remotes = remotesOf(registry);
    stops.push(() => stopAll([...remotes.values()]));
    const hub = await createHub({
      registry,
      ...emittedGraph(),
      courts: new Map([...asksOf(courts), ...asksOf(remotes)]),
      agencies: asksOf(agencies),
      command: command.ask,
    });
    stops.push(() => hub.stop());
    const door = await openDoor({
      apollo: hub.apollo,
      contextOf: (_, signal) => Promise.resolve(hub.contextOf(signal)),
      status: hub.status,
      explorer: { variables: findExamples(registry, city) },
      host: settings.host,
      port: settings.port,
    });
    stops.push(() => door.stop());
    return { url: door.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The emitted contract and supergraph, as the hub loads them. */
export function emittedGraph(): Pick<HubOptions, 'contractSdl' | 'supergraphSdl'> {
  const read = (name: string) => readFileSync(new URL(name, emittedDirectory), 'utf8');
  return { contractSdl: read('court.graphql'), supergraphSdl: read('supergraph.graphql') };
}

async function openRows({ directory, fresh }: StartSettings): Promise<Pglite> {
  if (directory === null) return createPglite();
  if (!fresh) return createPglite({ directory });
  // Opened once before anything is deleted: the lock refuses a directory that another process is using.
  await (await createPglite({ directory })).stop();
  rmSync(directory, { recursive: true, force: true });
  return createPglite({ directory });
}

async function startCourts(registry: CourtRegistry, pglite: Pglite, personKey: PersonKey, now: () => Date) {
  const courts = new Map<string, Court>();
  for (const court of registry.courts) {
    if (court.endpoint !== 'embedded') continue;
    const database = await pglite.open(`court_${court.code}`);
    courts.set(court.code, await createCourt({ court, registry, database, personKey, now }));
  }
  return courts;
}

async function fill(courts: ReadonlyMap<string, Court>, city: City, tell: (line: string) => void): Promise<void> {
  let loaded = 0;
  for (const [code, court] of courts) {
    if (await court.isEmpty()) loaded += await court.load(city.casesOf(code));
  }
  tell(loaded > 0 ? `Seeded ${loaded} cases in ${courts.size} courts.` : `Opened the rows of ${courts.size} courts.`);
}

async function startAgencies(now: () => Date): Promise<Map<string, Program>> {
  const { fetch } = createUpstreams({ seed: 'nonet', now });
  return new Map<string, Program>([
    ['bank', await createBank({ upstream: { baseUrl: bankBaseUrl, fetch }, now })],
    ['vehicle', await createVehicle({ upstream: { baseUrl: vehicleBaseUrl, fetch }, now })],
    ['property', await createProperty({ upstream: { baseUrl: propertyBaseUrl, fetch }, now })],
  ]);
}

/** Courts of the registry that run elsewhere. */
function remotesOf(registry: CourtRegistry): Map<string, Remote> {
  return new Map(
    registry.courts.flatMap(({ code, endpoint }) =>
      endpoint === 'embedded' ? [] : [[code, createRemote(endpoint.url)] as const],
    ),
  );
}

function asksOf(parts: ReadonlyMap<string, { readonly ask: Ask }>): Map<string, Ask> {
  return new Map([...parts].map(([name, { ask }]) => [name, ask]));
}

async function stopAll(parts: readonly { stop(): Promise<void> }[]): Promise<void> {
  await Promise.all(parts.map((part) => part.stop()));
}

/** A clock that goes on from the seeded city's day, so that its writs are as valid today as they were made. */
function clockOf(today: string): () => Date {
  const ahead = Date.now() - Date.parse(`${today}T09:00:00+08:00`);
  return () => new Date(Date.now() - ahead);
}

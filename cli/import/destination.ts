import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CourtEntry, CourtRegistry } from '../../common/court-registry.ts';
import { readAdminAddress } from '../../subgraphs/court/admin/address.ts';
import { inPglite, readPlace } from '../../subgraphs/court/admin/place.ts';
import type { AdminAddress } from '../../subgraphs/court/admin/wire.ts';
import type { Batch, BatchResult } from '../../subgraphs/court/load/entry.ts';
import { OtherPersonKey } from '../../subgraphs/court/person-key.ts';
import { createCourt } from '../../subgraphs/court/program.ts';
import { DatabaseError } from '../../subgraphs/kit/database/error.ts';
import { createDatabaseHost, type DatabaseHostOptions } from '../../subgraphs/kit/database/host.ts';
import { parsePostgresUrl } from '../../subgraphs/kit/database/postgres-address.ts';
import { SettingsFault } from '../command.ts';
import { schemaOfCourt } from '../start/courts.ts';
import { directoryOfCourt } from '../start/parts/places.ts';
import type { NamedKey } from '../start/person-key.ts';
import { DestinationFault, isOpen, sendThroughDoor } from './door.ts';
import { findKey, makeKey, refuseWithoutKey } from './key.ts';

export interface Destination {
  readonly court: CourtEntry;
  readonly registry: CourtRegistry;
  /** The data directory of the city, or of this court alone. */
  readonly data: string;
  /** The court's PostgreSQL; without its url the rows live in the data directory. */
  readonly database: DatabaseHostOptions;
  /** The city's key as it was named; null for that of the data directory. */
  readonly personKey: NamedKey | null;
}

export interface Stored extends BatchResult {
  /** By which way it went in, and where it is now, for people. */
  readonly way: string;
}

/**
 * Stores an import: through the court's admin door while it runs, else straight into its database. Rejects with
 * DestinationFault when the court is busy, runs without a door or has its rows elsewhere than where the import is to go, with
 * SettingsFault when there is no key for its persons.
 */
export async function store(
  destination: Destination,
  batch: Batch,
  onProgress: (stored: number) => void,
): Promise<Stored> {
  const directory = courtDirectory(destination);
  const address = readAdminAddress(directory);
  // What a killed court left behind answers no more.
  if (address !== null && (await isOpen(address))) {
    await checkPlace(destination, directory, address);
    const stored = await tryDoor(destination, directory, address, batch, onProgress);
    if (stored) return stored;
  }
  try {
    return await storeDirectly(destination, directory, batch, onProgress);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== 'DATABASE_LOCKED') throw error;
    throw new DestinationFault(`The court runs without an admin door. Stop it, or start it anew: ${error.message}.`);
  }
}

/**
 * Where a court keeps its data: in a directory of its own where it runs as a process of its own, else in the city's. Where
 * both hold rows it is the one that is in use; throws DestinationFault when that is neither.
 */
function courtDirectory({ data, court }: Destination): string {
  const own = directoryOfCourt(data, court.code);
  if (!existsSync(own)) return data;
  if (!existsSync(join(data, 'pglite'))) return own;
  const running = [own, data].find(isInUse);
  if (running !== undefined) return running;
  throw new DestinationFault(
    `Both ${own} and ${data} hold rows of the court ${court.code}. Start the one that is meant, or move the other away.`,
  );
}

/** By the address of the admin door that a running court keeps there. */
function isInUse(directory: string): boolean {
  const address = readAdminAddress(directory);
  if (address === null) return false;
  try {
    process.kill(address.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Throws DestinationFault when the running court has its rows elsewhere than where the import is to go. */
async function checkPlace(destination: Destination, directory: string, { places }: AdminAddress): Promise<void> {
  const { code } = destination.court;
  const place = places?.[code];
  const wanted = await wantedPlace(destination);
  if (place === wanted) return;
  const way = `the court ${code} that runs on ${directory}`;
  if (places === undefined) {
    throw new DestinationFault(`An older program is ${way}, and does not say where its rows are. Start it anew.`);
  }
  if (place === undefined) {
    throw new DestinationFault(
      `What runs on ${directory} does not have the court ${code}. Stop it, or give another --data.`,
    );
  }
  if (wanted === inPglite) {
    throw new DestinationFault(
      `DATABASE_URL is not set, and ${way} has its rows in a PostgreSQL. Set DATABASE_URL as that court has it.`,
    );
  }
  throw new DestinationFault(
    place === inPglite
      ? `DATABASE_URL names a PostgreSQL, and ${way} has its rows in its PGlite there. Unset DATABASE_URL to import into that court, or give the --data of the court that is meant.`
      : `DATABASE_URL names another database than the one where ${way} has its rows. Set it as that court has it, or give the --data of the court that is meant.`,
  );
}

async function wantedPlace({ database }: Destination): Promise<string> {
  if (database.databaseUrl === undefined) return inPglite;
  const host = await createDatabaseHost({ ...database, poolSize: 1 });
  try {
    return await readPlace(await host.open('public'));
  } finally {
    await host.stop();
  }
}

/** Null when no court answers there any more. */
async function tryDoor(
  destination: Destination,
  directory: string,
  address: AdminAddress,
  batch: Batch,
  onProgress: (stored: number) => void,
): Promise<Stored | null> {
  try {
    const result = await sendThroughDoor(address, destination.court.code, batch, onProgress);
    return { ...result, way: `through the running court ${toPlaceText(destination, directory)}` };
  } catch (error) {
    if (error instanceof DestinationFault && error.isSilent) return null;
    throw error;
  }
}

async function storeDirectly(
  destination: Destination,
  directory: string,
  batch: Batch,
  onProgress: (stored: number) => void,
): Promise<Stored> {
  const { court, registry, data, database: options, personKey: named } = destination;
  const found = findKey(named, data);
  if (found === null && options.databaseUrl !== undefined) refuseWithoutKey(data);
  const host = await createDatabaseHost({ ...options, directory });
  try {
    const database = await host.open(schemaOfCourt(court.code));
    const personKey = found ?? (await makeKey(data, directory, database));
    const program = await createCourt({ court, registry, database, personKey });
    const result = await program.upsert(batch, { onProgress });
    await program.stop();
    await database.stop();
    return { ...result, way: toPlaceText(destination, directory) };
  } catch (error) {
    throw error instanceof OtherPersonKey ? new SettingsFault([error.message]) : error;
  } finally {
    await host.stop();
  }
}

/** Where the rows went; neither user nor password. */
function toPlaceText({ database: { databaseUrl } }: Destination, directory: string): string {
  if (databaseUrl === undefined) return `into ${directory}`;
  return `into its PostgreSQL ${parsePostgresUrl(databaseUrl).place.replace(/^.*@/, '')}`;
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CourtEntry, CourtRegistry } from '../../common/court-registry.ts';
import { readAdminAddress } from '../../subgraphs/court/admin/address.ts';
import type { Batch, BatchResult } from '../../subgraphs/court/load/entry.ts';
import { createCourt } from '../../subgraphs/court/program.ts';
import { DatabaseError } from '../../subgraphs/kit/database/error.ts';
import { createDatabaseHost } from '../../subgraphs/kit/database/host.ts';
import { schemaOfCourt } from '../start/courts.ts';
import { directoryOfCourt } from '../start/parts/places.ts';
import { keepPersonKey } from '../start/person-key.ts';
import { DestinationFault, sendThroughDoor } from './door.ts';

export interface Destination {
  readonly court: CourtEntry;
  readonly registry: CourtRegistry;
  /** The data directory of the city, or of this court alone. */
  readonly data: string;
  /** The court's PostgreSQL; without it the rows live in the data directory. */
  readonly databaseUrl: string | undefined;
}

export interface Stored extends BatchResult {
  /** By which way it went in, for people. */
  readonly way: string;
}

/**
 * Stores an import: through the court's admin door while it runs, else straight into its database. Rejects with
 * DestinationFault when the court is busy, or runs without a door.
 */
export async function store(
  destination: Destination,
  batch: Batch,
  onProgress: (stored: number) => void,
): Promise<Stored> {
  const directory = courtDirectory(destination);
  // A server has no lock that tells whether the court runs; its door does.
  if (destination.databaseUrl !== undefined) {
    return (
      (await tryDoor(destination, directory, batch, onProgress)) ??
      storeDirectly(destination, directory, batch, onProgress)
    );
  }
  try {
    return await storeDirectly(destination, directory, batch, onProgress);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== 'DATABASE_LOCKED') throw error;
    const stored = await tryDoor(destination, directory, batch, onProgress);
    if (stored) return stored;
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

/** Null when no court answers there. */
async function tryDoor(
  { court }: Destination,
  directory: string,
  batch: Batch,
  onProgress: (stored: number) => void,
): Promise<Stored | null> {
  const address = readAdminAddress(directory);
  if (address === null) return null;
  try {
    return { ...(await sendThroughDoor(address, court.code, batch, onProgress)), way: 'through the running court' };
  } catch (error) {
    // What a killed court left behind.
    if (error instanceof DestinationFault && error.isSilent) return null;
    throw error;
  }
}

async function storeDirectly(
  { court, registry, data, databaseUrl }: Destination,
  directory: string,
  batch: Batch,
  onProgress: (stored: number) => void,
): Promise<Stored> {
  const host = await createDatabaseHost({ databaseUrl, directory });
  try {
    const database = await host.open(schemaOfCourt(court.code));
    const program = await createCourt({ court, registry, database, personKey: keepPersonKey(data) });
    const result = await program.upsert(batch, { onProgress });
    await program.stop();
    await database.stop();
    return { ...result, way: databaseUrl === undefined ? `into ${directory}` : 'into its PostgreSQL' };
  } finally {
    await host.stop();
  }
}

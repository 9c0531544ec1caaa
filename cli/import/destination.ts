import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CourtEntry, CourtRegistry } from '../../common/court-registry.ts';
import { readAdminAddress } from '../../subgraphs/court/admin/address.ts';
import type { Batch, BatchResult } from '../../subgraphs/court/load/entry.ts';
import { createCourt } from '../../subgraphs/court/program.ts';
import { DatabaseError } from '../../subgraphs/kit/database/error.ts';
import { createDatabaseHost } from '../../subgraphs/kit/database/host.ts';
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

/** Where a court keeps its data: in a directory of its own where it runs as a process of its own. */
function courtDirectory({ data, court }: Destination): string {
  const own = join(data, 'courts', court.code);
  return existsSync(own) ? own : data;
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
    const database = await host.open(`court_${court.code}`);
    const program = await createCourt({ court, registry, database, personKey: keepPersonKey(data) });
    const result = await program.upsert(batch, { onProgress });
    await program.stop();
    await database.stop();
    return { ...result, way: databaseUrl === undefined ? `into ${directory}` : 'into its PostgreSQL' };
  } finally {
    await host.stop();
  }
}

import type { CaseRecord } from '../../common/case-record.ts';
import type { CourtEntry, CourtRegistry } from '../../common/court-registry.ts';
import { type PersonKey, personKeyMark } from '../../common/person-id.ts';
import type { Database } from '../kit/database/database.ts';
import { createKysely } from '../kit/database/kysely.ts';
import { migrate } from '../kit/database/migrate.ts';
import { createProgram, type Program } from '../kit/program.ts';
import { viewerOf } from '../kit/viewer.ts';
import { readPlace } from './admin/place.ts';
import { createCourtContext } from './context.ts';
import type { Batch, BatchResult } from './load/entry.ts';
import { loadCases } from './load/load.ts';
import { upsertCases, type UpsertOptions } from './load/upsert.ts';
import { courtMigrations } from './migrations/index.ts';
import { claimForKey } from './person-key.ts';
import { createMeasureOrders } from './measure-order/orders.ts';
import { courtSchema, courtSdl } from './schema.ts';
import type { Tables } from './tables.ts';
import { createWritChanges } from './writ/changes.ts';

/** One court's running program. */
export interface Court extends Program {
  /** Stores records in one transaction and resolves with how many; throws ValueError naming a record that cannot be read. */
  load(records: Iterable<CaseRecord>): Promise<number>;
  /** Puts an import over what is stored, all or nothing; throws ValueError naming an entry that cannot be read. */
  upsert(batch: Batch, options?: UpsertOptions): Promise<BatchResult>;
  isEmpty(): Promise<boolean>;
  /** Where its rows are, as `readPlace` tells it. */
  readonly place: string;
}

export interface CourtOptions {
  readonly court: CourtEntry;
  readonly registry: CourtRegistry;
  /** Its own schema; whoever opened it stops it after the court. */
  readonly database: Database;
  /** The city's key, the same in every court. */
  readonly personKey: PersonKey;
  readonly now?: () => Date;
  /** Told of failures that are ours. */
  readonly onFault?: (error: Error) => void;
}

/** Brings the database up to date and starts the program over it. Rejects with OtherPersonKey where another key made its ids. */
export async function createCourt({
  court,
  registry,
  database,
  personKey,
  now = () => new Date(),
  onFault,
}: CourtOptions): Promise<Court> {
  // A key that would not hide an identity number is refused now, not at the first question.
  personKeyMark(personKey);
  await migrate(database, courtMigrations);
  await claimForKey(database, personKey, court.code);
  const db = createKysely<Tables>(database);
  const place = await readPlace(database);
  const setting = { court, registry, personKey, db, now };
  const writChanges = createWritChanges(setting, database);
  const measureOrders = createMeasureOrders(setting, database);
  const program = createProgram({
    schema: courtSchema,
    sdl: courtSdl,
    context: (headers) => createCourtContext(setting, { viewer: viewerOf(headers), writChanges, measureOrders }),
    ...(onFault && { onFault }),
  });
  return {
    ...program,
    place,
    load: (records) => loadCases(database, records, setting),
    upsert: (batch, options) => upsertCases(database, batch, setting, options),
    async isEmpty() {
      return (await db.selectFrom('enforcement_case').select('number_key').limit(1).executeTakeFirst()) === undefined;
    },
  };
}

import type { CourtEntry, CourtRegistry } from '../../common/court-registry.ts';
import type { DatabaseHostOptions } from '../../subgraphs/kit/database/host.ts';
import { UsageFault } from '../command.ts';
import { openSettings, type Settings } from '../settings.ts';
import { readData, readRegistry } from '../start/common-settings.ts';
import { databaseOptions, readDatabase } from '../start/database-settings.ts';
import { readNamedKey, type NamedKey } from '../start/person-key.ts';
import { parseFileName, type FileName } from './file.ts';

export interface ImportArguments {
  readonly court: CourtEntry;
  readonly registry: CourtRegistry;
  /** One or two. */
  readonly files: readonly FileName[];
  /** Null: as old as the older of the files. */
  readonly asOf: Date | null;
  /** Null: beside each file. */
  readonly rejects: string | null;
  readonly data: string;
  /** The court's own. */
  readonly database: DatabaseHostOptions;
  /** Null: that of the data directory. */
  readonly personKey: NamedKey | null;
}

const options = {
  court: 'string',
  'as-of': 'string',
  rejects: 'string',
  data: 'string',
  registry: 'string',
  'person-key': 'string',
  ...databaseOptions,
} as const;

/**
 * Reads the command line; throws UsageFault with one line that says what is right, SettingsFault with everything that is wrong
 * in the settings.
 */
export function readArguments(args: readonly string[], env: NodeJS.ProcessEnv, now: Date): ImportArguments {
  const settings = openSettings(args, env, options, 'files');
  const registry = readRegistry(settings);
  const court = readCourt(settings, registry);
  if (settings.words.length < 1 || settings.words.length > 2) {
    throw new UsageFault('name the file of cases and the file of parties: cases.csv parties.csv.');
  }
  const asOf = settings.text({ option: 'as-of' });
  const data = readData(settings);
  const read = {
    files: settings.words.map(parseFileName),
    asOf: asOf === undefined ? null : parseAsOf(asOf, now),
    rejects: settings.text({ option: 'rejects' }) ?? null,
    data,
    database: readDatabase(settings, court?.code ?? 'part', data),
    personKey: readNamedKey(settings),
  };
  settings.check();
  return { ...read, registry: registry!, court: court! };
}

/** Null when the registry, which would know, is a fault itself. */
function readCourt(settings: Settings, registry: CourtRegistry | null): CourtEntry | null {
  const code = settings.text({ option: 'court' });
  const known = registry?.courts.map((court) => court.code).join(', ') ?? 'those of the registry';
  if (code === undefined) throw new UsageFault(`say which court: --court CODE, one of ${known}.`);
  if (registry === null) return null;
  const court = registry.courts.find((one) => one.code === code.normalize('NFKC'));
  if (court === undefined) throw new UsageFault(`there is no court "${code}". Known: ${known}.`);
  return court;
}

/** An instant with its offset, or a day, which is over at midnight in Xuzhou. */
function parseAsOf(text: string, now: Date): Date {
  const expected = 'Write 2018-01-30T18:00:00+08:00.';
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text)) {
    throw new UsageFault(`--as-of is "${text}", which is no instant with an offset. ${expected}`);
  }
  const instant = new Date(text);
  // 2018-02-30 would become 2 March.
  if (
    Number.isNaN(instant.getTime()) ||
    new Date(`${text.slice(0, 10)}T00:00Z`).toISOString().slice(0, 10) !== text.slice(0, 10)
  ) {
    throw new UsageFault(`--as-of is "${text}", which is no day or time of the calendar. ${expected}`);
  }
  if (instant > now) throw new UsageFault(`--as-of is "${text}", which is still to come. ${expected}`);
  return instant;
}

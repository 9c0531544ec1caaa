import { type CourtEntry, type CourtRegistry, readCourtRegistry } from '../../common/court-registry.ts';
import { DatabaseError } from '../../subgraphs/kit/database/error.ts';
import { parsePostgresUrl } from '../../subgraphs/kit/database/postgres-address.ts';
import { SettingsFault, UsageFault } from '../command.ts';
import { toDatabaseUrl } from '../database-url.ts';
import { parseOptions } from '../options.ts';
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
  readonly databaseUrl: string | undefined;
}

const options = {
  court: { type: 'string' },
  'as-of': { type: 'string' },
  rejects: { type: 'string' },
  data: { type: 'string' },
  registry: { type: 'string' },
} as const;

/** Reads the command line; throws UsageFault with one line that says what is right, SettingsFault for a wrong DATABASE_URL. */
export function readArguments(args: readonly string[], env: NodeJS.ProcessEnv, now: Date): ImportArguments {
  const { values, positionals } = parseOptions(args, options, 'files');
  const registry = readRegistry(values.registry ?? (env['NONET_REGISTRY'] || undefined));
  const known = registry.courts.map(({ code }) => code).join(', ');
  if (values.court === undefined) throw new UsageFault(`say which court: --court CODE, one of ${known}.`);
  const court = registry.courts.find(({ code }) => code === values.court!.normalize('NFKC'));
  if (court === undefined) throw new UsageFault(`there is no court "${values.court}". Known: ${known}.`);
  if (positionals.length < 1 || positionals.length > 2) {
    throw new UsageFault('name the file of cases and the file of parties: cases.csv parties.csv.');
  }
  return {
    court,
    registry,
    files: positionals.map(parseFileName),
    asOf: values['as-of'] === undefined ? null : parseAsOf(values['as-of'], now),
    rejects: values.rejects ?? null,
    data: values.data ?? (env['NONET_DATA'] || 'data'),
    databaseUrl: readDatabaseUrl(env['DATABASE_URL'], court.code),
  };
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

function readRegistry(path: string | undefined): CourtRegistry {
  try {
    return readCourtRegistry(path);
  } catch (error) {
    throw new UsageFault(`the registry cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The court's own; undefined where it is not set, or set to nothing. */
function readDatabaseUrl(template: string | undefined, court: string): string | undefined {
  if (template === undefined || template === '') return undefined;
  const url = toDatabaseUrl(template, court);
  try {
    parsePostgresUrl(url);
    return url;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new SettingsFault([`DATABASE_URL: ${error.message}`]);
  }
}

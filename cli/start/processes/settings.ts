/** The settings of `nonet start --processes`. */

import type { CourtRegistry } from '../../../common/court-registry.ts';
import { toDatabaseUrl } from '../../database-url.ts';
import { readOperating } from '../../operating/settings.ts';
import { openSettings } from '../../settings.ts';
import { askingOptions, readAsking } from '../asking-settings.ts';
import { cityOptions, readCity, readData, readDoor, readRegistry } from '../common-settings.ts';
import { checkDatabaseUrl, databaseOptions, readLimits } from '../database-settings.ts';
import { issuerOptions, readIssuer, type IssuerSettings } from '../issuer-settings.ts';
import { firstPartPort } from '../parts/places.ts';
import { readNamedKey, type NamedKey } from '../person-key.ts';
import { readSearches, searchesOption } from '../searches-setting.ts';
import { readTrail, trailOf, trailOptions, type TrailSettings } from '../trail.ts';
import { readWorkers, workersOption } from '../workers/settings.ts';

export interface ProcessesSettings {
  /** Of the hub. */
  readonly host: string;
  /** Of the hub; 0 for any free one. */
  readonly port: number;
  /** Of the first part, and the others follow; 0 for any free ones. */
  readonly firstPort: number;
  readonly data: string;
  readonly registry: CourtRegistry;
  /** The city's; null for that of the data directory, which is made when there is none. */
  readonly personKey: NamedKey | null;
  readonly casesPerCourt: number;
  readonly fresh: boolean;
  /** One address for all courts, or a template with `{part}`; undefined for a PGlite each. */
  readonly databaseUrl: string | undefined;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  /** Whose tokens the hub believes; null: it makes tokens itself, for this machine alone. */
  readonly issuer: IssuerSettings | null;
  /** How many hubs share the hub's port. */
  readonly workers: number;
  /** The file that says how courts and agencies are asked; undefined for none. */
  readonly askingFile: string | undefined;
  readonly trail: TrailSettings;
  /** By how many different identity numbers one viewer may search within an hour. */
  readonly identitySearches: number;
}

/** Reads them; throws UsageFault for unknown options and SettingsFault for wrong values. */
export function readProcessesSettings(args: readonly string[], env: NodeJS.ProcessEnv): ProcessesSettings {
  const settings = openSettings(args, env, {
    ...cityOptions,
    ...databaseOptions,
    ...askingOptions,
    ...workersOption,
    ...issuerOptions,
    ...searchesOption,
    processes: 'boolean',
    ...trailOptions,
    'first-port': 'string',
    'person-key': 'string',
  });
  const databaseUrl = settings.text({ variable: 'DATABASE_URL' });
  const data = readData(settings);
  const issuer = readIssuer(settings);
  const read = {
    issuer,
    ...readDoor(settings, issuer),
    firstPort: settings.whole({ option: 'first-port', variable: 'NONET_FIRST_PORT' }, firstPartPort, 0, 65_000),
    data,
    trail: readTrail(settings, trailOf(data), issuer),
    identitySearches: readSearches(settings),
    registry: readRegistry(settings),
    personKey: readNamedKey(settings),
    ...readCity(settings),
    databaseUrl,
    ...readLimits(settings),
    workers: readWorkers(settings),
    askingFile: settings.text({ option: 'asking', variable: 'NONET_ASKING' }),
  };
  if (databaseUrl !== undefined) checkDatabaseUrl(settings, toDatabaseUrl(databaseUrl, 'part'));
  // The parts read them themselves; told here, before any of them starts.
  readOperating(env, (line) => settings.fault(line));
  readAsking(settings);
  if (databaseUrl !== undefined && read.fresh) {
    settings.fault(
      '--fresh deletes no rows of a PostgreSQL; drop their schemas (court_CODE, command) there, and start without it.',
    );
  }
  settings.check();
  return { ...read, registry: read.registry! };
}

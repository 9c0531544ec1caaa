/** The settings of `nonet start --processes`. */

import type { CourtRegistry } from '../../../common/court-registry.ts';
import { parsePostgresUrl } from '../../../subgraphs/kit/database/postgres-address.ts';
import { toDatabaseUrl } from '../../database-url.ts';
import { openSettings } from '../../settings.ts';
import { cityOptions, readCity, readData, readDoor, readRegistry } from '../common-settings.ts';
import { databaseOptions, readLimits } from '../database-settings.ts';
import { firstPartPort } from '../parts/places.ts';

export interface ProcessesSettings {
  /** Of the hub. */
  readonly host: string;
  /** Of the hub; 0 for any free one. */
  readonly port: number;
  /** Of the first part, and the others follow; 0 for any free ones. */
  readonly firstPort: number;
  readonly data: string;
  readonly registry: CourtRegistry;
  readonly casesPerCourt: number;
  readonly fresh: boolean;
  /** One address for all courts, or a template with `{part}`; undefined for a PGlite each. */
  readonly databaseUrl: string | undefined;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
}

/** Reads them; throws UsageFault for unknown options and SettingsFault for wrong values. */
export function readProcessesSettings(args: readonly string[], env: NodeJS.ProcessEnv): ProcessesSettings {
  const settings = openSettings(args, env, {
    ...cityOptions,
    ...databaseOptions,
    processes: 'boolean',
    'first-port': 'string',
  });
  const databaseUrl = settings.text({ variable: 'DATABASE_URL' });
  const read = {
    ...readDoor(settings),
    firstPort: settings.whole({ option: 'first-port', variable: 'NONET_FIRST_PORT' }, firstPartPort, 0, 65_000),
    data: readData(settings),
    registry: readRegistry(settings),
    ...readCity(settings),
    databaseUrl,
    ...readLimits(settings),
  };
  if (databaseUrl !== undefined) settings.read(() => parsePostgresUrl(toDatabaseUrl(databaseUrl, 'part')));
  if (databaseUrl !== undefined && read.fresh) {
    settings.fault(
      '--fresh deletes no rows of a PostgreSQL; drop their schemas (court_CODE, command) there, and start without it.',
    );
  }
  settings.check();
  return { ...read, registry: read.registry! };
}

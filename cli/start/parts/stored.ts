/** Settings that every part with rows of its own has: a court, the command centre. */

import type { LogLevel } from '../../../common/log.ts';
import type { PersonKey } from '../../../common/person-id.ts';
import type { DatabaseHostOptions } from '../../../subgraphs/kit/database/host.ts';
import { readLogLevel } from '../../operating/settings.ts';
import type { Settings } from '../../settings.ts';
import { mostCasesPerCourt, readPort } from '../common-settings.ts';
import { databaseOptions, readDatabase } from '../database-settings.ts';
import { hubKeysOption, readProofCheck, type OpenProofCheck } from '../hub-key.ts';
import { readKeySetting } from '../person-key.ts';
import { readRedisUrl } from '../redis-setting.ts';
import { clockOption, readClock } from './clock-setting.ts';

export interface StoredSettings {
  readonly port: number;
  readonly directory: string;
  readonly personKey: () => PersonKey;
  /** Cases per court of the generated city that an empty part is seeded from; 0 for none. */
  readonly seed: number;
  readonly clockOffsetMs: number;
  readonly database: DatabaseHostOptions;
  readonly level: LogLevel;
  /** Opens the check of whose questions it is asked. */
  readonly openCheck: OpenProofCheck;
}

export const storedOptions = {
  port: 'string',
  data: 'string',
  registry: 'string',
  'person-key': 'string',
  seed: 'string',
  ...hubKeysOption,
  ...clockOption,
  ...databaseOptions,
} as const;

/** Where such a part is: its name for `{part}`, the data directory, its own directory in it, its port unless told. */
export interface StoredPlace {
  readonly part: string;
  readonly data: string;
  readonly directory: string;
  readonly port: number;
}

/** Reads them; what is wrong is a fault of the settings. */
export function readStored(settings: Settings, env: NodeJS.ProcessEnv, place: StoredPlace): StoredSettings {
  return {
    port: readPort(settings, place.port),
    directory: place.directory,
    personKey: readKeySetting(settings, place.data),
    seed: settings.whole({ option: 'seed' }, 0, 1, mostCasesPerCourt),
    clockOffsetMs: readClock(settings),
    database: readDatabase(settings, place.part, place.directory),
    openCheck: readProofCheck(settings, place.data, readRedisUrl(settings)),
    level: readLogLevel(env, (line) => settings.fault(line)),
  };
}

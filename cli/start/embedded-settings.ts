/** The settings of the embedded `nonet start`. */

import type { CourtRegistry } from '../../common/court-registry.ts';
import type { AskingOptions } from '../../gateway/asking/settings.ts';
import { readOperating, type OperatingSettings } from '../operating/settings.ts';
import { openSettings } from '../settings.ts';
import { askingOptions, readAsking } from './asking-settings.ts';
import {
  cityOptions,
  readCity,
  readData,
  readDoor,
  readGraphDirectory,
  readRegistry,
  readRegistryFile,
} from './common-settings.ts';
import { readTrail, trailOf, trailOptions, type TrailSettings } from './trail.ts';
import { issuerOptions, readIssuer, type IssuerSettings } from './issuer-settings.ts';
import { readSearches, searchesOption } from './searches-setting.ts';
import { readWorkers, workersOption } from './workers/settings.ts';

export interface StartSettings {
  readonly host: string;
  readonly port: number;
  /** Where rows and keys live; null for memory. */
  readonly directory: string | null;
  readonly casesPerCourt: number;
  readonly fresh: boolean;
  readonly registry: CourtRegistry;
  readonly asking: AskingOptions;
  /** Followed while it runs; null or absent: the courts stay as they are. */
  readonly registryFile?: string | null;
  /** Where the contract is; null or absent: what is emitted. */
  readonly graph?: string | null;
  /** How many hubs share the port, each a process; absent or 1: this process is the hub. */
  readonly workers?: number;
  /** Where it is recorded what agencies were asked. */
  readonly trail: TrailSettings;
  /** By how many different identity numbers one viewer may search within an hour. */
  readonly identitySearches: number;
  /** Whose tokens are believed; null or absent: the hub makes tokens itself, for this machine alone. */
  readonly issuer?: IssuerSettings | null;
  /** Whether the mocked banks and registry hand answers in by themselves instead of being polled. */
  readonly callBack?: boolean;
  readonly operating: OperatingSettings;
}

/** Reads them; throws UsageFault for unknown options and SettingsFault for wrong values. */
export function readSettings(args: readonly string[], env: NodeJS.ProcessEnv): StartSettings {
  const settings = openSettings(args, env, {
    ...cityOptions,
    ...askingOptions,
    ...workersOption,
    ...trailOptions,
    ...issuerOptions,
    ...searchesOption,
    memory: 'boolean',
    'call-back': 'boolean',
    graph: 'string',
  });
  const issuer = readIssuer(settings);
  const directory = settings.flag('memory') ? null : readData(settings);
  const read = {
    issuer,
    ...readDoor(settings, issuer),
    directory,
    trail: readTrail(settings, directory && trailOf(directory), issuer),
    identitySearches: readSearches(settings),
    ...readCity(settings),
    registry: readRegistry(settings),
    asking: readAsking(settings),
    registryFile: readRegistryFile(settings),
    graph: readGraphDirectory(settings),
    workers: readWorkers(settings),
    callBack: settings.flag('call-back'),
    operating: readOperating(env, (line) => settings.fault(line)),
  };
  settings.check();
  return { ...read, registry: read.registry! };
}

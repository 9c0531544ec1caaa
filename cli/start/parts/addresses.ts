/** Where the parts are that a gateway asks over HTTP: the courts by the registry, the rest by settings. */

import type { CourtRegistry } from '../../../common/court-registry.ts';
import type { Settings } from '../../settings.ts';
import { agencyEntries } from '../agencies.ts';
import { faultsOfEmbedded } from '../registry-file.ts';
import { portOf } from './places.ts';

/** The subgraphs that have an address of their own: agencies and the command centre. */
const addressed = [...agencyEntries.map(({ name }) => name), 'command'];

/** `--bank-url` and so on. */
export const addressOptions: Readonly<Record<string, 'string'>> = Object.fromEntries(
  addressed.map((name) => [`${name}-url`, 'string']),
);

export const addressesHelp: readonly string[] = addressed.map(
  (name) => `${`  --${name}-url URL`.padEnd(28)}(${variableOf(name)}, default ${defaultOf(name)})`,
);

/** Their addresses by name. */
export function readAddresses(settings: Settings): ReadonlyMap<string, string> {
  return new Map(
    addressed.map((name) => [
      name,
      settings.address({ option: `${name}-url`, variable: variableOf(name) }, defaultOf(name)),
    ]),
  );
}

/** Faults for the courts that the registry has no address for. */
export function refuseEmbedded(settings: Settings, registry: CourtRegistry | null): void {
  for (const fault of registry ? faultsOfEmbedded(registry) : []) settings.fault(fault);
}

function variableOf(name: string): string {
  return `${name.toUpperCase()}_URL`;
}

function defaultOf(name: string): string {
  return `http://127.0.0.1:${portOf(name)}/graphql`;
}

/** Settings that several ways of starting have in common. */

import { defaultRegistryFile, readCourtRegistry, type CourtRegistry } from '../../common/court-registry.ts';
import { isLoopback } from '../../gateway/http/loopback.ts';
import type { Settings } from '../settings.ts';
import type { IssuerSettings } from './issuer-settings.ts';

/** The options of a start that makes a whole city. */
export const cityOptions = {
  host: 'string',
  port: 'string',
  data: 'string',
  scale: 'string',
  fresh: 'boolean',
  registry: 'string',
} as const;

/** The city's size where rows are seeded, and whether those that are there go first. */
export function readCity(settings: Settings): { casesPerCourt: number; fresh: boolean } {
  return {
    casesPerCourt: settings.whole({ option: 'scale' }, 300, 1, mostCasesPerCourt),
    fresh: settings.flag('fresh'),
  };
}

/** The most that the generated city holds. */
export const mostCasesPerCourt = 12_000;

/** Where the hub's door is: beyond this machine only when an issuer says who asks. */
export function readDoor(settings: Settings, issuer: IssuerSettings | null): { host: string; port: number } {
  return readPlace(settings, { fallbackPort: 4000, isOpen: issuer !== null });
}

/** Where a door is that clients reach; on loopback unless it is open. */
export function readPlace(
  settings: Settings,
  { fallbackPort, isOpen }: { readonly fallbackPort: number; readonly isOpen: boolean },
): { host: string; port: number } {
  const host = settings.text({ option: 'host', variable: 'HOST' }) ?? '127.0.0.1';
  if (!isOpen && !isLoopback(host)) {
    const name = settings.text({ option: 'host' }) === undefined ? 'HOST' : '--host';
    settings.fault(
      `${name} is "${host}"; where no issuer says who asks, only loopback may be listened on: 127.0.0.1, ::1 or localhost.`,
    );
  }
  return { host, port: readPort(settings, fallbackPort) };
}

/** A port to listen on; 0 takes any free one. */
export function readPort(settings: Settings, fallback: number): number {
  return settings.whole({ option: 'port', variable: 'PORT' }, fallback, 0, 65_535);
}

/** Where rows and keys live. */
export function readData(settings: Settings): string {
  return settings.text({ option: 'data', variable: 'NONET_DATA' }) ?? 'data';
}

/** Where the registry is that a hub follows. */
export function readRegistryFile(settings: Settings): string {
  return settings.text({ option: 'registry', variable: 'NONET_REGISTRY' }) ?? defaultRegistryFile;
}

/** Where the contract and the subgraphs' SDLs are; null for what is emitted of our own programs. */
export function readGraphDirectory(settings: Settings): string | null {
  return settings.text({ option: 'graph', variable: 'NONET_GRAPH' }) ?? null;
}

/** The registry in its file, by default the project's own; null after a fault. */
export function readRegistry(settings: Settings): CourtRegistry | null {
  const path = settings.text({ option: 'registry', variable: 'NONET_REGISTRY' });
  return settings.read(() => {
    try {
      return readCourtRegistry(path);
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException;
      // What is wrong in the file says so itself.
      if (code === undefined || syscall === undefined) throw error;
      throw new Error(
        `the registry ${path ?? ''} cannot be read (${code}); give a file such as registry/courts.json.`,
        {
          cause: error,
        },
      );
    }
  });
}

/** Settings that several ways of starting have in common. */

import { defaultRegistryFile, readCourtRegistry, type CourtRegistry } from '../../common/court-registry.ts';
import { isLoopback } from '../../gateway/http/loopback.ts';
import type { Settings } from '../settings.ts';

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

/** Where the hub's door is, or another one that clients reach. */
export function readDoor(settings: Settings, fallbackPort = 4000): { host: string; port: number } {
  const host = settings.text({ option: 'host', variable: 'HOST' }) ?? '127.0.0.1';
  if (!isLoopback(host)) {
    const name = settings.text({ option: 'host' }) === undefined ? 'HOST' : '--host';
    settings.fault(
      `${name} is "${host}"; until the hub knows its viewers it listens on loopback only: 127.0.0.1, ::1 or localhost.`,
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

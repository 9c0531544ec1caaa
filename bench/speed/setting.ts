/** What a scenario's gateways are started with: files in a directory of its own. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defaultRegistryFile } from '../../common/court-registry.ts';
import type { Addresses, UpstreamsTold } from './upstreams/main.ts';
import { toFirstFederation } from './world/first-federation.ts';
import { composePlain, type PlainSubgraph } from './world/supergraph.ts';

export interface Setting {
  readonly addresses: Addresses;
  /** The registry of these courts, for Nonet. */
  readonly registryFile: string;
  /** The supergraph of these courts side by side, for the others. */
  readonly supergraphFile: string;
  /** The same as a list of subgraphs in the words of the first federation. */
  readonly servicesFile: string;
  /** `{ courts, addresses }`, for what is written by hand. */
  readonly settingFile: string;
  remove(): void;
}

/** Writes the files. */
export function writeSetting(courts: readonly string[], { addresses, plain }: UpstreamsTold): Setting {
  const directory = mkdtempSync(join(tmpdir(), 'nonet-bench-'));
  const write = (name: string, text: string): string => {
    const file = join(directory, name);
    writeFileSync(file, text);
    return file;
  };
  const registry = JSON.parse(readFileSync(defaultRegistryFile, 'utf8')) as { courts: { code: string }[] };
  const entries = registry.courts
    .filter(({ code }) => courts.includes(code))
    .map((entry) => ({ ...entry, endpoint: { url: addresses[entry.code] } }));
  return {
    addresses,
    registryFile: write('courts.json', JSON.stringify({ courts: entries })),
    supergraphFile: write('supergraph.graphql', composePlain(plain)),
    servicesFile: write('services.json', JSON.stringify(toServices(courts.length, plain))),
    settingFile: write('setting.json', JSON.stringify({ courts, addresses })),
    remove: () => rmSync(directory, { recursive: true }),
  };
}

/** Courts stand first, and have the entities that agencies add to. */
function toServices(courts: number, plain: readonly PlainSubgraph[]): object[] {
  return plain.map(({ name, url, sdl }, index) => ({ name, url, schema: toFirstFederation(sdl, index < courts) }));
}

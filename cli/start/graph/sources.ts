/** The files that a graph is composed of. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { registrySdl } from '../../../gateway/registry/schema.ts';
import { agencyEntries } from '../agencies.ts';
import type { Texts } from '../file-watch.ts';
import type { GraphSources } from './recompose.ts';

/** The files of a directory that make a graph: the contract and each subgraph's SDL. */
export function filesOfGraph(directory: string): readonly string[] {
  return ['court', ...subgraphNames].map((name) => fileOf(directory, name));
}

/** The sources in those files; or what is missing or cannot be used. */
export function toSources(directory: string, texts: Texts): GraphSources | readonly string[] {
  const textOf = (name: string) => texts.get(fileOf(directory, name)) ?? null;
  const missing = ['court', ...subgraphNames].filter((name) => textOf(name) === null && name !== registry);
  if (missing.length > 0) {
    return missing.map((name) => `${fileOf(directory, name)} cannot be read; it has to hold the SDL of ${name}.`);
  }
  if ((textOf(registry) ?? registrySdl).trim() !== registrySdl.trim()) {
    return [
      `${fileOf(directory, registry)} is not what this hub serves of its registry; take the file of its own version, or start the hub that goes with the file.`,
    ];
  }
  return {
    contractSdl: textOf('court')!,
    subgraphs: subgraphNames.map((name) => [name, name === registry ? registrySdl : textOf(name)!]),
    operations: registeredOperations(),
  };
}

/** Served by the hub itself, so that no file can change it. */
const registry = 'registry';

const subgraphNames = [registry, ...agencyEntries.map(({ name }) => name), 'command'];

function fileOf(directory: string, name: string): string {
  return join(directory, `${name}.graphql`);
}

function registeredOperations(): GraphSources['operations'] {
  const directory = fileURLToPath(new URL('../../../schema/operations/', import.meta.url));
  return readdirSync(directory)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => [name, readFileSync(join(directory, name), 'utf8')]);
}

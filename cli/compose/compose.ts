/** `nonet compose`: composes the graph and writes, or compares, what is committed of it. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { composeGraph } from '../../schema/supergraph.ts';
import { UsageFault, type Command } from '../command.ts';
import { parseOptions } from '../options.ts';
import { contractSdl, subgraphSdls } from './subgraphs.ts';

/** Where the emitted SDLs are kept. */
export const emittedDirectory = new URL('../../schema/emitted/', import.meta.url);

export const compose: Command = {
  help: [
    'Usage: nonet compose [--write | --check]',
    '',
    'Composes the supergraph from the court contract and the subgraphs. Prints the API schema.',
    '  --write  write schema/emitted/ (subgraph SDLs, supergraph.graphql, api.graphql)',
    '  --check  exit 1 when schema/emitted/ is not what the programs emit now',
  ].join('\n'),
  run(args) {
    const { write, check } = parseOptions(args, { write: { type: 'boolean' }, check: { type: 'boolean' } }).values;
    if (write && check) throw new UsageFault('--write and --check exclude each other: give one of them.');
    const files = emit();
    if (write) {
      mkdirSync(emittedDirectory, { recursive: true });
      for (const [name, text] of files) writeFileSync(new URL(name, emittedDirectory), text);
      console.log(`Wrote ${files.size} files to ${fileURLToPath(emittedDirectory)}.`);
      return Promise.resolve(0);
    }
    if (check) return Promise.resolve(compare(files));
    console.log(files.get('api.graphql'));
    return Promise.resolve(0);
  },
};

/** Every file of schema/emitted/ as the programs emit it now; throws ContractError when nothing can be composed. */
export function emit(): Map<string, string> {
  const { supergraphSdl, apiSdl } = composeGraph(contractSdl, subgraphSdls);
  return new Map(
    [
      ['court.graphql', contractSdl],
      ...[...subgraphSdls].map(([name, sdl]) => [`${name}.graphql`, sdl] as const),
      ['supergraph.graphql', supergraphSdl],
      ['api.graphql', apiSdl],
    ].map(([name, text]): [string, string] => [name, `${text.trim()}\n`]),
  );
}

function compare(files: ReadonlyMap<string, string>): number {
  const drifted = [...files].filter(([name, text]) => {
    const file = new URL(name, emittedDirectory);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
  for (const [name] of drifted) {
    console.error(
      `schema/emitted/${name} is not what the programs emit now. Run: npm run emit, and commit what changed.`,
    );
  }
  return drifted.length === 0 ? 0 : 1;
}

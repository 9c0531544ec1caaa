/** The graph that is checked: our own programs', or what is in a directory, composed as a hub composes what it follows. */

import { readFileSync } from 'node:fs';

import { composeGraph } from '../../schema/supergraph.ts';
import { UsageFault } from '../command.ts';
import { contractSdl as ownContract, subgraphSdls } from '../compose/subgraphs.ts';
import { readTexts } from '../start/file-watch.ts';
import { recompose } from '../start/graph/recompose.ts';
import { filesOfGraph, toSources } from '../start/graph/sources.ts';

export interface CheckedGraph {
  readonly contractSdl: string;
  readonly apiSdl: string;
  /** Words that say where it is from; none for our own. */
  readonly title: string;
}

export interface GraphPlace {
  /** Null for our own programs. */
  readonly directory: string | null;
  /** A contract in the place of the one there. */
  readonly contractFile: string | undefined;
}

/** A graph in a directory that a hub would not answer by: every fault, one a line. */
export class GraphRefused extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/** Composes it; throws ContractError or GraphRefused with what does not compose, UsageFault for a contract that cannot be read. */
export async function composeChecked({ directory, contractFile }: GraphPlace): Promise<CheckedGraph> {
  const another = contractFile === undefined ? null : readText(contractFile);
  if (directory === null) {
    const contractSdl = another ?? ownContract;
    return { contractSdl, apiSdl: composeGraph(contractSdl, subgraphSdls).apiSdl, title: '' };
  }
  const sources = toSources(directory, await readTexts(filesOfGraph(directory)));
  if (!('contractSdl' in sources)) throw new GraphRefused(sources);
  // What people rely on is asked of the contract that a hub answers by, not of one that is tried.
  const wanted = another === null ? sources : { ...sources, contractSdl: another, operations: [] };
  const recomposed = recompose(wanted);
  if (recomposed.kind === 'refused') throw new GraphRefused(recomposed.faults);
  const { apiSdl } = composeGraph(wanted.contractSdl, new Map(wanted.subgraphs));
  return { contractSdl: wanted.contractSdl, apiSdl, title: ` of ${directory}` };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageFault(`cannot read ${file} (${(error as NodeJS.ErrnoException).code ?? 'unreadable'}).`);
  }
}

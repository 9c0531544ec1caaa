/** `nonet check`: would this court's SDL work in this city? Asked before the court joins. */

import { readFileSync } from 'node:fs';

import { findBreakingChanges, findDangerousChanges } from 'graphql';

import { createRemote } from '../../gateway/asking/remote.ts';
import { composeGraph } from '../../schema/supergraph.ts';
import { readContract } from '../../schema/horizontal/contract.ts';
import { ContractError } from '../../schema/horizontal/fault.ts';
import { refusalsOf } from '../../schema/horizontal/refusals.ts';
import { UsageFault, type Command } from '../command.ts';
import { contractSdl, subgraphSdls } from '../compose/subgraphs.ts';
import { parseOptions } from '../options.ts';

export const check: Command = {
  help: [
    'Usage: nonet check [--court FILE|URL]',
    '',
    'Without options: checks that the contract and the subgraphs compose.',
    "  --court FILE|URL  checks a court's SDL (a file, or a running court) against the published contract:",
    '                    what is missing or different, what is new. Exit 1 when the court could not serve the contract.',
  ].join('\n'),
  async run(args) {
    const { court } = parseOptions(args, { court: { type: 'string' } }).values;
    try {
      composeGraph(contractSdl, subgraphSdls);
      if (court === undefined) {
        console.log('The contract and the subgraphs compose.');
        return 0;
      }
      return compareWithContract(await readCourt(court), court);
    } catch (error) {
      if (!(error instanceof ContractError)) throw error;
      console.error(error.message);
      return 1;
    }
  },
};

function compareWithContract(sdl: string, name: string): number {
  const contract = readContract(contractSdl, 'contract');
  const court = readContract(sdl, name);
  const faults = refusalsOf(court, name);
  const breaking = findBreakingChanges(contract.schema, court.schema);
  for (const fault of faults) console.error(`refused: ${fault.coordinate}: ${fault.reason} ${fault.remedy}`);
  for (const change of breaking) console.error(`missing or different: ${change.description}`);
  for (const change of findDangerousChanges(contract.schema, court.schema)) console.log(`note: ${change.description}`);
  if (faults.length + breaking.length === 0) console.log(`${name} serves the whole contract.`);
  return faults.length + breaking.length === 0 ? 0 : 1;
}

async function readCourt(place: string): Promise<string> {
  if (!/^https?:\/\//.test(place)) {
    try {
      return readFileSync(place, 'utf8');
    } catch (error) {
      throw new UsageFault(`cannot read ${place} (${(error as NodeJS.ErrnoException).code ?? 'unreadable'}).`);
    }
  }
  const remote = createRemote(place);
  try {
    const { data } = await remote.ask({ query: '{ _service { sdl } }' }, AbortSignal.timeout(10_000));
    const sdl = (data?.['_service'] as { sdl?: unknown } | undefined)?.sdl;
    if (typeof sdl !== 'string')
      throw new Error(`${place} does not answer { _service { sdl } } as a federation subgraph does.`);
    return sdl;
  } finally {
    await remote.stop();
  }
}

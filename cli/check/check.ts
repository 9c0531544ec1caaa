/** `nonet check`: does the graph compose, and what would happen if this court joined? Asked before the court joins. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { readContract, type Contract } from '../../schema/horizontal/contract.ts';
import { judgeMember } from '../../schema/horizontal/drift/judge.ts';
import { ContractError } from '../../schema/horizontal/fault.ts';
import { composeGraph } from '../../schema/supergraph.ts';
import { UsageFault, type Command } from '../command.ts';
import { contractSdl, subgraphSdls } from '../compose/subgraphs.ts';
import { parseOptions } from '../options.ts';
import { CourtUnavailable, readCourtSdl } from './court-sdl.ts';
import { readOperations, type Registered } from './operations.ts';
import { reportOf } from './report.ts';

const ownOperations = fileURLToPath(new URL('../../schema/operations/', import.meta.url));

export const check: Command = {
  help: [
    'Usage: nonet check [--contract FILE] [--court FILE|URL [--operations DIR]…]',
    '',
    'Without options: checks that the contract and the subgraphs compose.',
    '  --court FILE|URL  says what would happen if this court joined (its SDL in a file, or a running court): whole, with',
    '                    gaps and what each means, or quarantined and why; breaking and dangerous changes; and what',
    '                    registered operations would show',
    '  --contract FILE   another contract than the published one',
    '  --operations DIR  more registered operations (*.graphql, variables beside them in *.json); may be repeated',
    '',
    'Exit 0: composes, or joins whole or with gaps. 1: does not compose, or would be quarantined. 69: the court does not answer.',
  ].join('\n'),
  async run(args) {
    const { values } = parseOptions(args, {
      court: { type: 'string' },
      contract: { type: 'string' },
      operations: { type: 'string', multiple: true },
    });
    if (values.operations && values.court === undefined) {
      throw new UsageFault('--operations says what operations would show of a court: give --court too.');
    }
    const sdl = values.contract === undefined ? contractSdl : readText(values.contract);
    const operations = [ownOperations, ...(values.operations ?? [])].map((directory) => [...readOperations(directory)]);
    try {
      const { apiSdl } = composeGraph(sdl, subgraphSdls);
      if (values.court === undefined) {
        console.log('The contract and the subgraphs compose.');
        return 0;
      }
      return await checkCourt(values.court, readContract(sdl, 'contract'), { apiSdl, operations: operations.flat() });
    } catch (error) {
      if (error instanceof CourtUnavailable) {
        console.error(`nonet check: ${error.message}`);
        return 69;
      }
      if (!(error instanceof ContractError)) throw error;
      console.error(error.message);
      return 1;
    }
  },
};

async function checkCourt(place: string, contract: Contract, registered: Registered): Promise<number> {
  const sdl = await readCourtSdl(place);
  const judgement = judgeMember(contract, sdl, place);
  const { faults, lines } = reportOf({ place, sdl, contract, judgement, registered });
  for (const line of faults) console.error(line);
  for (const line of lines) console.log(line);
  return faults.length === 0 ? 0 : 1;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageFault(`cannot read ${file} (${(error as NodeJS.ErrnoException).code ?? 'unreadable'}).`);
  }
}

/** Composes the supergraph: the contract split in three, the agencies, and the hub's own registry (stock composition). */

import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { parse, printSchema } from 'graphql';

import { readContract } from './horizontal/contract.ts';
import { ContractError } from './horizontal/fault.ts';
import { neighbourFaults } from './horizontal/neighbours.ts';
import { logicalNames, splitContract } from './horizontal/split.ts';
import { planningFaults } from './planning/refusals.ts';

export interface ComposedGraph {
  /** What the gateway loads. */
  readonly supergraphSdl: string;
  /** What clients see. */
  readonly apiSdl: string;
}

/** Composes; throws ContractError with every fault. `subgraphs` are ordinary ones by name. */
export function composeGraph(contractSdl: string, subgraphs: ReadonlyMap<string, string>): ComposedGraph {
  const contract = readContract(contractSdl, 'contract');
  const logical = splitContract(contract);
  const faults = [...subgraphs].flatMap(([name, sdl]) => neighbourFaults(contract, name, sdl));
  if (faults.length > 0) throw new ContractError(faults);
  const services = [
    ...logicalNames.map((name) => ({ name, typeDefs: parse(logical[name]) })),
    ...[...subgraphs].map(([name, sdl]) => ({ name, typeDefs: parse(sdl) })),
  ];
  const { errors, supergraphSdl } = composeServices(services);
  if (errors) {
    throw new ContractError(
      errors.map((error) => ({
        member: 'composition',
        coordinate: typeof error.extensions['code'] === 'string' ? error.extensions['code'] : 'COMPOSITION',
        reason: error.message,
        remedy: 'Mend the subgraph that the message names, then compose again.',
      })),
    );
  }
  const misplanned = planningFaults(supergraphSdl);
  if (misplanned.length > 0) throw new ContractError(misplanned);
  const schema = Supergraph.build(supergraphSdl).apiSchema();
  return { supergraphSdl: `${supergraphSdl.trimEnd()}\n`, apiSdl: `${printSchema(schema.toGraphQLJSSchema())}\n` };
}

/** Composes a graph from its SDLs and makes sure of it, as far as that can be done without asking anybody. */

import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';

import { ContractError, toLine } from '../../../schema/horizontal/fault.ts';
import { composeGraph } from '../../../schema/supergraph.ts';

/** What is composed. It travels to a thread, so it is plain data. */
export interface GraphSources {
  readonly contractSdl: string;
  /** The ordinary subgraphs: name and SDL. */
  readonly subgraphs: readonly (readonly [string, string])[];
  /** Operations that people rely on, name and text: all of them have to be answerable. */
  readonly operations: readonly (readonly [string, string])[];
}

export type Recomposed =
  | { readonly kind: 'composed'; readonly supergraphSdl: string }
  | { readonly kind: 'refused'; readonly faults: string[] };

/** Composes, loads and plans; what is wrong is told in full, one fault a line. */
export function recompose({ contractSdl, subgraphs, operations }: GraphSources): Recomposed {
  try {
    const { supergraphSdl } = composeGraph(contractSdl, new Map(subgraphs));
    const faults = faultsOfPlans(supergraphSdl, operations);
    return faults.length > 0 ? { kind: 'refused', faults } : { kind: 'composed', supergraphSdl };
  } catch (error) {
    if (error instanceof ContractError) return { kind: 'refused', faults: error.faults.map(toLine) };
    // Composition and parser throw errors of their own about texts they cannot take.
    return { kind: 'refused', faults: [error instanceof Error ? error.message : String(error)] };
  }
}

function faultsOfPlans(supergraphSdl: string, operations: GraphSources['operations']): string[] {
  const supergraph = Supergraph.build(supergraphSdl);
  const planner = new QueryPlanner(supergraph);
  return operations.flatMap(([name, text]) => {
    try {
      planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema(), parse(text)));
      return [];
    } catch (error) {
      return [`operation ${name}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}

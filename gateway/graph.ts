/** One graph: a contract with the supergraph that was composed of it, ready to answer. It never changes; another takes its place. */

import { setImmediate as breathe } from 'node:timers/promises';

import { Supergraph } from '@apollo/federation-internals';
import type { ApolloServer } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';

import { readContract, type Contract } from '../schema/horizontal/contract.ts';
import { createApollo } from './apollo.ts';
import type { Upstream } from './asking/upstream.ts';
import type { City } from './city.ts';
import { createGateway } from './execution/gateway.ts';
import type { Source } from './explain/foresight.ts';
import type { RequestContext } from './request-context.ts';
import { allHeldBy, type Holder } from './sources/holder.ts';
import { createOwnedSource } from './sources/owned.ts';
import { ownedTypesOf } from './sources/routed.ts';

/** What a graph is made of. */
export interface GraphSdl {
  /** The court contract: SDL with the hub's directives. */
  readonly contractSdl: string;
  readonly supergraphSdl: string;
}

/** Who answers: the courts, and who answers what they do not. */
export interface GraphParts {
  readonly city: City;
  readonly agencies: ReadonlyMap<string, Upstream>;
  readonly command: Upstream;
  /** Told of faults of our own that belong to no request. */
  readonly report: ((fault: Error) => void) | undefined;
  /** Told why an operation was left to the stock executor to fetch. */
  readonly fellBack: ((reason: string) => void) | undefined;
}

export interface Graph {
  readonly contract: Contract;
  readonly apollo: ApolloServer<RequestContext>;
  /** A request begins that is answered by this graph; to be called when it has ended. */
  enter(): () => void;
  /** Resolves when no request is inside. To be called when no other can enter. */
  left(): Promise<void>;
  stop(): Promise<void>;
}

/** Loads a graph; rejects when the supergraph or the contract cannot be read. Between its steps requests are answered. */
export async function openGraph({ contractSdl, supergraphSdl }: GraphSdl, parts: GraphParts): Promise<Graph> {
  const contract = readContract(contractSdl, 'contract');
  await breathe();
  const shown = Supergraph.build(supergraphSdl).apiSchema();
  await breathe();
  const publicSchema = shown.toGraphQLJSSchema();
  await breathe();
  const sources = graphSources(contract, { supergraphSdl, publicSchema }, parts);
  const apollo = createApollo(createGateway(supergraphSdl, sources, parts));
  await apollo.start();
  let requests = 0;
  let lastLeft = () => {};
  return {
    contract,
    apollo,
    enter() {
      requests += 1;
      let isInside = true;
      return () => {
        if (!isInside) return;
        isInside = false;
        requests -= 1;
        if (requests === 0) lastLeft();
      };
    },
    left: () => (requests === 0 ? Promise.resolve() : new Promise((resolve) => (lastLeft = resolve))),
    stop: () => apollo.stop(),
  };
}

/** Who answers each subgraph of the supergraph, the agencies and the command centre included. */
export function graphSources(
  contract: Contract,
  { supergraphSdl, publicSchema }: { readonly supergraphSdl: string; readonly publicSchema: GraphQLSchema },
  { city, agencies, command }: Pick<GraphParts, 'city' | 'agencies' | 'command'>,
): ReadonlyMap<string, Source> {
  // What clients see is what agencies and the command centre may answer: their fields of the court's entities are public.
  const types = ownedTypesOf(contract, publicSchema);
  const sourceOf = (holder: Holder, agency?: string) => {
    const holders = allHeldBy(holder);
    return createOwnedSource({
      types,
      holdersOf: () => holders,
      belonging: { ownerKeys: [], parts: [] },
      requiredTypes: new Set(),
      deadlineMs: city.deadlines.agencyMs,
      ...(agency !== undefined && { agency }),
    });
  };
  const centre = { id: 'command', upstream: command, source: { subgraph: 'command' }, isOwn: true };
  return new Map<string, Source>([
    ...Object.entries(city.sourcesOf(contract, supergraphSdl)),
    ['command', sourceOf({ ...centre, label: 'The command centre' })],
    ...[...agencies].map(([name, upstream]) => {
      const agency = { id: name, upstream, source: { agency: name }, label: `Agency ${name}`, isOwn: false };
      return [name, sourceOf(agency, name)] as const;
    }),
  ]);
}

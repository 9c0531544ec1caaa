/** What `nonet serve city` does, in the process of the engine that asks it: the best that an engine can have our courts by. */

import { readCourtRegistry } from '../../../common/court-registry.ts';
import type { Answer, Question } from '../../../common/wire.ts';
import { emittedGraph } from '../../../cli/start/hub.ts';
import { openCourtAsks } from '../../../cli/start/membership.ts';
import { stacked } from '../../../cli/start/stack.ts';
import { toAsking } from '../../../gateway/asking/settings.ts';
import { createCity, type CitySubgraph } from '../../../gateway/city.ts';
import { createServedCity } from '../../../gateway/serving/city.ts';
import { withAddresses } from '../../../schema/addresses.ts';
import { agencies } from '../world/table.ts';

export interface Scatter {
  /** Answers for a subgraph of the courts; null for one that is asked elsewhere. */
  answerOf(subgraph: string): ((question: Question) => Promise<Answer>) | null;
  /** The hub's supergraph with the addresses that `addresses` has as JSON; nobody is asked at those of the courts. */
  supergraphOf(addresses: string): string;
}

/** Opens it over the courts of a registry file. */
export function openScatterOver(registryFile: string): Promise<Scatter> {
  return stacked((stack) => {
    const registry = readCourtRegistry(registryFile);
    const graph = emittedGraph();
    const courts = openCourtAsks(stack, toAsking(), new Map()).of(registry);
    const city = createCity({ ...graph, registry, courts }, agencies);
    const subgraphs = createServedCity(city);
    return Promise.resolve({
      answerOf(name: string) {
        const subgraph = subgraphs.get(name as CitySubgraph);
        if (!subgraph) return null;
        return async (question: Question) => {
          const context = city.contextOf(new AbortController().signal);
          try {
            return await subgraph.answer(question, context);
          } finally {
            context.release();
          }
        };
      },
      supergraphOf(text: string) {
        const { addresses } = JSON.parse(text) as { readonly addresses: Readonly<Record<string, string>> };
        const nowhere = [...subgraphs.keys(), 'command'].map((name) => [name, 'http://127.0.0.1:9/graphql'] as const);
        return withAddresses(graph.supergraphSdl, new Map([...nowhere, ...Object.entries(addresses)]));
      },
      stop: () => Promise.resolve(),
    });
  });
}

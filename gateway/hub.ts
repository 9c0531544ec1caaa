/** The hub: nine courts and the agencies behind one graph. Everything it needs is handed to it; it opens no door itself. */

import type { ApolloServer } from '@apollo/server';

import type { Viewer } from '../common/viewer.ts';
import type { Way } from './asking/upstream.ts';
import { createCity, type City, type CityOptions } from './city.ts';
import { openGraph, type Graph, type GraphSdl } from './graph.ts';
import type { Entrance } from './http/graphql.ts';
import type { HubStatus } from './http/status.ts';
import { toShownStanding } from './membership/shown.ts';
import type { RequestRecord } from './operating/record.ts';
import type { RequestContext } from './request-context.ts';

export interface HubOptions extends CityOptions {
  /** How to ask each agency, by subgraph name, and the key fields of the entities it extends. */
  readonly agencies: ReadonlyMap<string, Way>;
  /** How to ask the command centre, which keeps task forces. */
  readonly command: Way;
  /** Told of faults of our own that belong to no request; by default warnings of the process. */
  readonly report?: (fault: Error) => void;
}

export interface Hub extends Pick<City, 'roll' | 'contextOf'> {
  /** The server of the present graph. Whoever may meet a change of it takes `enter`. */
  readonly apollo: ApolloServer<RequestContext>;
  /** The server and the context of one request, both of this moment; to be left when the request has been answered. */
  enter(signal: AbortSignal, record: RequestRecord, viewer: Viewer): Entrance<RequestContext>;
  /** What the present graph is made by. */
  readonly contract: Graph['contract'];
  /** Loads another graph beside the present one; rejects when it cannot be loaded, and then nothing has happened. */
  load(sdl: GraphSdl): Promise<Graph>;
  /**
   * Requests that come from now on are answered by this graph; resolves when those of the one before have ended. A hub that
   * was stopped stops the graph and rejects.
   */
  take(graph: Graph): Promise<void>;
  /** What the last question to each court and agency came to, and how each court stands. */
  readonly status: () => HubStatus;
  stop(): Promise<void>;
}

/** Loads the supergraph and is ready to answer; rejects when the supergraph or the contract cannot be read. */
export async function createHub(options: HubOptions): Promise<Hub> {
  const city = createCity(options, [...options.agencies.keys()]);
  const { roll, health, contextOf, toUpstream } = city;
  const agencies = new Map([...options.agencies].map(([name, ask]) => [name, toUpstream('agency', name, ask)]));
  const command = toUpstream('subgraph', 'command', options.command);
  const { report, metrics } = options;
  const load = (sdl: GraphSdl) =>
    openGraph(sdl, { city, agencies, command, report, fellBack: metrics && ((reason) => metrics.fellBack(reason)) });
  let graph = await load(options);
  const graphs = new Set([graph]);
  let isStopped = false;
  return {
    get apollo() {
      return graph.apollo;
    },
    get contract() {
      return graph.contract;
    },
    contextOf,
    enter(signal, record, viewer) {
      const leaveGraph = graph.enter();
      const context = contextOf(signal, record, viewer);
      const leave = () => {
        context.release();
        leaveGraph();
      };
      return { apollo: graph.apollo, context, leave };
    },
    roll,
    load,
    async take(next) {
      if (isStopped) {
        await next.stop();
        throw new Error('The hub was stopped before it could take another graph.');
      }
      const before = graph;
      graph = next;
      graphs.add(next);
      await before.left();
      if (graphs.delete(before)) await before.stop();
    },
    status() {
      const { registry, members, standingOf } = roll.now();
      const toStatus = ({ code, name }: { readonly code: string; readonly name: string }) => ({
        code,
        name,
        status: health.of(code),
        ...toShownStanding(standingOf(code)),
      });
      return {
        schemaLoaded: true,
        courts: registry.courts.map((court) => {
          const hub = members.speakerOf(court.code);
          if (hub === court.code) return toStatus(court);
          return { ...toStatus(court), hub, status: health.of(hub) === 'DOWN' ? 'DOWN' : 'UNKNOWN' };
        }),
        hubs: registry.hubs.map(toStatus),
        agencies: [...agencies.keys()].map((name) => ({ code: name, name, status: health.of(name) })),
        subgraphs: [{ code: 'command', name: 'command', status: health.of('command') }],
      };
    },
    async stop() {
      isStopped = true;
      city.stop();
      for (const upstream of [...agencies.values(), command]) upstream.stop();
      const standing = [...graphs];
      graphs.clear();
      await Promise.all(standing.map((one) => one.stop()));
    },
  };
}

/** The hub with its door, as every way of starting runs it. */

import { readFileSync } from 'node:fs';

import type { CourtRegistry } from '../../common/court-registry.ts';
import type { Ask } from '../../common/wire.ts';
import { toAsking, type AskingOptions } from '../../gateway/asking/settings.ts';
import type { ExampleVariables } from '../../gateway/explorer/examples.ts';
import { openDoor } from '../../gateway/http/door.ts';
import { createHub, type HubOptions } from '../../gateway/hub.ts';
import type { UpstreamKind } from '../../gateway/operating/record.ts';
import { emittedDirectory } from '../compose/compose.ts';
import type { Operating } from '../operating/operating.ts';
import { stacked, type Stoppable } from './stack.ts';
import { wayTo, waysToCourts } from './ways.ts';

export interface OpenHubOptions {
  readonly registry: CourtRegistry;
  /** Courts of this process, by code; the others are asked at the address that the registry has. */
  readonly courts: ReadonlyMap<string, { readonly ask: Ask }>;
  /** How to ask each agency: in this process, or at an address. */
  readonly agencies: ReadonlyMap<string, { readonly ask: Ask } | string>;
  /** How to ask the command centre, likewise. */
  readonly command: { readonly ask: Ask } | string;
  /** How they are asked, where it is not by default. */
  readonly asking: AskingOptions;
  readonly examples: ExampleVariables;
  readonly host: string;
  readonly port: number;
  readonly operating: Pick<Operating, 'log' | 'metrics'>;
}

/** A running hub; `url` has no slash at the end. */
export interface OpenHub extends Stoppable {
  readonly url: string;
}

/** Starts the hub and opens its door. */
export function openHub({ registry, examples, host, port, operating, ...options }: OpenHubOptions): Promise<OpenHub> {
  return stacked(async (stack) => {
    const asking = toAsking(options.asking);
    const askOf = (kind: UpstreamKind, part: { readonly ask: Ask } | string): Ask =>
      typeof part === 'string' ? wayTo(stack, asking, kind, part) : part.ask;
    const { log, metrics } = operating;
    const own = new Map([...options.courts].map(([code, { ask }]) => [code, ask]));
    const courts = waysToCourts(stack, asking, registry, own);
    const agencies = new Map([...options.agencies].map(([name, part]) => [name, askOf('agency', part)]));
    const hub = stack.keep(
      await createHub({
        registry,
        ...emittedGraph(),
        courts,
        agencies,
        command: askOf('subgraph', options.command),
        asking: options.asking,
        metrics,
        report: (fault) => log.error('a fault of the gateway', fault),
      }),
    );
    const door = await openDoor({
      apollo: hub.apollo,
      contextOf: (_, signal, record) => Promise.resolve(hub.contextOf(signal, record)),
      status: hub.status,
      metrics,
      log,
      explorer: { variables: examples },
      host,
      port,
    });
    stack.keep({ stop: () => door.stop() });
    return { url: door.url };
  });
}

/** The emitted contract and supergraph, as the hub loads them. */
export function emittedGraph(): Pick<HubOptions, 'contractSdl' | 'supergraphSdl'> {
  const read = (name: string) => readFileSync(new URL(name, emittedDirectory), 'utf8');
  return { contractSdl: read('court.graphql'), supergraphSdl: read('supergraph.graphql') };
}

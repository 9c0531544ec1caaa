/** The hub with its door, as every way of starting runs it. */

import { readFileSync } from 'node:fs';

import type { CourtRegistry } from '../../common/court-registry.ts';
import type { PersonKey } from '../../common/person-id.ts';
import type { Ask } from '../../common/wire.ts';
import type { Prove } from '../../gateway/asking/proving.ts';
import { createRemote } from '../../gateway/asking/remote.ts';
import { toAsking, type AskingOptions } from '../../gateway/asking/settings.ts';
import type { CourtStatus } from '../../gateway/http/status.ts';
import type { ExampleVariables } from '../../gateway/explorer/examples.ts';
import { openDoor } from '../../gateway/http/door.ts';
import { createHub, type Hub, type HubOptions } from '../../gateway/hub.ts';
import { createTokenDesk } from '../../gateway/viewer/token-desk.ts';
import { unread } from '../../gateway/membership/membership.ts';
import type { Watch } from '../../gateway/membership/watch.ts';
import { emittedDirectory } from '../compose/compose.ts';
import type { UpstreamKind } from '../../gateway/operating/record.ts';
import type { Operating } from '../operating/operating.ts';
import { followGraph, readGraph } from './graph/follow.ts';
import { defaultLookEveryMs, openCourtAsks, startMembership, type FollowSettings } from './membership.ts';
import { stacked, type Stoppable } from './stack.ts';
import { startTrail, type TrailSettings } from './trail.ts';
import type { Viewers } from './viewers.ts';

export interface OpenHubOptions extends FollowSettings {
  readonly registry: CourtRegistry;
  /** Who may ask. With tokens of its own the hub is for this machine alone. */
  readonly viewers: Viewers;
  /** Courts of this process, by code; the others are asked at the address that the registry has. */
  readonly courts: ReadonlyMap<string, { readonly ask: Ask }>;
  /** How to ask each agency: in this process, or at an address. */
  readonly agencies: ReadonlyMap<string, { readonly ask: Ask } | string>;
  /** How to ask the command centre, likewise. */
  readonly command: { readonly ask: Ask } | string;
  /** Signs what is asked at addresses. */
  readonly prove?: Prove;
  /** How they are asked, where it is not by default. */
  readonly asking?: AskingOptions;
  /** Where the contract and the subgraphs' SDLs are; what is emitted of our own programs unless told. */
  readonly graph?: string | null;
  readonly examples: ExampleVariables;
  readonly host: string;
  readonly port: number;
  /** Its number, where it is one of several behind one port. */
  readonly worker?: number | undefined;
  /** Where it is recorded what agencies were asked: nobody opens a hub without having said it. */
  readonly trail: TrailSettings;
  /** By how many different identity numbers one viewer may search within an hour. */
  readonly identitySearches: number;
  /** The city's key, where the hub has it: the trail names persons by it. */
  readonly personKey?: PersonKey | null;
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
    const { prove } = options;
    const askOf = (kind: UpstreamKind, name: string, part: { readonly ask: Ask } | string): Ask => {
      if (typeof part !== 'string') return part.ask;
      // One connection more than questions at once: a breaker's probe waits for none of them.
      const connections = asking.slots[kind] + 1;
      const proof = prove && { audience: name, prove };
      return stack.keep(createRemote(part, { ...asking.answers, connections, proof })).ask;
    };
    const { log, metrics } = operating;
    const { authenticate, issuer } = options.viewers;
    const asks = openCourtAsks(stack, asking, options.courts, prove);
    const agencies = new Map([...options.agencies].map(([name, part]) => [name, askOf('agency', name, part)]));
    const graph = await readGraph(options.graph ?? null);
    const { worker, now = () => new Date(), personKey = null } = options;
    const trail = await startTrail(stack, options.trail, { worker, personKey, now, log });
    // Nobody is asked before his program was read; the watch comes when there is a roll for it to write into.
    const watching: { watch: Watch | null } = { watch: null };
    const hub: Hub = stack.keep(
      await createHub({
        registry,
        ...graph.sdl,
        courts: asks.of(registry),
        agencies,
        command: askOf('subgraph', 'command', options.command),
        asking,
        unjudged: unread,
        doubted: (code) => watching.watch?.look(code),
        metrics,
        trail,
        identitySearches: options.identitySearches,
        ...(options.now && { now: options.now }),
        report: (fault) => log.error('a fault of the gateway', fault),
      }),
    );
    const watch = await startMembership(stack, { ...options, city: hub, registry, asks, operating });
    watching.watch = watch;
    stack.keep(followGraph(graph, { hub, watch, log, metrics, everyMs: options.lookEveryMs ?? defaultLookEveryMs }));
    const door = await openDoor({
      authenticate,
      tokens: issuer === null ? undefined : createTokenDesk(issuer, () => hub.roll.now().registry.courts),
      isOpen: issuer === null,
      enter: (signal, record, viewer) => hub.enter(signal, record, viewer),
      status() {
        const status = hub.status();
        const withSkew = (own: CourtStatus) => ({ ...own, clockSkewMs: watch.skewMsOf(own.code) });
        return {
          ...status,
          ...(options.worker !== undefined && { worker: options.worker }),
          courts: status.courts.map(withSkew),
          hubs: status.hubs.map(withSkew),
        };
      },
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

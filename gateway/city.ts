/** The courts behind their logical subgraphs: what the hub and whoever serves another engine have in common. */

import type { CourtRegistry } from '../common/court-registry.ts';
import { createDeadline } from '../common/deadline.ts';
import type { Viewer } from '../common/viewer.ts';
import type { Ask } from '../common/wire.ts';
import { readContract, type Contract } from '../schema/horizontal/contract.ts';
import { createHealthBook, type HealthBook } from './asking/health.ts';
import { policiesOf, toAsking, type AskingOptions, type Deadlines } from './asking/settings.ts';
import { createUpstream, type Upstream, type Way } from './asking/upstream.ts';
import type { Source } from './explain/foresight.ts';
import { openLedger } from './ledger/ledger.ts';
import type { Standing } from './membership/membership.ts';
import { isInvalid } from './membership/reading.ts';
import { createRoll, type Roll } from './membership/roll.ts';
import { createMetrics, type Metrics } from './operating/metrics.ts';
import { openRecord, type RequestRecord, type UpstreamKind } from './operating/record.ts';
import { createRegistrySource } from './registry/subgraph.ts';
import type { RequestContext } from './request-context.ts';
import { createGatheredSource } from './sources/gathered.ts';
import { requiredTypesOf } from './sources/required-types.ts';
import { createRoutedSource } from './sources/routed.ts';
import { openGrants } from './viewer/grants.ts';
import { createSearches } from './viewer/searches.ts';
import { openRequestTrail } from './trail/request-trail.ts';
import { createMemoryTrail, type Trail } from './trail/trail.ts';

export interface CityOptions {
  readonly registry: CourtRegistry;
  /** The court contract: SDL with the hub's directives. */
  readonly contractSdl: string;
  readonly supergraphSdl: string;
  /** How to ask each court, by code. A court of the registry without an entry counts as unreachable. */
  readonly courts: ReadonlyMap<string, Way>;
  /** How they are asked, where it is not by default. */
  readonly asking?: AskingOptions;
  /** How a court stands whose program nobody has judged: it is asked unless told. */
  readonly unjudged?: Standing;
  /** Told of a court that did not understand a question it should understand: its program may be another now. */
  readonly doubted?: (code: string) => void;
  /** The day and time of the city; the process's own without it. */
  readonly now?: () => Date;
  /** Where calls are counted; counted for nobody without it. */
  readonly metrics?: Metrics;
  /** By how many different identity numbers one viewer may search within an hour; `defaultSearchesPerHour` without it. */
  readonly identitySearches?: number;
  /** Where questions to agencies and changes are recorded; in memory without it. */
  readonly trail?: Trail;
}

/** The logical subgraphs that courts and registry answer. */
export type CitySubgraph = 'city' | 'reach' | 'court' | 'registry';

export type CitySources = Readonly<Record<CitySubgraph, Source>>;

export interface City {
  readonly contract: Contract;
  /** Who takes part: follows the registry, and what is found out about each court. */
  readonly roll: Roll;
  /** What the last question to each upstream came to. */
  readonly health: HealthBook;
  readonly deadlines: Deadlines;
  readonly sources: CitySources;
  /** The same courts, asked by another contract. */
  readonly sourcesOf: (contract: Contract, supergraphSdl: string) => CitySources;
  /** An upstream that is counted, and whose health is noted. */
  readonly toUpstream: (kind: UpstreamKind, id: string, ask: Way) => Upstream;
  /**
   * The context of a request that ends when `signal` does; what happens to it is written into the record. Without a viewer
   * it is one of a program.
   */
  readonly contextOf: (signal: AbortSignal, record?: RequestRecord, viewer?: Viewer | null) => RequestContext;
  /** Courts whose breakers are open are sent no probes any more. */
  readonly stop: () => void;
}

/** Reads the contract; throws when it cannot be read. `agencies` are those that the registry's subgraph names. */
export function createCity(options: CityOptions, agencies: readonly string[]): City {
  const asking = toAsking(options.asking);
  const { deadlines } = asking;
  const health = createHealthBook();
  const contract = readContract(options.contractSdl, 'contract');
  const metrics = options.metrics ?? createMetrics();
  const toUpstream: City['toUpstream'] = (kind, id, ask) => {
    const counter = metrics.watcherOf(kind, id, asking.breaker !== null);
    const watcher: typeof counter = {
      ...counter,
      ended(outcome, elapsedMs, verdict) {
        health.note(id, verdict);
        counter.ended(outcome, elapsedMs, verdict);
      },
      probed(verdict) {
        health.note(id, verdict);
        counter.probed(verdict);
      },
    };
    return createUpstream({ kind, id, ask, watcher, ...policiesOf(asking, kind) });
  };
  const { unjudged, doubted, now = () => new Date(), trail = createMemoryTrail() } = options;
  const overheard = (code: string, way: Way): Way => {
    if (!doubted) return way;
    const over =
      (ask: Ask): Ask =>
      async (question, signal, headers) => {
        const answer = await ask(question, signal, headers);
        if (isInvalid(answer)) doubted(code);
        return answer;
      };
    return typeof way === 'function' ? over(way) : way.map(over);
  };
  const roll = createRoll({
    registry: options.registry,
    asks: options.courts,
    toUpstream: (code, ask) => toUpstream('court', code, overheard(code, ask)),
    ...(unjudged && { unjudged }),
  });
  // Beside the sources, which are made anew with each contract.
  const searches = createSearches(options.identitySearches);
  const sourcesOf: City['sourcesOf'] = (by, supergraphSdl) => {
    const { restMs } = asking.pages;
    const gathered = createGatheredSource({ contract: by, deadlineMs: deadlines.courtMs, restMs, searches });
    return {
      city: gathered,
      reach: gathered,
      court: createRoutedSource(by, requiredTypesOf(by, supergraphSdl), deadlines.courtMs, asking.pages.wholeRows),
      registry: createRegistrySource({ agencies, health, trail }),
    };
  };
  return {
    contract,
    roll,
    health,
    deadlines,
    sources: sourcesOf(contract, options.supergraphSdl),
    sourcesOf,
    toUpstream,
    contextOf(given, record = openRecord(), viewer = null) {
      const deadline = createDeadline(given, deadlines.requestMs);
      return {
        viewer,
        grants: openGrants(viewer),
        membership: roll.now(),
        ledger: openLedger(),
        now,
        record,
        trail: openRequestTrail(trail),
        late: new Set(),
        requestMs: deadlines.requestMs,
        signal: deadline.signal,
        release: () => deadline.release(),
      };
    },
    stop: () => roll.stop(),
  };
}

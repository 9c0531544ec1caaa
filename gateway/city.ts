/** The courts behind their logical subgraphs: what the hub and whoever serves another engine have in common. */

import type { GraphQLDataSource } from '@apollo/gateway';

import type { CourtRegistry } from '../common/court-registry.ts';
import { createDeadline } from '../common/deadline.ts';
import type { Ask } from '../common/wire.ts';
import { readContract, type Contract } from '../schema/horizontal/contract.ts';
import { defaultBreaker, type BreakerSettings } from './asking/breaker.ts';
import { createHealthBook, type HealthBook } from './asking/health.ts';
import { createUpstream, type Upstream } from './asking/upstream.ts';
import { openLedger } from './ledger/ledger.ts';
import { createRoll, type Roll } from './membership/roll.ts';
import { createMetrics, type Metrics } from './operating/metrics.ts';
import { openRecord, type RequestRecord, type UpstreamKind } from './operating/record.ts';
import { createRegistrySource } from './registry/subgraph.ts';
import type { RequestContext } from './request-context.ts';
import { createGatheredSource } from './sources/gathered.ts';
import { requiredTypesOf } from './sources/required-types.ts';
import { createRoutedSource } from './sources/routed.ts';

export interface CityOptions {
  readonly registry: CourtRegistry;
  /** The court contract: SDL with the hub's directives. */
  readonly contractSdl: string;
  readonly supergraphSdl: string;
  /** How to ask each court, by code. A court of the registry without an entry counts as unreachable. */
  readonly courts: ReadonlyMap<string, Ask>;
  readonly deadlines?: Partial<Deadlines>;
  /** When a court or agency that fails is not asked for a while; null: every question is asked. */
  readonly breaker?: Partial<BreakerSettings> | null;
  /** Where calls are counted; counted for nobody without it. */
  readonly metrics?: Metrics;
}

/** Milliseconds. A court's and an agency's deadline lie below the request's. */
export interface Deadlines {
  readonly requestMs: number;
  readonly courtMs: number;
  readonly agencyMs: number;
}

export const defaultDeadlines: Deadlines = { requestMs: 15_000, courtMs: 3_000, agencyMs: 5_000 };

/** The logical subgraphs that courts and registry answer. */
export type CitySubgraph = 'city' | 'reach' | 'court' | 'registry';

export interface City {
  readonly contract: Contract;
  /** Who takes part: follows the registry, and what is found out about each court. */
  readonly roll: Roll;
  /** What the last question to each upstream came to. */
  readonly health: HealthBook;
  readonly deadlines: Deadlines;
  readonly sources: Readonly<Record<CitySubgraph, GraphQLDataSource<RequestContext>>>;
  /** An upstream that is counted, and whose health is noted. */
  readonly toUpstream: (kind: UpstreamKind, id: string, ask: Ask) => Upstream;
  /** The context of a request that ends when `signal` does; what happens to it is written into the record. */
  readonly contextOf: (signal: AbortSignal, record?: RequestRecord) => RequestContext;
}

/** Reads the contract; throws when it cannot be read. `agencies` are those that the registry's subgraph names. */
export function createCity(options: CityOptions, agencies: readonly string[]): City {
  const deadlines = { ...defaultDeadlines, ...options.deadlines };
  const health = createHealthBook();
  const contract = readContract(options.contractSdl, 'contract');
  const metrics = options.metrics ?? createMetrics();
  const breaker = options.breaker === null ? null : { ...defaultBreaker, ...options.breaker };
  const toUpstream: City['toUpstream'] = (kind, id, ask) => {
    const watcher = metrics.watcherOf(kind, id, breaker !== null);
    const ended: typeof watcher.ended = (outcome, elapsedMs) => {
      health.note(id, outcome);
      watcher.ended(outcome, elapsedMs);
    };
    return createUpstream({ kind, id, ask, breaker, watcher: { ...watcher, ended } });
  };
  const roll = createRoll({
    registry: options.registry,
    asks: options.courts,
    toUpstream: (code, ask) => toUpstream('court', code, ask),
  });
  const gathered = createGatheredSource({ contract, deadlineMs: deadlines.courtMs });
  return {
    contract,
    roll,
    health,
    deadlines,
    sources: {
      city: gathered,
      reach: gathered,
      court: createRoutedSource(contract, requiredTypesOf(contract, options.supergraphSdl), deadlines.courtMs),
      registry: createRegistrySource({ agencies, health }),
    },
    toUpstream,
    contextOf: (signal, record = openRecord()) => ({
      membership: roll.now(),
      ledger: openLedger(),
      record,
      late: new Set(),
      ...createDeadline(signal, deadlines.requestMs),
    }),
  };
}

/** The hub: nine courts and the agencies behind one graph. Everything it needs is handed to it; it opens no door itself. */

import { Supergraph } from '@apollo/federation-internals';
import { ApolloServer } from '@apollo/server';
import type { GraphQLDataSource } from '@apollo/gateway';

import type { CourtRegistry } from '../common/court-registry.ts';
import { createDeadline } from '../common/deadline.ts';
import type { Ask } from '../common/wire.ts';
import { readContract } from '../schema/horizontal/contract.ts';
import { defaultBreaker, type BreakerSettings } from './asking/breaker.ts';
import { createHealthBook } from './asking/health.ts';
import { createUpstream, type Upstream } from './asking/upstream.ts';
import { unknownErrors } from './execution/format-error.ts';
import { createGateway } from './execution/gateway.ts';
import { reservedNames } from './execution/reserved-names.ts';
import type { HubStatus } from './http/status.ts';
import { openLedger } from './ledger/ledger.ts';
import { createRoll, type Roll } from './membership/roll.ts';
import { createMetrics, type Metrics } from './operating/metrics.ts';
import { operationEnds } from './operating/operation-end.ts';
import { openRecord, type RequestRecord, type UpstreamKind } from './operating/record.ts';
import { createRegistrySource } from './registry/subgraph.ts';
import type { RequestContext } from './request-context.ts';
import { createGatheredSource } from './sources/gathered.ts';
import { allHeldBy, type Holder } from './sources/holder.ts';
import { createOwnedSource } from './sources/owned.ts';
import { requiredTypesOf } from './sources/required-types.ts';
import { createRoutedSource, ownedTypesOf } from './sources/routed.ts';

export interface HubOptions {
  readonly registry: CourtRegistry;
  /** The court contract: SDL with the hub's directives. */
  readonly contractSdl: string;
  readonly supergraphSdl: string;
  /** How to ask each court, by code. A court of the registry without an entry counts as unreachable. */
  readonly courts: ReadonlyMap<string, Ask>;
  /** How to ask each agency, by subgraph name, and the key fields of the entities it extends. */
  readonly agencies: ReadonlyMap<string, Ask>;
  /** How to ask the command centre, which keeps task forces. */
  readonly command: Ask;
  readonly deadlines?: Partial<Deadlines>;
  /** When a court or agency that fails is not asked for a while; null: every question is asked. */
  readonly breaker?: Partial<BreakerSettings> | null;
  /** Where calls are counted; counted for nobody without it. */
  readonly metrics?: Metrics;
  /** Told of faults of our own that belong to no request; by default warnings of the process. */
  readonly report?: (fault: Error) => void;
}

/** Milliseconds. A court's and an agency's deadline lie below the request's. */
export interface Deadlines {
  readonly requestMs: number;
  readonly courtMs: number;
  readonly agencyMs: number;
}

export const defaultDeadlines: Deadlines = { requestMs: 15_000, courtMs: 3_000, agencyMs: 5_000 };

export interface Hub {
  readonly apollo: ApolloServer<RequestContext>;
  /** The context of a request that ends when `signal` does; what happens to it is written into the record. */
  contextOf(signal: AbortSignal, record?: RequestRecord): RequestContext;
  /** Who takes part: follows the registry, and what is found out about each court. */
  readonly roll: Roll;
  /** What the last question to each court and agency came to. */
  readonly status: () => HubStatus;
  stop(): Promise<void>;
}

/** Loads the supergraph and is ready to answer; rejects when the supergraph or the contract cannot be read. */
export async function createHub(options: HubOptions): Promise<Hub> {
  const deadlines = { ...defaultDeadlines, ...options.deadlines };
  const health = createHealthBook();
  const contract = readContract(options.contractSdl, 'contract');
  const metrics = options.metrics ?? createMetrics();
  const breaker = options.breaker === null ? null : { ...defaultBreaker, ...options.breaker };
  const toUpstream = (kind: UpstreamKind, id: string, ask: Ask): Upstream => {
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
  const agencies = new Map([...options.agencies].map(([name, ask]) => [name, toUpstream('agency', name, ask)]));
  const command: Holder = {
    id: 'command',
    upstream: toUpstream('subgraph', 'command', options.command),
    source: { subgraph: 'command' },
    label: 'The command centre',
    isOwn: true,
  };

  // What clients see is what agencies and the command centre may answer: their fields of the court's entities are public.
  const publicTypes = ownedTypesOf(contract, Supergraph.build(options.supergraphSdl).apiSchema().toGraphQLJSSchema());
  const sourceOf = (holder: Holder) => {
    const holders = allHeldBy(holder);
    return createOwnedSource({
      types: publicTypes,
      holdersOf: () => holders,
      ownerKeys: [],
      requiredTypes: new Set(),
      deadlineMs: deadlines.agencyMs,
    });
  };
  const gathered = createGatheredSource({ contract, deadlineMs: deadlines.courtMs });
  const sources = new Map<string, GraphQLDataSource<RequestContext>>([
    ['city', gathered],
    ['reach', gathered],
    ['court', createRoutedSource(contract, requiredTypesOf(contract, options.supergraphSdl), deadlines.courtMs)],
    ['registry', createRegistrySource({ agencies: [...agencies.keys()], health })],
    ['command', sourceOf(command)],
    ...[...agencies].map(([name, upstream]) => {
      const agency = { id: name, upstream, source: { agency: name }, label: `Agency ${name}`, isOwn: false };
      return [name, sourceOf(agency)] as const;
    }),
  ]);

  const apollo = new ApolloServer<RequestContext>({
    gateway: createGateway(options.supergraphSdl, sources, options.report),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    validationRules: [reservedNames],
    formatError: unknownErrors,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    plugins: [operationEnds()],
  });
  await apollo.start();
  return {
    apollo,
    roll,
    contextOf: (signal, record = openRecord()) => ({
      membership: roll.now(),
      ledger: openLedger(),
      record,
      late: new Set(),
      ...createDeadline(signal, deadlines.requestMs),
    }),
    status: () => ({
      schemaLoaded: true,
      courts: roll.now().registry.courts.map(({ code, name }) => ({ code, name, status: health.of(code) })),
      agencies: [...agencies.keys()].map((name) => ({ code: name, name, status: health.of(name) })),
      subgraphs: [{ code: command.id, name: command.id, status: health.of(command.id) }],
    }),
    stop: () => apollo.stop(),
  };
}

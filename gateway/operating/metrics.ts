/** What Prometheus is told, in a registry of its own. Labels take few values: codes of the registry and words of our own. */

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { Watcher } from '../asking/upstream.ts';
import type { Standing } from '../membership/membership.ts';
import type { OperationEnd, RequestOutcome, UpstreamKind } from './record.ts';

export interface Metrics {
  /** A GraphQL request has come; the function is to be called when it has been answered. */
  requestBegan(): (outcome: RequestOutcome, end: OperationEnd | null) => void;
  /** Counts a fault of our own. */
  faulted(): void;
  /** Counts an operation that was left to the stock executor, by reason. */
  fellBack(reason: string): void;
  /** Watches one court or agency; its breaker counts as closed from now on when it has one. Stopped, it has no gauges any more. */
  watcherOf(kind: UpstreamKind, upstream: string, hasBreaker: boolean): Watcher;
  /** How each court of the registry stands now; those that are not named have left. */
  standings(kinds: ReadonlyMap<string, Standing['kind']>): void;
  /** Whether a file that is followed could be used as it stands now. */
  followed(file: FollowedFile, isSound: boolean): void;
  /** Prometheus' text format, and its media type. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** What a hub follows while it runs. */
export type FollowedFile = 'registry' | 'graph';

export interface MetricsOptions {
  /** Also what Node.js tells of the process: memory, CPU, event loop. Once a process. */
  readonly process?: boolean;
  /** Which of several hubs at one port counts: a label of every series. */
  readonly worker?: string | undefined;
}

/** From what an answer out of memory takes to the request's own deadline. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];

const standingKinds = ['joined', 'unread', 'quarantined'] as const;

const breakerStates = ['closed', 'open', 'half-open'] as const;

export function createMetrics({ process = false, worker }: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  if (worker !== undefined) registry.setDefaultLabels({ worker });
  const registers = [registry];
  if (process) collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'nonet_requests_total',
    help: 'GraphQL requests answered, by outcome: whole, partial (an error or a gap), refused (the caller has to mend it), left (the client went away), fault (ours).',
    labelNames: ['outcome'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'nonet_request_duration_seconds',
    help: 'Seconds from a GraphQL request to its answer.',
    buckets,
    registers,
  });
  const requestsInFlight = new Gauge({
    name: 'nonet_requests_in_flight',
    help: 'GraphQL requests being answered now.',
    registers,
  });
  const errors = new Counter({
    name: 'nonet_errors_total',
    help: 'Errors that clients were told, by code.',
    labelNames: ['code'],
    registers,
  });
  const faults = new Counter({
    name: 'nonet_faults_total',
    help: 'Faults of the hub itself; each is a line of level error in the log.',
    registers,
  });
  const fallbacks = new Counter({
    name: 'nonet_executor_fallbacks_total',
    help: 'Operations that the compiled executor left to the stock one to fetch, by reason (subscription, defer, context, unknown_node).',
    labelNames: ['reason'],
    registers,
  });
  const gaps = new Counter({
    name: 'nonet_coverage_gaps_total',
    help: 'Gaps in the coverage of answers: a court that is missing under one field, by court, status and reason.',
    labelNames: ['upstream', 'status', 'reason'],
    registers,
  });
  const upstream = ['kind', 'upstream'] as const;
  const calls = new Counter({
    name: 'nonet_upstream_calls_total',
    help: 'Questions to courts and agencies, by kind (court, agency, subgraph), upstream and outcome; breaker_open was not sent, left was not waited for.',
    labelNames: [...upstream, 'outcome'],
    registers,
  });
  const callSeconds = new Histogram({
    name: 'nonet_upstream_duration_seconds',
    help: 'Seconds from a question to its answer or failure, by kind and upstream; without those that the breaker stopped.',
    labelNames: upstream,
    buckets,
    registers,
  });
  // Counted here, and told when somebody looks.
  const flights = new Set<{ readonly labels: Record<(typeof upstream)[number], string>; count: number }>();
  new Gauge({
    name: 'nonet_upstream_calls_in_flight',
    help: 'Questions that a court or agency has not answered yet.',
    labelNames: upstream,
    registers,
    collect() {
      this.reset();
      for (const { labels, count } of flights) this.inc(labels, count);
    },
  });
  const help = new Counter({
    name: 'nonet_upstream_help_total',
    help: 'Questions that were sent to help a call, by kind, upstream and help: retry (the same again), failover (elsewhere, since the first place failed or is not asked), hedge (elsewhere beside the first, which took long).',
    labelNames: [...upstream, 'help'],
    registers,
  });
  const probes = new Counter({
    name: 'nonet_upstream_probes_total',
    help: 'Questions that open circuit breakers sent, by kind, upstream and verdict: alive, failed, unknown (the hub itself stood still).',
    labelNames: [...upstream, 'verdict'],
    registers,
  });
  const unasked = new Gauge({
    name: 'nonet_endpoints_unasked',
    help: 'Endpoints of a court or agency whose circuit breaker is not closed.',
    labelNames: upstream,
    registers,
  });
  const breaker = new Gauge({
    name: 'nonet_breaker_state',
    help: 'The circuit breaker of a court or agency: 1 for the state it is in (closed, open, half-open), 0 for the others. Of several endpoints the best counts.',
    labelNames: [...upstream, 'state'],
    registers,
  });
  const standing = new Gauge({
    name: 'nonet_court_standing',
    help: 'How a court of the registry stands: 1 for joined (it is asked), unread (its program could not be read yet) or quarantined (its program cannot serve the contract), 0 for the others.',
    labelNames: ['upstream', 'standing'],
    registers,
  });
  const sound = new Gauge({
    name: 'nonet_followed_file_sound',
    help: 'Whether a file that the hub follows could be used as it stands, by file (registry, graph): 1, or 0 while the one before stays in force.',
    labelNames: ['file'],
    registers,
  });
  // Who tells of an upstream now: where it moves, the next one begins before the one before is stopped.
  const present = new Map<string, symbol>();
  return {
    requestBegan() {
      requestsInFlight.inc();
      const stop = requestSeconds.startTimer();
      return (outcome, end) => {
        requestsInFlight.dec();
        stop();
        requests.inc({ outcome });
        for (const [code, count] of Object.entries(end?.errors ?? {})) errors.inc({ code }, count);
        for (const gap of end?.gaps ?? []) gaps.inc({ ...gap });
      };
    },
    faulted: () => faults.inc(),
    fellBack: (reason) => fallbacks.inc({ reason }),
    watcherOf(kind, id, hasBreaker) {
      const labels = { kind, upstream: id };
      const show = (now: string) => {
        for (const state of breakerStates) breaker.set({ ...labels, state }, state === now ? 1 : 0);
      };
      const breakerChanged = (state: string, count: number) => {
        show(state);
        unasked.set(labels, count);
      };
      if (hasBreaker) breakerChanged('closed', 0);
      const own = Symbol(id);
      const place = `${kind} ${id}`;
      present.set(place, own);
      const flight = { labels, count: 0 };
      flights.add(flight);
      return {
        began: () => void (flight.count += 1),
        ended(outcome, elapsedMs) {
          flight.count -= 1;
          calls.inc({ kind, upstream: id, outcome });
          if (outcome !== 'breaker_open') callSeconds.observe(labels, elapsedMs / 1000);
        },
        helped: (kindOfHelp) => help.inc({ ...labels, help: kindOfHelp }),
        probed: (verdict) => probes.inc({ ...labels, verdict }),
        breakerChanged,
        stopped() {
          flights.delete(flight);
          if (present.get(place) !== own) return;
          present.delete(place);
          // Gauges tell what is; what was stays in the counters.
          unasked.remove(labels);
          for (const state of breakerStates) breaker.remove({ ...labels, state });
        },
      };
    },
    standings(kinds) {
      standing.reset();
      for (const [code, now] of kinds) {
        for (const kind of standingKinds) standing.set({ upstream: code, standing: kind }, kind === now ? 1 : 0);
      }
    },
    followed: (file, isSound) => sound.set({ file }, isSound ? 1 : 0),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

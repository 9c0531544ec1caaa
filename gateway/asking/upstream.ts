/** One court or agency as the hub knows it: where it is asked, by which policies, and who is told what came of it. */

import type { Ask } from '../../common/wire.ts';
import type { CallOutcome, UpstreamKind } from '../operating/record.ts';
import { createBreaker, type BreakerKind, type BreakerSettings, type Verdict } from './breaker.ts';
import { processClock, type Clock } from './clock.ts';
import { stateOf, type Endpoint } from './endpoint.ts';
import { createHedge, type Hedge, type HedgeSettings } from './hedge.ts';
import { createLatency } from './latency.ts';
import { sendProbe } from './probe.ts';
import { createRetry, type Retry, type RetrySettings } from './retry.ts';
import { createSlots } from './slots.ts';

export interface Upstream {
  readonly kind: UpstreamKind;
  readonly id: string;
  /** The preferred one first. All of them have the same rows. */
  readonly endpoints: readonly Endpoint[];
  readonly retry: Retry | null;
  readonly hedge: Hedge | null;
  readonly watcher: Watcher;
  readonly clock: Clock;
  /** For good: it sends no probes, and what calls say of it that requests still make counts for nobody's health. */
  stop(): void;
}

/** How somebody is asked: at one place, or at several that have the same rows, the preferred one first. */
export type Way = Ask | readonly Ask[];

/** Why a question was sent that nobody had put: again, elsewhere since the first failed or is not asked, or beside the first. */
export type Help = 'retry' | 'failover' | 'hedge';

/** Told of every call to one upstream. */
export interface Watcher {
  began(): void;
  ended(outcome: CallOutcome, elapsedMs: number, verdict: Verdict): void;
  helped(help: Help): void;
  /** A breaker sent a question of its own, and this came of it. */
  probed(verdict: Verdict): void;
  /** How it can be asked now: as its best endpoint; and how many endpoints are not asked. */
  breakerChanged(state: BreakerKind, unasked: number): void;
  /** Nobody is asked here any more, but by requests that began before. */
  stopped(): void;
}

/** What is null or absent is not done. */
export interface Policies {
  readonly breaker?: BreakerSettings | null;
  readonly retry?: RetrySettings | null;
  /** For courts with several endpoints; others are never hedged. */
  readonly hedge?: HedgeSettings | null;
  /** So many questions at once at each endpoint; the others wait in order. */
  readonly slots?: number | null;
}

export interface UpstreamOptions extends Policies {
  readonly kind: UpstreamKind;
  readonly id: string;
  readonly ask: Way;
  readonly watcher?: Partial<Watcher>;
  readonly clock?: Clock;
  /** From 0 to below 1. */
  readonly random?: () => number;
}

const nobody: Watcher = {
  began: () => undefined,
  ended: () => undefined,
  helped: () => undefined,
  probed: () => undefined,
  breakerChanged: () => undefined,
  stopped: () => undefined,
};

/** Puts an upstream together. */
export function createUpstream(options: UpstreamOptions): Upstream {
  const { kind, id, ask, retry = null, hedge = null, clock = processClock, random = Math.random } = options;
  const told = { ...nobody, ...options.watcher };
  let isStopped = false;
  const watcher: Watcher = {
    ...told,
    ended: (outcome, elapsedMs, verdict) => told.ended(outcome, elapsedMs, isStopped ? 'unknown' : verdict),
    probed: (verdict) => isStopped || told.probed(verdict),
  };
  const asks = typeof ask === 'function' ? [ask] : ask;
  const ownHedge = kind === 'court' && asks.length > 1 ? hedge : null;
  const guard = (place: Endpoint, settings: BreakerSettings) =>
    createBreaker({
      settings,
      clock,
      probe: async () => {
        const verdict = await sendProbe(kind, place, settings.probeDeadlineMs);
        watcher.probed(verdict);
        return verdict;
      },
      changed: () => watcher.breakerChanged(...stateOf(endpoints)),
    });
  const endpoints: Endpoint[] = asks.map((own, index) => {
    const place: Endpoint = {
      id: index === 0 ? id : `${id}#${index + 1}`,
      ask: own,
      isAskable: true,
      slots: options.slots == null ? null : createSlots(options.slots),
      breaker: null,
      latency: ownHedge && createLatency(ownHedge),
    };
    return options.breaker ? { ...place, breaker: guard(place, options.breaker) } : place;
  });
  return {
    kind,
    id,
    endpoints,
    watcher,
    clock,
    retry: retry && createRetry({ settings: retry, random }),
    hedge: ownHedge && createHedge(ownHedge),
    stop() {
      if (isStopped) return;
      isStopped = true;
      for (const { breaker } of endpoints) breaker?.stop();
      watcher.stopped();
    },
  };
}

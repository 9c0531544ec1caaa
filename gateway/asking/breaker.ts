/**
 * A circuit breaker for one endpoint: who keeps failing is not waited for. Closed, it lets calls through; open, it lets none
 * through and sends a question of its own at intervals. The first of these that is answered closes it on trial: then one
 * failure opens it again, and one success ends the trial.
 */

import type { Clock } from './clock.ts';

/** Times in milliseconds. */
export interface BreakerSettings {
  /** So many failures in a row open it. */
  readonly consecutiveFailures: number;
  /** It also opens when at least `failedShare` of the last `windowCalls` calls failed, all of them within `windowMs`. */
  readonly windowCalls: number;
  readonly windowMs: number;
  readonly failedShare: number;
  /** While it is open, a probe is sent so often, whether or not the last one was answered. */
  readonly probeEveryMs: number;
  /** So long an answer to a probe is waited for. */
  readonly probeDeadlineMs: number;
}

/** What a call says about its endpoint; `unknown`: nothing, as when its asker did not wait for the end. */
export type Verdict = 'alive' | 'failed' | 'unknown';

/** `half-open`: open, and a probe is on its way. */
export type BreakerKind = 'closed' | 'open' | 'half-open';

export interface Breaker {
  /** Whether calls are let through now. */
  readonly isClosed: () => boolean;
  readonly kind: () => BreakerKind;
  /** A call begins; the function is to be told what it said. Outcomes of calls that began before a turn do not count after it. */
  readonly began: () => (verdict: Verdict) => void;
  /** For good: it sends no probe, and stays as it is. */
  readonly stop: () => void;
}

export interface BreakerOptions {
  readonly settings: BreakerSettings;
  readonly clock: Clock;
  /** Asks the endpoint whether it is there; never rejects. */
  readonly probe: () => Promise<Verdict>;
  /** Told of every change of kind. */
  readonly changed?: (kind: BreakerKind) => void;
}

type State = Closed | { readonly kind: 'open' } | { readonly kind: 'half-open'; readonly probes: number };

interface Closed {
  readonly kind: 'closed';
  readonly isOnTrial: boolean;
  readonly failuresInARow: number;
  readonly recent: readonly Ended[];
}

interface Ended {
  readonly atMs: number;
  readonly failed: boolean;
}

const closed: Closed = { kind: 'closed', isOnTrial: false, failuresInARow: 0, recent: [] };

/** Starts closed. */
export function createBreaker({ settings, clock, probe, changed }: BreakerOptions): Breaker {
  let state: State = closed;
  // What began before the last opening or closing says nothing about the present.
  let era = 0;
  let isStopped = false;
  let callOff: () => void = () => undefined;
  const become = (next: State): void => {
    if (isStopped) return;
    const before = state.kind;
    state = next;
    if (next.kind === before) return;
    if (next.kind === 'closed' || before === 'closed') {
      era += 1;
      callOff();
    }
    if (before === 'closed') callOff = clock.after(settings.probeEveryMs, sendProbe);
    changed?.(next.kind);
  };
  const sendProbe = (): void => {
    callOff = clock.after(settings.probeEveryMs, sendProbe);
    become({ kind: 'half-open', probes: state.kind === 'half-open' ? state.probes + 1 : 1 });
    const began = era;
    void probe().then((verdict) => {
      if (era === began) become(afterProbe(state, verdict));
    });
  };
  return {
    isClosed: () => state.kind === 'closed',
    kind: () => state.kind,
    began() {
      const began = era;
      return (verdict) => {
        if (era === began && state.kind === 'closed') become(afterCall(state, verdict, clock.now(), settings));
      };
    },
    stop() {
      isStopped = true;
      callOff();
    },
  };
}

function afterProbe(state: State, verdict: Verdict): State {
  if (verdict === 'alive') return { ...closed, isOnTrial: true };
  return state.kind === 'half-open' && state.probes > 1 ? { ...state, probes: state.probes - 1 } : { kind: 'open' };
}

function afterCall(state: Closed, verdict: Verdict, atMs: number, settings: BreakerSettings): State {
  if (verdict === 'unknown') return state;
  const failed = verdict === 'failed';
  const recent = [...state.recent, { atMs, failed }].slice(-settings.windowCalls);
  const failuresInARow = failed ? state.failuresInARow + 1 : 0;
  if (failed && (state.isOnTrial || failuresInARow >= settings.consecutiveFailures)) return { kind: 'open' };
  if (failed && isMostlyFailed(recent, atMs, settings)) return { kind: 'open' };
  return { kind: 'closed', isOnTrial: false, failuresInARow, recent };
}

function isMostlyFailed(recent: readonly Ended[], atMs: number, settings: BreakerSettings): boolean {
  const { windowCalls, windowMs, failedShare } = settings;
  if (recent.length < windowCalls || atMs - recent[0]!.atMs > windowMs) return false;
  return recent.filter(({ failed }) => failed).length >= windowCalls * failedShare;
}

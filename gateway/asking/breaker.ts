/**
 * A circuit breaker for one endpoint: who keeps failing is not waited for. Closed, it lets everything through; open, it
 * fails at once but for one probe at a time interval; one probe that succeeds closes it.
 */

/** All that can be set; times in milliseconds, the defaults beside them in `defaultBreaker`. */
export interface BreakerSettings {
  /** So many failures in a row open it. */
  readonly consecutiveFailures: number;
  /** It also opens when at least `failedShare` of the last `windowCalls` calls failed, all of them within `windowMs`. */
  readonly windowCalls: number;
  readonly windowMs: number;
  readonly failedShare: number;
  /** While open, one call is let through so often to see whether the endpoint is back. */
  readonly probeEveryMs: number;
}

export const defaultBreaker: BreakerSettings = {
  consecutiveFailures: 5,
  windowCalls: 20,
  windowMs: 10_000,
  failedShare: 0.5,
  probeEveryMs: 500,
};

/** What a call says about its endpoint; `unknown`: nothing, as when its asker did not wait for the end. */
export type Verdict = 'alive' | 'failed' | 'unknown';

export type BreakerState =
  | { readonly kind: 'closed'; readonly failuresInARow: number; readonly recent: readonly Ended[] }
  | { readonly kind: 'open'; readonly nextProbeAtMs: number }
  | { readonly kind: 'half-open'; readonly nextProbeAtMs: number; readonly probes: number };

interface Ended {
  readonly atMs: number;
  readonly failed: boolean;
}

/** Does the work, or gives `refused()` at once without doing it. */
export type Breaker<Outcome> = (work: () => Promise<Outcome>) => Promise<Outcome>;

export interface BreakerOptions<Outcome> {
  readonly settings: BreakerSettings;
  /** A clock that never goes back, in milliseconds. */
  readonly now: () => number;
  readonly verdictOf: (outcome: Outcome) => Verdict;
  /** What a call comes to that is not let through. */
  readonly refused: () => Outcome;
  /** Told of every change of kind. */
  readonly changed?: (kind: BreakerState['kind']) => void;
}

const closed: BreakerState = { kind: 'closed', failuresInARow: 0, recent: [] };

/** Starts closed. Work is expected to tell failures as outcomes; one that throws has failed, and the error goes on. */
export function createBreaker<Outcome>(options: BreakerOptions<Outcome>): Breaker<Outcome> {
  const { settings, now, verdictOf, refused, changed } = options;
  let state = closed;
  // Calls that began before the last opening or closing say nothing about the present.
  let era = 0;
  const become = (next: BreakerState): void => {
    const isTurn = next.kind !== state.kind;
    if (isTurn && (next.kind === 'closed' || state.kind === 'closed')) era += 1;
    state = next;
    if (isTurn) changed?.(next.kind);
  };
  const judge = (verdict: Verdict, began: number): void => {
    if (began === era) become(after(state, verdict, now(), settings));
  };
  return async (work) => {
    if (state.kind !== 'closed') {
      const atMs = now();
      if (atMs < state.nextProbeAtMs) return refused();
      const probes = state.kind === 'half-open' ? state.probes + 1 : 1;
      become({ kind: 'half-open', nextProbeAtMs: atMs + settings.probeEveryMs, probes });
    }
    const began = era;
    try {
      const outcome = await work();
      judge(verdictOf(outcome), began);
      return outcome;
    } catch (error) {
      judge('failed', began);
      throw error;
    }
  };
}

/** The state after one call has ended. */
function after(state: BreakerState, verdict: Verdict, atMs: number, settings: BreakerSettings): BreakerState {
  if (state.kind === 'closed') {
    if (verdict === 'unknown') return state;
    const failed = verdict === 'failed';
    const recent = [...state.recent, { atMs, failed }].slice(-settings.windowCalls);
    const failuresInARow = failed ? state.failuresInARow + 1 : 0;
    return failed && (failuresInARow >= settings.consecutiveFailures || isMostlyFailed(recent, atMs, settings))
      ? { kind: 'open', nextProbeAtMs: atMs + settings.probeEveryMs }
      : { kind: 'closed', failuresInARow, recent };
  }
  if (verdict === 'alive') return closed;
  // A probe that has found out nothing: the next call may try.
  const nextProbeAtMs = verdict === 'unknown' ? atMs : state.nextProbeAtMs;
  const probes = state.kind === 'half-open' ? state.probes - 1 : 0;
  return probes > 0 ? { kind: 'half-open', nextProbeAtMs, probes } : { kind: 'open', nextProbeAtMs };
}

function isMostlyFailed(recent: readonly Ended[], atMs: number, settings: BreakerSettings): boolean {
  const { windowCalls, windowMs, failedShare } = settings;
  if (recent.length < windowCalls || atMs - recent[0]!.atMs > windowMs) return false;
  return recent.filter(({ failed }) => failed).length >= windowCalls * failedShare;
}

/** Deadlines as abort signals. Plain timers and listeners: composed signals of Node 20 may be collected before they fire. */

import { setMaxListeners } from 'node:events';

export interface Deadline {
  /** Ends when the time has passed or the parent ends. */
  readonly signal: AbortSignal;
  /** Ends it now. */
  end(): void;
  /** Forgets the timer and the parent; to be called when the work is done. */
  release(): void;
}

/**
 * A deadline of so many milliseconds inside a parent's. Many may listen to it, as every court and agency of a request does: that is no leak. To
 * that of one call few do, and it costs the less.
 */
export function createDeadline(parent: AbortSignal, ms: number, mayListen: 'many' | 'few' = 'many'): Deadline {
  const controller = new AbortController();
  const { signal }: { signal: TimedSignal } = controller;
  signal[endsAtMs] = Math.min((parent as TimedSignal)[endsAtMs] ?? Infinity, performance.now() + ms);
  if (mayListen === 'many') setMaxListeners(0, signal);
  const abort = () => controller.abort();
  const timer = setTimeout(abort, ms);
  timer.unref();
  if (parent.aborted) abort();
  else parent.addEventListener('abort', abort, { once: true });
  return {
    signal,
    end: abort,
    release() {
      clearTimeout(timer);
      parent.removeEventListener('abort', abort);
    },
  };
}

/** The milliseconds until a signal ends by its deadline or an outer one, 0 when that has passed; null when it has none. */
export function remainingMsOf(signal: AbortSignal): number | null {
  const end = (signal as TimedSignal)[endsAtMs];
  // A timer may fire a fraction of a millisecond early.
  if (end !== undefined && signal.aborted) return 0;
  return end === undefined ? null : Math.max(0, end - performance.now());
}

/**
 * When a signal ends, by the clock of `performance.now()`. Everything that asks hands its signal on, so a deadline needs no
 * place of its own in each signature between.
 */
const endsAtMs = Symbol('endsAtMs');

type TimedSignal = AbortSignal & { [endsAtMs]?: number };

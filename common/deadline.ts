/** Deadlines as abort signals. Plain timers and listeners: composed signals of Node 20 may be collected before they fire. */

import { setMaxListeners } from 'node:events';

export interface Deadline {
  /** Ends when the time has passed or the parent ends. */
  readonly signal: AbortSignal;
  /** Forgets the timer and the parent; to be called when the work is done. */
  release(): void;
}

/** A deadline of so many milliseconds inside a parent's; what the parent's signal is known for goes on to its own. */
export function createDeadline(parent: AbortSignal, ms: number): Deadline {
  const controller = new AbortController();
  // Every court and agency of a request listens; a large registry is no leak.
  setMaxListeners(0, controller.signal);
  const { endsAtMs = Infinity, requestId } = known.get(parent) ?? {};
  known.set(controller.signal, { endsAtMs: Math.min(endsAtMs, performance.now() + ms), requestId });
  const abort = () => controller.abort();
  const timer = setTimeout(abort, ms);
  timer.unref();
  if (parent.aborted) abort();
  else parent.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      parent.removeEventListener('abort', abort);
    },
  };
}

/** The milliseconds until a signal ends by its deadline or an outer one, 0 when that has passed; null when it has none. */
export function remainingMsOf(signal: AbortSignal): number | null {
  const endsAtMs = known.get(signal)?.endsAtMs;
  return endsAtMs === undefined ? null : Math.max(0, endsAtMs - performance.now());
}

/** Says for which request a signal stands; every deadline made inside it from now on stands for the same. */
export function nameRequest(signal: AbortSignal, requestId: string): void {
  known.set(signal, { ...known.get(signal), requestId });
}

/** The request that a signal stands for; undefined when nobody said. */
export function requestIdOf(signal: AbortSignal): string | undefined {
  return known.get(signal)?.requestId;
}

/** The header that names a request from program to program. */
export const requestIdHeader = 'x-request-id';

/** A request's name as it may stand in a header and a log: 1 to 128 characters that mean nothing to either; else undefined. */
export function readRequestId(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.:-]{1,128}$/.test(header) ? header : undefined;
}

interface Known {
  /** By the clock of `performance.now()`. */
  readonly endsAtMs?: number | undefined;
  readonly requestId?: string | undefined;
}

/**
 * What travels with a signal. Everything that asks hands its signal on, so what has to reach the wire needs no place of its
 * own in each signature between.
 */
const known = new WeakMap<AbortSignal, Known>();

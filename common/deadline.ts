/** Deadlines as abort signals. Plain timers and listeners: composed signals of Node 20 may be collected before they fire. */

import { setMaxListeners } from 'node:events';

export interface Deadline {
  /** Ends when the time has passed or the parent ends. */
  readonly signal: AbortSignal;
  /** Forgets the timer and the parent; to be called when the work is done. */
  release(): void;
}

/** A deadline of so many milliseconds inside a parent's. */
export function createDeadline(parent: AbortSignal, ms: number): Deadline {
  const controller = new AbortController();
  // Every court and agency of a request listens; a large registry is no leak.
  setMaxListeners(0, controller.signal);
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

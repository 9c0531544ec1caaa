/**
 * Whether the hub itself stood still while it waited. A blocked event loop reads no answer, and its timers fire first when
 * it goes on: whoever answered meanwhile looks late.
 */

/** The loop is looked at so often; it stands still when a whole beat is missed. */
const beatMs = 100;

interface Standstill {
  /** Ends the watch; gives the milliseconds for which the event loop did not turn. To be called when the work is done. */
  stop(): number;
}

/** Watches the event loop from now on. */
export function watchStandstill(): Standstill {
  let seenAtMs = performance.now();
  let stoodMs = 0;
  const see = () => {
    const atMs = performance.now();
    const lateMs = atMs - seenAtMs - beatMs;
    if (lateMs > beatMs) stoodMs += lateMs;
    seenAtMs = atMs;
  };
  const timer = setInterval(see, beatMs);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      see();
      return stoodMs;
    },
  };
}

/** Whether a passed deadline says nothing about the upstream: too much of the time went by in a standstill of our own. */
export function isOwnFault(stoodMs: number, deadlineMs: number): boolean {
  return stoodMs > Math.max(250, deadlineMs / 10);
}

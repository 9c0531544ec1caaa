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

/** A process has one event loop, so all who wait watch it by one timer, which runs while anybody does. */
const loop = { watchers: 0, timer: undefined as NodeJS.Timeout | undefined, seenAtMs: 0, stoodMs: 0 };

/** Watches the event loop from now on. */
export function watchStandstill(): Standstill {
  if (loop.watchers === 0) {
    loop.seenAtMs = performance.now();
    loop.timer = setInterval(see, beatMs);
    loop.timer.unref();
  } else {
    see();
  }
  loop.watchers += 1;
  const beforeMs = loop.stoodMs;
  let stoodMs: number | null = null;
  return {
    stop() {
      if (stoodMs !== null) return stoodMs;
      see();
      stoodMs = loop.stoodMs - beforeMs;
      loop.watchers -= 1;
      if (loop.watchers === 0) clearInterval(loop.timer);
      return stoodMs;
    },
  };
}

function see(): void {
  const atMs = performance.now();
  const lateMs = atMs - loop.seenAtMs - beatMs;
  if (lateMs > beatMs) loop.stoodMs += lateMs;
  loop.seenAtMs = atMs;
}

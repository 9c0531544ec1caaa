/** Time that stands still until a test lets it pass. */

import type { Clock } from '../../gateway/asking/clock.ts';

export interface FakeClock extends Clock {
  /** Lets so many milliseconds pass: what was to run by then runs, each at its own moment, and everything that follows from it. */
  pass(ms: number): Promise<void>;
  /** How many things wait to be run. */
  waiting(): number;
}

export function createFakeClock(): FakeClock {
  let nowMs = 1_000;
  const waiting = new Set<{ readonly atMs: number; readonly run: () => void }>();
  return {
    now: () => nowMs,
    after(ms, run) {
      const own = { atMs: nowMs + ms, run };
      waiting.add(own);
      return () => waiting.delete(own);
    },
    async pass(ms) {
      const endMs = nowMs + ms;
      await settled();
      for (;;) {
        const [next] = [...waiting].sort((one, other) => one.atMs - other.atMs);
        if (next === undefined || next.atMs > endMs) break;
        waiting.delete(next);
        nowMs = next.atMs;
        next.run();
        await settled();
      }
      nowMs = endMs;
    },
    waiting: () => waiting.size,
  };
}

/** Lets everything that is ready happen. */
export const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));

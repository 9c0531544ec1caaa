import type { Quota } from './behaviour.ts';

/** Counts calls in windows. */
export interface Meter {
  /** Takes one call: null, or in how many whole seconds (rounded up) the next window begins. */
  take(): number | null;
}

/** A meter whose first window begins with its first call; null without a quota. */
export function createQuota(quota: Quota | undefined): Meter | null {
  if (quota === undefined) return null;
  const { calls, windowMs } = quota;
  let opened = -Infinity;
  let taken = 0;
  return {
    take: () => {
      const now = performance.now();
      if (now - opened >= windowMs) {
        opened = now;
        taken = 0;
      }
      return taken++ < calls ? null : Math.ceil((opened + windowMs - now) / 1000);
    },
  };
}

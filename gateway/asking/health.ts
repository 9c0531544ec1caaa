/** What was last heard of each court and agency: shown in the registry and at `/ready`. */

import type { Verdict } from './breaker.ts';

export type Health = 'UP' | 'DOWN' | 'UNKNOWN';

export interface HealthBook {
  of(id: string): Health;
  /** Writes down what a call or a probe said; one that said nothing changes nothing. */
  note(id: string, verdict: Verdict): void;
}

export function createHealthBook(): HealthBook {
  const book = new Map<string, Health>();
  return {
    of: (id) => book.get(id) ?? 'UNKNOWN',
    note(id, verdict) {
      if (verdict !== 'unknown') book.set(id, verdict === 'alive' ? 'UP' : 'DOWN');
    },
  };
}

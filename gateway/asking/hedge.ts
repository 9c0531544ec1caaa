/** Asking a second endpoint of the same court when the first takes longer than it nearly always does, out of a budget. */

import { createBudget, type BudgetSettings } from './budget.ts';
import type { Latency, LatencySettings } from './latency.ts';

export interface HedgeSettings extends BudgetSettings, LatencySettings {
  /** Never sooner than this, in milliseconds, however quick the court is. */
  readonly soonestMs: number;
}

export interface Hedge {
  /** A call was made. */
  called(): void;
  /** Milliseconds after which another endpoint is asked as well; null as long as too little is known of this one. */
  delayMs(latency: Latency | null): number | null;
  /** Takes one question from the budget; false when there is none. */
  take(): boolean;
}

/** The hedges of one upstream. */
export function createHedge(settings: HedgeSettings): Hedge {
  const budget = createBudget(settings);
  return {
    ...budget,
    delayMs(latency) {
      const p95 = latency?.p95() ?? null;
      return p95 === null ? null : Math.max(settings.soonestMs, Math.ceil(p95));
    },
  };
}

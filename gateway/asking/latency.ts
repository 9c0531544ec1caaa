/** How long one endpoint takes: a rolling estimate over its last answers. */

export interface LatencySettings {
  /** So many of the last answers count. */
  readonly window: number;
  /** Nothing is estimated from fewer. */
  readonly fewest: number;
}

export interface Latency {
  /** One question took so long; or was given up after so long, which is no less. */
  note(ms: number): void;
  /** What 95 of 100 questions stayed below, in milliseconds; null as long as there were too few. */
  p95(): number | null;
}

/** Reckoned anew after so many answers: nobody needs it sharper, and sorting costs. */
const every = 8;

export function createLatency({ window, fewest }: LatencySettings): Latency {
  const samples: number[] = [];
  let count = 0;
  let known: number | null = null;
  return {
    note(ms) {
      samples[count % window] = ms;
      count += 1;
      if (count >= fewest && (known === null || count % every === 0)) known = p95Of(samples);
    },
    p95: () => known,
  };
}

function p95Of(samples: readonly number[]): number {
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.95) - 1]!;
}

/** How the random tests run: a new seed every time, and an old one again when it is named. */

import fc, { type Parameters } from 'fast-check';

/** Whether there is time: `npm run test:soak`. */
export const isSoak = process.env.NONET_SOAK === '1';

/**
 * `numRuns` cases. A failure prints its seed and path; `NONET_SEED` replays the run, `NONET_PATH` beside it the smallest
 * failure alone. Shrinking stops in time for the failure to be printed, and too few cases in that time are a failure as well.
 */
export function randomRun(numRuns: number): Parameters<unknown> {
  const { NONET_SEED: seed, NONET_PATH: path } = process.env;
  return {
    numRuns,
    plugins: [fc.interruptAfterTimeLimit(240_000, { failOnInterrupt: true })],
    ...(seed !== undefined && { seed: Number(seed) }),
    ...(path !== undefined && { path }),
  };
}

/** Longer than any random run may take, so that it is never the test runner that ends it. */
export const randomTimeoutMs = 270_000;

/** Longer than any run may take when there is time. */
export const soakTimeoutMs = 3_600_000;

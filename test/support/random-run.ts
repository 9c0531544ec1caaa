/** How the random tests run: a new seed every time, and an old one again when it is named. */

import fc, { type Parameters } from 'fast-check';

/**
 * `numRuns` cases. A failure prints its seed and path; `FAST_CHECK_SEED` and `FAST_CHECK_PATH` replay it. Shrinking
 * stops in time for the failure to be printed, and too few cases in that time are a failure as well.
 */
export function randomRun(numRuns: number): Parameters<unknown> {
  const { FAST_CHECK_SEED: seed, FAST_CHECK_PATH: path } = process.env;
  return {
    numRuns,
    plugins: [fc.interruptAfterTimeLimit(240_000, { failOnInterrupt: true })],
    ...(seed !== undefined && { seed: Number(seed) }),
    ...(path !== undefined && { path }),
  };
}

/** Longer than any random run may take, so that it is never the test runner that ends it. */
export const randomTimeoutMs = 270_000;

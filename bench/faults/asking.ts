/** Asking as the hub does it, many times over. */

import { askWithin } from '../../gateway/asking/ask.ts';
import type { Upstream } from '../../gateway/asking/upstream.ts';
import { openRecord } from '../../gateway/operating/record.ts';

/** One call: what it came to, and the milliseconds that it took. */
export interface Timed {
  readonly said: string;
  readonly ms: number;
}

export const question = { query: '{ cases { number stage } }' };

/** Asks once, on behalf of a request of its own. */
export async function askOnce(upstream: Upstream, deadlineMs = 3_000): Promise<Timed> {
  const startedAt = performance.now();
  const context = { record: openRecord(), signal: new AbortController().signal };
  const reply = await askWithin(upstream, question, { deadlineMs, context });
  return { said: reply.kind === 'failed' ? reply.reason : 'answered', ms: performance.now() - startedAt };
}

/** Asks so many times, so many at once. */
export async function askTimes(upstream: Upstream, times: number, atOnce: number): Promise<Timed[]> {
  const timed: Timed[] = [];
  let left = times;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      timed.push(await askOnce(upstream));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return timed;
}

/** What so many of a hundred stayed below. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? NaN;
}

export function shareOf(timed: readonly Timed[], said: string): number {
  return timed.filter((one) => one.said === said).length / timed.length;
}

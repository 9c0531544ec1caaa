/** What a gateway adds to the time that courts take, at half of the load that it can bear. */

import { drive, driveEvenly } from '../drive.ts';
import type { Gateway } from '../gateways.ts';
import type { Options } from '../options.ts';
import { quantile } from '../quantiles.ts';
import { startGateway } from '../running.ts';
import { nineCourts } from '../scenarios.ts';
import { writeSetting } from '../setting.ts';
import { startUpstreams } from '../upstreams/process.ts';
import { pageQuestion } from '../world/question.ts';

export interface AddedLatency {
  readonly perSecond: number;
  readonly requests: number;
  /** Milliseconds from question to answer. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The same, less what the slowest upstream of each hop held it. */
  readonly addedP50Ms: number;
  readonly addedP99Ms: number;
}

/** All nine courts answer after 20 ms; a page takes one hop to them, one more for who runs dry, and one to the agencies, who answer at once. */
export async function measureAddedLatency(
  gateway: Gateway,
  { cpuProfiles, roundMs, isQuick }: Options,
): Promise<AddedLatency> {
  const delaysMs = Object.fromEntries(nineCourts.courts.map((court) => [court, 20]));
  const upstreams = await startUpstreams({ shape: nineCourts, delaysMs });
  const setting = await writeSetting(nineCourts.courts, upstreams);
  const profile = cpuProfiles === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${cpuProfiles}`];
  const running = await startGateway(gateway, setting, profile);
  try {
    const { url, headers } = running;
    const load = { url, headers, query: pageQuestion, connections: 64, durationMs: roundMs };
    // The first warms up, the second tells what it can bear.
    await drive({ ...load, durationMs: isQuick ? warmUpMs.quick : warmUpMs.whole, length: null });
    const most = await drive({ ...load, durationMs: Math.max(3_000, roundMs), length: null });
    const perSecond = most.requests / most.seconds / 2;
    await upstreams.readAccount();
    const timed = await driveEvenly({ ...load, durationMs: Math.max(10_000, 4 * roundMs) }, perSecond);
    const { heldMs } = await upstreams.readAccount();
    const ascending = (values: readonly number[]) => [...values].sort((one, other) => one - other);
    const whole = ascending(timed.map(([, ms]) => ms));
    const added = ascending(timed.flatMap(([name, ms]) => (name in heldMs ? [ms - heldMs[name]!] : [])));
    return {
      perSecond,
      requests: added.length,
      p50Ms: quantile(whole, 0.5),
      p99Ms: quantile(whole, 0.99),
      addedP50Ms: quantile(added, 0.5),
      addedP99Ms: quantile(added, 0.99),
    };
  } finally {
    await running.stop();
    setting.remove();
    await upstreams.stop();
  }
}

/** What V8 still compiles stands in the way of the slowest request in a hundred. */
const warmUpMs = { quick: 8_000, whole: 30_000 } as const;

/** What watches one process: its log, its traces and, in the hub, its metrics. Opened by the composition root, handed on. */

import { createLog, type Log } from '../../common/log.ts';
import { createMetrics, type Metrics } from '../../gateway/operating/metrics.ts';
import { shareMetrics } from '../start/workers/metrics.ts';
import type { OperatingSettings } from './settings.ts';
import { startTraces } from './traces.ts';

export interface Operating {
  readonly log: Log;
  readonly metrics: Metrics;
  /** To be called last: hands over what the log and the traces still hold. */
  stop(): Promise<void>;
}

/** Opens them for the hub; the number of a worker stands in each line and each series, and its metrics tell of all workers. */
export async function openOperating(
  { level, traces }: OperatingSettings,
  env: NodeJS.ProcessEnv,
  worker: number | null = null,
): Promise<Operating> {
  const plain = createLog({ name: 'gateway', level });
  const log = worker === null ? plain : plain.with({ worker });
  const spans = await startTraces(traces, env, 'gateway');
  return {
    log,
    metrics:
      worker === null
        ? createMetrics({ process: true })
        : shareMetrics(createMetrics({ process: true, worker: String(worker) })),
    async stop() {
      // Whoever receives the spans may be gone already; that must not keep the process from ending.
      await spans
        .stop()
        .catch((fault: unknown) => log.warn(fault instanceof Error ? fault.message : 'spans were lost'));
      log.flush();
    },
  };
}

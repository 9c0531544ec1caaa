/** What watches one process: its log, its traces and, in the hub, its metrics. Opened by the composition root, handed on. */

import { createLog, type Log } from '../../common/log.ts';
import { createMetrics, type Metrics } from '../../gateway/operating/metrics.ts';
import type { OperatingSettings } from './settings.ts';
import { startTraces } from './traces.ts';

export interface Operating {
  readonly log: Log;
  readonly metrics: Metrics;
  /** To be called last: hands over what the log and the traces still hold. */
  stop(): Promise<void>;
}

/** Opens them for the hub. */
export async function openOperating({ level, traces }: OperatingSettings, env: NodeJS.ProcessEnv): Promise<Operating> {
  const log = createLog({ name: 'gateway', level });
  const spans = await startTraces(traces, env, 'gateway');
  return {
    log,
    metrics: createMetrics({ process: true }),
    async stop() {
      // Whoever receives the spans may be gone already; that must not keep the process from ending.
      await spans
        .stop()
        .catch((fault: unknown) => log.warn(fault instanceof Error ? fault.message : 'spans were lost'));
      log.flush();
    },
  };
}

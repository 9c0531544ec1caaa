/** What watches one process: its log, its metrics and its traces. The composition root opens it and hands the parts on. */

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

/** Opens them for the process of this name (`gateway`, `court 苏0312`). */
export async function openOperating(
  name: string,
  { level, traces }: OperatingSettings,
  env: NodeJS.ProcessEnv,
): Promise<Operating> {
  const log = createLog({ name, level });
  const spans = await startTraces(traces, env, name);
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

/** Several hubs behind one port, each a process of its own with its own memory; who dies is started again. */

import cluster from 'node:cluster';

import { createLog, type LogLevel } from '../../../common/log.ts';
import type { OpenHub } from '../hub.ts';
import { asPart, supervisedVariable } from '../lifetime.ts';
import { keepRunning } from '../processes/child.ts';
import { findPort } from '../processes/ports.ts';
import { stacked } from '../stack.ts';
import { collectMetrics } from './metrics.ts';
import { toTaskEnvironment, type HeldCity } from './task.ts';

export interface WorkersOptions {
  readonly workers: number;
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly level: LogLevel;
  /** What this process holds and the workers ask, where it does. */
  readonly city?: HeldCity;
}

/**
 * Starts the workers, each with this process's own command line; resolves when they answer. One that ends is started again,
 * later each time. Rejects when none of them starts.
 */
export function startWorkers({ workers, host, port: wanted, level, city }: WorkersOptions): Promise<OpenHub> {
  return stacked(async (stack) => {
    const log = createLog({ name: 'gateway', level }).with({ worker: 'primary' });
    const port = await findPort(host, wanted);
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    const metrics = collectMetrics(workers);
    const children = Array.from({ length: workers }, (_, index) => {
      const number = index + 1;
      return keepRunning(
        { title: `worker ${number}`, url },
        {
          tell: (line) => log.warn(line),
          died: () => metrics.died(),
          spawn: () =>
            cluster.fork({ ...toTaskEnvironment({ number, port, city: city ?? null }), [supervisedVariable]: asPart })
              .process,
        },
      );
    });
    stack.keep({
      async stop() {
        await Promise.all(children.map((child) => child.stop()));
        metrics.stop();
        log.flush();
      },
    });
    const ups = await Promise.all(children.map(({ up }) => up));
    if (ups.every((up) => up === null)) throw new Error('no worker starts; what they said stands above.');
    return { url };
  });
}

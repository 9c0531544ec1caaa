/** Nonet itself over the audited courts, started as its users start it. */

import { findExamples } from '../cli/start/examples.ts';
import { generateRows } from '../cli/start/courts.ts';
import { openHub, type OpenHub } from '../cli/start/hub.ts';
import { silentLog } from '../common/log.ts';
import { createMetrics } from '../gateway/operating/metrics.ts';
import type { World } from './world/world.ts';

/** Starts a hub over the courts and the command centre of the world; it has no way to any agency, and is asked for none. */
export function startHub({ registry, command }: Pick<World, 'registry' | 'command'>): Promise<OpenHub> {
  const nobody = { ask: () => Promise.reject(new Error('The audit has no agencies.')) };
  return openHub({
    registry,
    courts: new Map(),
    agencies: new Map(['bank', 'vehicle', 'property'].map((name) => [name, nobody])),
    command: command.url,
    asking: { deadlines: { courtMs: 2_000 } },
    examples: findExamples(registry, generateRows(registry, 1)),
    host: '127.0.0.1',
    port: 0,
    operating: { log: silentLog, metrics: createMetrics() },
  });
}

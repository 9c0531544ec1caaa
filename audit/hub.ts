/** Nonet itself over the audited courts, started as its users start it. */

import { findExamples } from '../cli/start/examples.ts';
import { generateRows } from '../cli/start/courts.ts';
import { openHub, type OpenHub } from '../cli/start/hub.ts';
import { inMemory } from '../cli/start/trail.ts';
import { toLocalViewers } from '../cli/start/viewers.ts';
import { silentLog } from '../common/log.ts';
import { createMetrics } from '../gateway/operating/metrics.ts';
import { makeLocalKey } from '../gateway/viewer/local-issuer.ts';
import { defaultSearchesPerHour } from '../gateway/viewer/searches.ts';
import { auditor } from './auditor.ts';
import type { World } from './world/world.ts';

/** Nonet with the header that it is asked with. */
export interface AuditedHub extends OpenHub {
  readonly headers: Readonly<Record<string, string>>;
}

/** Starts a hub over the courts and the command centre of the world; it has no way to any agency, and is asked for none. */
export async function startHub({ registry, command }: Pick<World, 'registry' | 'command'>): Promise<AuditedHub> {
  const viewers = toLocalViewers(makeLocalKey());
  const token = await viewers.issuer.issue(auditor, 86_400);
  const nobody = { ask: () => Promise.reject(new Error('The audit has no agencies.')) };
  const hub = await openHub({
    viewers,
    registry,
    courts: new Map(),
    agencies: new Map(['bank', 'vehicle', 'property'].map((name) => [name, nobody])),
    command: command.url,
    asking: { deadlines: { courtMs: 2_000 } },
    examples: findExamples(registry, generateRows(registry, 1)),
    host: '127.0.0.1',
    port: 0,
    trail: inMemory,
    identitySearches: defaultSearchesPerHour,
    operating: { log: silentLog, metrics: createMetrics() },
  });
  return { ...hub, headers: { authorization: `Bearer ${token}` } };
}

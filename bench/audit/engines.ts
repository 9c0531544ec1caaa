/** Who is audited: Nonet, and engines that have the courts as `@shareable` subgraphs. */

import { startHub } from '../../audit/hub.ts';
import type { RunOptions } from '../../audit/run.ts';
import { composeShareable } from '../../audit/shareable.ts';
import { startStock } from '../../audit/stock.ts';
import type { World } from '../../audit/world/world.ts';
import type { Stoppable } from '../../cli/start/stack.ts';
import { startHive } from '../hive/process.ts';

export interface AuditedEngine {
  readonly name: string;
  /** Starts it over the courts of this world; `url` is where its door is. */
  readonly start: (world: World) => Promise<Stoppable & { readonly url: string } & Pick<RunOptions, 'headers'>>;
  readonly patience: Pick<RunOptions, 'timeoutMs' | 'noticedWithinMs'>;
}

/** An engine that never asks courts again what they serve notices no more after a minute than after a moment. */
const impatient = { timeoutMs: 10_000, noticedWithinMs: 1_000 };

export const engines: readonly AuditedEngine[] = [
  { name: 'Nonet', start: startHub, patience: {} },
  { name: '@apollo/gateway', start: startStock, patience: impatient },
  {
    name: 'Hive Gateway',
    patience: impatient,
    async start(world) {
      const hive = await startHive(composeShareable(world));
      return { url: hive.url, stop: () => hive[Symbol.asyncDispose]() };
    },
  },
];

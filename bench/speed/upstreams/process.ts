/** The upstreams of one scenario as a process of their own, on the core that is not the gateway's. */

import { once } from 'node:events';

import { startPinned } from '../pin.ts';
import type { UpstreamsAsked, UpstreamsTold } from './main.ts';
import type { Counts } from './serve.ts';

export interface Upstreams extends UpstreamsTold {
  /** What they were asked together since this was called last. */
  readCounts(): Promise<Counts>;
  stop(): Promise<void>;
}

/** Starts them; rejects when the process ends before it has told its addresses. */
export async function startUpstreams(asked: UpstreamsAsked): Promise<Upstreams> {
  const child = startPinned('load', 'bench/speed/upstreams/main.ts', [], { ipc: true });
  const failed = once(child, 'exit').then(() => Promise.reject(new Error('The upstreams ended before they answered.')));
  child.send(asked);
  const [told] = (await Promise.race([once(child, 'message'), failed])) as [UpstreamsTold];
  failed.catch(() => undefined);
  return {
    ...told,
    async readCounts() {
      child.send('counts');
      const [counts] = (await once(child, 'message')) as [Counts];
      return counts;
    },
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

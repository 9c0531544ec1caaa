/** The upstreams of one scenario as a process of their own, on the core that is not the gateway's. */

import { once } from 'node:events';

import { startPinned } from '../pin.ts';
import type { ToldAccount, UpstreamsAsked, UpstreamsTold } from './main.ts';

export interface Upstreams extends UpstreamsTold {
  /** What happened since this was called last, or since the start. */
  readAccount(): Promise<ToldAccount>;
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
    async readAccount() {
      child.send('account');
      const [account] = (await once(child, 'message')) as [ToldAccount];
      return account;
    },
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

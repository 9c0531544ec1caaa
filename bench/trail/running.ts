/** A process with a hub in it, as whoever started it sees it. */

import { once } from 'node:events';

import { startPinned } from '../speed/pin.ts';
import type { DriveAsked, Driven, HubAsked, TrailKind } from './kinds.ts';

export interface HubProcess {
  readonly kind: TrailKind;
  /** Ends the hub that it has, and opens this one; rejects when the first answer is wrong. */
  open(asked: Omit<HubAsked, 'kind'>): Promise<void>;
  /** Asks the hub for so many milliseconds. */
  drive(ms: number): Promise<Driven>;
  /** Ends it, with all that its hub has to write; rejects when it ends in another way. */
  stop(): Promise<void>;
}

/** Starts it on the gateway's core, without a hub yet. Whatever it is told then is rejected when it ends over it. */
export function startHubProcess(kind: TrailKind): HubProcess {
  const child = startPinned('gateway', 'bench/trail/hub.ts', [], { ipc: true });
  const gone = once(child, 'exit') as Promise<[code: number | null]>;
  const ended = () => new Error(`The hub "${kind}" ended before it should; NONET_BENCH_VERBOSE=1 shows why.`);
  const failed = gone.then(() => Promise.reject(ended()));
  failed.catch(() => undefined);
  const tell = async (message: HubAsked | DriveAsked): Promise<unknown> => {
    child.send(message);
    const [told] = (await Promise.race([once(child, 'message'), failed])) as unknown[];
    return told;
  };
  return {
    kind,
    async open(asked) {
      await tell({ kind, ...asked });
    },
    drive: async (ms) => (await tell({ ms })) as Driven,
    async stop() {
      child.disconnect();
      const [code] = await gone;
      if (code !== 0) throw ended();
    },
  };
}

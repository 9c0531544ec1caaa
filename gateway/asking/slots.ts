/** A bound on how many questions are under way at once; those that must wait go in the order in which they came. */

import { AskError } from './reply.ts';

export interface Slots {
  /** Waits for a slot and takes it; gives what frees it again. Rejects with BUSY when the signal ends before one is free. */
  take(signal: AbortSignal): Promise<() => void>;
}

/** So many slots, all of them free. */
export function createSlots(count: number): Slots {
  let free = count;
  const waiting = new Set<() => void>();
  const release = () => {
    const [next] = waiting;
    if (next) next();
    else free += 1;
  };
  const atOnce = Promise.resolve(release);
  return {
    take(signal) {
      if (free > 0 && !signal.aborted) {
        free -= 1;
        return atOnce;
      }
      return new Promise((resolve, reject) => {
        const leave = () => {
          waiting.delete(start);
          reject(new AskError('BUSY', 'No connection was free in time.'));
        };
        const start = () => {
          waiting.delete(start);
          signal.removeEventListener('abort', leave);
          resolve(release);
        };
        if (signal.aborted) {
          leave();
        } else {
          waiting.add(start);
          signal.addEventListener('abort', leave, { once: true });
        }
      });
    },
  };
}

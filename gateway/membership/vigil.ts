/** Reads one court's program again and again: one reading at a time, the next as soon as the last one advises. */

import type { Clock } from '../asking/clock.ts';

export interface Vigil {
  /** Resolves when the first reading has ended, whatever it came to. */
  readonly first: Promise<void>;
  /** There is reason to read again: at once, but no sooner after the last reading began than `atMostEveryMs`. */
  look(): void;
  /** Reads no more; a reading under way is ended by its signal. */
  stop(): void;
}

export interface VigilOptions {
  readonly clock: Clock;
  readonly atMostEveryMs: number;
  /** Reads once and gives the milliseconds until the next reading. */
  readonly read: (signal: AbortSignal) => Promise<number>;
  /** Told of what a reading throws; the next one comes `atMostEveryMs` later. */
  readonly report: (fault: unknown) => void;
}

/** Begins with a reading at once. */
export function keepVigil({ clock, atMostEveryMs, read, report }: VigilOptions): Vigil {
  const ended = new AbortController();
  let begunAtMs = -Infinity;
  // While a reading is under way, whether there is reason for another.
  let reading: { isWanted: boolean } | null = null;
  let dueAtMs = Infinity;
  let cancel = () => {};

  const wait = (ms: number): void => {
    cancel();
    dueAtMs = clock.now() + ms;
    cancel = clock.after(ms, () => void run());
  };
  const soonest = () => Math.max(0, begunAtMs + atMostEveryMs - clock.now());
  const run = async (): Promise<void> => {
    const own = { isWanted: false };
    reading = own;
    begunAtMs = clock.now();
    const nextMs = await read(ended.signal).catch((fault: unknown) => {
      report(fault);
      return atMostEveryMs;
    });
    reading = null;
    if (!ended.signal.aborted) wait(own.isWanted ? Math.min(nextMs, soonest()) : nextMs);
  };
  const first = run();
  return {
    first,
    look() {
      if (ended.signal.aborted) return;
      if (reading) reading.isWanted = true;
      else if (clock.now() + soonest() < dueAtMs) wait(soonest());
    },
    stop() {
      ended.abort();
      cancel();
    },
  };
}

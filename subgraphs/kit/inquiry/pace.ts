/** Lets calls to one upstream go, at most so many at once, and none while the upstream asks for patience. */
export interface Pace {
  /** Runs work in its turn; rejects with the signal's reason when that comes first. */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** The upstream wants no call for so long (429): nobody calls, and then one at a time. */
  patience(ms: number): void;
  /** A call was answered: twice as many may go as before, up to the most. */
  ease(): void;
}

/** Allows `most` calls at once. */
export function createPace(most: number): Pace {
  const waiting: (() => void)[] = [];
  let allowed = most;
  let running = 0;
  let closedUntil = -Infinity;

  const admit = () => {
    while (running < allowed && waiting.length > 0) {
      running++;
      waiting.shift()?.();
    }
  };

  return {
    run: async (work, signal) => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        admit();
      });
      try {
        for (let left = closedUntil - performance.now(); left > 0; left = closedUntil - performance.now())
          await sleep(left, signal);
        signal.throwIfAborted();
        return await work();
      } finally {
        running--;
        admit();
      }
    },
    patience: (ms) => {
      closedUntil = Math.max(closedUntil, performance.now() + ms);
      allowed = 1;
    },
    ease: () => {
      allowed = Math.min(most, allowed * 2);
      admit();
    },
  };
}

/** Rejects with the signal's reason when that comes first; keeps no process alive. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    timer.unref();
    signal.addEventListener('abort', stop, { once: true });
  });
}

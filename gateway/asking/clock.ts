/** Time as the policies of asking see it; tests hand them one that they move themselves. */

export interface Clock {
  /** Milliseconds by a clock that never goes back. */
  now(): number;
  /** Runs something once after so many milliseconds; gives what calls it off. */
  after(ms: number, run: () => void): () => void;
}

/** The process's own time. What waits in it holds no process open. */
export const processClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Time as whoever waits sees it, so that tests need not wait. */

export interface Clock {
  /** Milliseconds that never go back. */
  now(): number;
  /** Does the work after so many milliseconds, unless what it gives is called before. */
  after(ms: number, work: () => void): () => void;
}

/** The time of this process; a timer of it keeps no process alive. */
export const processClock: Clock = {
  now: () => performance.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms).unref();
    return () => clearTimeout(timer);
  },
};

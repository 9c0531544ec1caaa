/** Runs work, but never more than a number of pieces at once; the others wait in the order they came. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

/** Allows `most` pieces of work at once. */
export function createLimit(most: number): Limit {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      // The place goes to the next in line without becoming free between.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}

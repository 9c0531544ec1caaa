/** The clock of a city: the real one, or one that lies so many milliseconds beside it (decisions/0008). */

/** Today in the seeded city: its writs and deadlines are made around this day. */
export const cityToday = '2018-01-31';

/** What has to be added to the real time for the seeded city's day to begin now: its writs are as valid as they were made. */
export function toCityOffsetMs(realNowMs = Date.now()): number {
  return Date.parse(`${cityToday}T09:00:00+08:00`) - realNowMs;
}

/** A clock that lies so far beside the real one; all programs of a city have to be given the same. */
export function createClock(offsetMs: number): () => Date {
  return () => new Date(Date.now() + offsetMs);
}

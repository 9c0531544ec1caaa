/** The agencies' clock: real instants, but an agency's day lasts only `dayMs` milliseconds. */
export interface Clock {
  now(): Date;
  readonly dayMs: number;
  /** The instant some days (or a part of one) after another. */
  after(instant: Date, days: number): Date;
}

/** A clock over `now` whose days are compressed to `dayMs` (a day is a second by default). */
export function createClock(now: () => Date = () => new Date(), dayMs = 1000): Clock {
  return { now, dayMs, after: (instant, days) => new Date(instant.getTime() + days * dayMs) };
}

/** An instant as the agencies write it: ISO 8601 with the offset of Asia/Shanghai, to the millisecond. */
export function toWireTime(instant: Date): string {
  return `${new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, -1)}+08:00`;
}

/** Civil dates of Asia/Shanghai as day numbers (days since 1970-01-01), so that no clock and no time zone has a say. */

const dayMs = 86_400_000;

/** The day number of `YYYY-MM-DD`; throws RangeError for anything else. */
export function dayOf(date: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || dateOf(ms / dayMs) !== date) {
    throw new RangeError(`"${date}" is not a civil date; expected YYYY-MM-DD, for example 2018-01-31.`);
  }
  return ms / dayMs;
}

/** `YYYY-MM-DD` of a day number. */
export function dateOf(day: number): string {
  const date = new Date(day * dayMs);
  return `${date.getUTCFullYear()}-${twoDigits(date.getUTCMonth() + 1)}-${twoDigits(date.getUTCDate())}`;
}

/** The calendar year of a day number. */
export function yearOf(day: number): number {
  return new Date(day * dayMs).getUTCFullYear();
}

/** The same day so many months later, or the last day of that month when it is shorter. */
export function monthsAfter(day: number, months: number): number {
  const date = new Date(day * dayMs);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + months;
  const lastOfMonth = Date.UTC(year, month + 1, 0) / dayMs;
  return Math.min(Date.UTC(year, month, date.getUTCDate()) / dayMs, lastOfMonth);
}

/** The Friday before when the day falls on a weekend, when no court files cases. */
export function workday(day: number): number {
  const weekday = (((day + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday; 0 is Sunday
  if (weekday === 6) return day - 1;
  return weekday === 0 ? day - 2 : day;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

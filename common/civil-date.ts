import { ValueError } from './value-error.ts';

/** A day of the calendar as `YYYY-MM-DD`, given back unchanged. Throws ValueError. */
export function parseCivilDate(text: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) throw new ValueError('the date is not of the form YYYY-MM-DD', EXPECTED);
  if (!isCalendarDay(Number(match[1]), Number(match[2]), Number(match[3]))) {
    throw new ValueError(`${text} is no day of the calendar`, EXPECTED);
  }
  return text;
}

/** The civil date of an instant where the courts are, Asia/Shanghai. */
export function toCivilDate(instant: Date): string {
  const parts = new Map(SHANGHAI.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts.get('year')!.padStart(4, '0')}-${parts.get('month')!}-${parts.get('day')!}`;
}

/** An instant with the offset of the courts: `2018-01-04T08:30:00.000+08:00`. */
export function toInstantText(instant: Date): string {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
}

/** The day so many days after another. */
export function addDays(day: string, days: number): string {
  const instant = new Date(`${day}T00:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() + days);
  return instant.toISOString().slice(0, 10);
}

/** Whether year, month (from 1) and day exist in the Gregorian calendar, years 1 to 9999. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days;
}

const EXPECTED = 'a calendar date such as "2017-12-15"';

// The zone, not a fixed +08:00: from 1986 to 1991 China had summer time.
const SHANGHAI = new Intl.DateTimeFormat('en-US', {
  timeZone: 'Asia/Shanghai',
  calendar: 'gregory',
  numberingSystem: 'latn',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

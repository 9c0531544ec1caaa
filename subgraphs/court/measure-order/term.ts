import { addDays, isCalendarDay } from '../../../common/civil-date.ts';
import type { AgencyCode } from '../../../common/vocabulary.ts';

/** How many years a measure lasts at most, by whose property it is (民诉法解释 (2022) Art. 485, (2015) Art. 487). */
export const longestYears = { BANK: 1, VEHICLE: 2, REAL_ESTATE: 3 } as const satisfies Record<AgencyCode, number>;

/** The last day of a measure that begins on a day and lasts as long as it may. */
export function longestUntil(agency: AgencyCode, first: string): string {
  const year = Number(first.slice(0, 4)) + longestYears[agency];
  const [month, day] = [Number(first.slice(5, 7)), Number(first.slice(8))];
  const text = String(year).padStart(4, '0');
  // 29 February has no anniversary in most years: then the term is over with the month.
  return addDays(isCalendarDay(year, month, day) ? `${text}${first.slice(4)}` : `${text}-03-01`, -1);
}

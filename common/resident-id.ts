import { isCalendarDay } from './civil-date.ts';

/** Check character of an 18-character resident number, from its first 17 digits: GB 11643-1999, ISO 7064 MOD 11-2. */
export function residentCheck(body: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return '10X98765432'[sum % 11]!;
}

/** The 18 characters that replaced a 15-digit number: the century, which was always 19, and a check character. */
export function toEighteen(number15: string): string {
  const body = `${number15.slice(0, 6)}19${number15.slice(6)}`;
  return body + residentCheck(body);
}

/** The 15-digit form that an 18-character number replaced; null for a birth outside 1900–1999, which never had one. */
export function toFifteen(number18: string): string | null {
  return number18.slice(6, 8) === '19' ? number18.slice(0, 6) + number18.slice(8, 17) : null;
}

/** Whether characters 7 to 14 of an 18-character number are a day of the calendar in a century that people were born in. */
export function hasBirthDate(number18: string): boolean {
  const year = Number(number18.slice(6, 10));
  return (
    year >= 1800 && year < 2100 && isCalendarDay(year, Number(number18.slice(10, 12)), Number(number18.slice(12, 14)))
  );
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

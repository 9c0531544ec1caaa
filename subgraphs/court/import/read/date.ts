import { isCalendarDay, toCivilDate } from '../../../../common/civil-date.ts';
import { CellFault, type Oddity } from '../reasons.ts';
import type { Cell } from '../table.ts';
import { parseSigns } from './text.ts';

/** The year, month and day of every form that people write, a time of day behind it allowed. */
const forms: readonly RegExp[] = [
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?/,
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/,
  /^(\d{4})(\d{2})(\d{2})(?!\d)/,
];
const time = /^(?:T?(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?|\d{1,2}时\d{1,2}分(?:\d{1,2}秒)?)?$/;

/** No court's export reaches further back or forward; 1900-01-00 and 9999-12-31 stand for "nothing" in many systems. */
const firstYear = 1950;
const lastYear = 2100;

/** A civil date `YYYY-MM-DD`, or null when nothing is written. Throws CellFault. */
export function parseDate(cell: Cell | undefined, tell: (oddity: Oddity) => void): string | null {
  const signs = parseSigns(cell);
  if (signs === null) return null;
  const isNumber = typeof cell === 'object' && cell !== null && 'number' in cell;
  if (/^\d{5}(?:\.\d+)?$/.test(signs)) {
    // In a text file nobody can tell a day number from anything else.
    if (!isNumber) throw new CellFault('DATE_SERIAL');
    tell({ code: 'SERIAL_DATE', detail: signs });
    return fromSerial(Math.floor(Number(signs)));
  }
  const separated = spaced(cell) ?? signs;
  for (const form of forms) {
    const match = form.exec(separated);
    const behind = match && time.exec(separated.slice(match[0].length));
    if (match && behind) return onDay(checked(match), behind[1], behind[2]);
  }
  throw new CellFault('NOT_A_DATE', 'write 2017-12-05, 2017年12月5日, 2017/12/5, 2017.12.5 or 20171205');
}

/** `2017-12-5 0:00` would run together without its space; a T holds the two apart. */
function spaced(cell: Cell | undefined): string | null {
  if (typeof cell !== 'string') return null;
  const match = /^(.*\d日?)\s+(\d{1,2}:.*)$/.exec(cell.normalize('NFKC').trim());
  return match ? `${parseSigns(match[1]) ?? ''}T${match[2]!.replace(/\s/g, '')}` : null;
}

/** An instant of another zone may be another day where the courts are. */
function onDay(day: string, clock: string | undefined, offset: string | undefined): string {
  if (clock === undefined || offset === undefined) return day;
  const zone = offset.replace(/(\d{2})(\d{2})$/, '$1:$2');
  const instant = new Date(`${day}T${clock.padStart(clock.length + (clock.indexOf(':') === 1 ? 1 : 0), '0')}${zone}`);
  if (Number.isNaN(instant.getTime())) throw new CellFault('NOT_A_DATE', 'the time of day is none');
  return toCivilDate(instant);
}

function checked(match: RegExpExecArray): string {
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const text = `${match[1]!}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (!isCalendarDay(year, month, day)) throw new CellFault('NOT_A_DATE', `${text} is no day of the calendar`);
  if (year < firstYear || year > lastYear) {
    throw new CellFault('NOT_A_DATE', `${text} is not between ${firstYear} and ${lastYear}`);
  }
  return text;
}

/** Day 1 is 1900-01-01, and the 29 February of 1900 that never was is counted: from March 1900 on, day 0 is 1899-12-30. */
function fromSerial(days: number): string {
  const date = new Date(Date.UTC(1899, 11, 30) + days * 86_400_000).toISOString().slice(0, 10);
  return checked(/^(\d{4})-(\d{2})-(\d{2})$/.exec(date)!);
}

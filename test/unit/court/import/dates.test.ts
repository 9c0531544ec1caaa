import { expect, test } from 'vitest';
import { parseDate } from '../../../../subgraphs/court/import/read/date.ts';
import type { Oddity } from '../../../../subgraphs/court/import/reasons.ts';
import type { Cell } from '../../../../subgraphs/court/import/table.ts';
import { faultOf } from './fault.ts';

const read = (cell: Cell): string | null => parseDate(cell, (oddity) => expect.fail(oddity.code));

test.each<[string, Cell]>([
  ['the Chinese form', '2017年12月5日'],
  ['the Chinese form with spaces', '2017 年 12 月 05 日'],
  ['hyphens', '2017-12-5'],
  ['slashes', '2017/12/05'],
  ['points', '2017.12.5'],
  ['eight digits', '20171205'],
  ['full-width digits', '２０１７－１２－０５'],
  ['an apostrophe in front', "'2017-12-05"],
  ['a time of day behind a space', '2017/12/5 0:00'],
  ['a time of day behind the Chinese form', '2017年12月5日 09:30:00'],
  ['a time of day in Chinese', '2017年12月5日9时30分'],
  ['ISO 8601 without offset', '2017-12-05T23:59:59.999'],
  ['ISO 8601 of the courts', '2017-12-05T00:00:00+08:00'],
  ['an instant of Greenwich, by the day of the courts', '2017-12-04T16:00:00Z'],
  ['a date cell', { date: '2017-12-05' }],
  ['eight digits in a number cell', { number: '20171205' }],
])('%s is a date', (_, cell) => {
  expect(read(cell)).toBe('2017-12-05');
});

test.each(['', ' ', '-', '—', '/', '无', 'NULL', null])('%j is no date, and no fault', (cell) => {
  expect(read(cell)).toBeNull();
});

test('the day number in a number cell counts from 1900, and is told', () => {
  const told: Oddity[] = [];
  expect(parseDate({ number: '43074' }, (oddity) => void told.push(oddity))).toBe('2017-12-05');
  expect(told).toEqual([{ code: 'SERIAL_DATE', detail: '43074' }]);
});

test.each<[string, Cell, string]>([
  ['a day number in a text file', '43074', 'DATE_SERIAL'],
  ['a day that is none', '2017-02-30', 'NOT_A_DATE: 2017-02-30 is no day of the calendar'],
  ['a month without a day', '2017年12月', 'NOT_A_DATE: write'],
  ['two digits of a year', '17-12-05', 'NOT_A_DATE: write'],
  ['day before month', '05/12/2017', 'NOT_A_DATE: write'],
  ['text', '不详', 'NOT_A_DATE: write'],
  ['what stands behind a date and is no time', '2017-12-05甲', 'NOT_A_DATE: write'],
  ['nine digits', '201712051', 'NOT_A_DATE: write'],
  ['a time that is none', '2017-12-05T25:00:00Z', 'NOT_A_DATE: the time of day is none'],
  ["a spreadsheet's day zero", { date: '1900-01-01' }, 'NOT_A_DATE: 1900-01-01 is not between'],
  ['the end of time', '9999-12-31', 'NOT_A_DATE: 9999-12-31 is not between'],
  ['an error mark', '#REF!', 'SPREADSHEET_ERROR'],
  ['what a narrow column shows', '########', 'SPREADSHEET_ERROR'],
])('%s is rejected by name', (_, cell, fault) => {
  expect(faultOf(() => read(cell))).toMatch(new RegExp(`^${fault}`));
});

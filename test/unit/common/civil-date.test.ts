import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCivilDate, toCivilDate } from '../../../common/civil-date.ts';

describe('parseCivilDate', () => {
  it('gives every day of the calendar back', () => {
    const day = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (instant) => {
        const text = instant.toISOString().slice(0, 10);
        expect(parseCivilDate(text)).toBe(text);
      }),
    );
  });

  it('refuses exactly the days that the calendar does not have', () => {
    const parts = [
      fc.integer({ min: 1890, max: 2110 }),
      fc.integer({ min: 0, max: 14 }),
      fc.integer({ min: 0, max: 33 }),
    ];
    fc.assert(
      fc.property(fc.tuple(...parts), ([year, month, day]) => {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        const instant = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
        if (exists) expect(parseCivilDate(text)).toBe(text);
        else expect(() => parseCivilDate(text)).toThrow(`${text} is no day of the calendar; expected a calendar date`);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['2017-02-29', '1900-02-29', '2017-04-31', '0000-01-01'])('refuses %s, which never was', (text) => {
    expect(() => parseCivilDate(text)).toThrow('is no day of the calendar');
  });

  it.each(['', '2017-1-5', '2017/01/05', '20170105', '2017-01-05T00:00:00Z', ' 2017-01-05', '２０１７-01-05'])(
    'refuses %j, which is not in the one form',
    (text) => {
      expect(() => parseCivilDate(text)).toThrow(
        'not of the form YYYY-MM-DD; expected a calendar date such as "2017-12-15"',
      );
    },
  );
});

describe('toCivilDate', () => {
  it.each([
    ['2017-12-14T15:59:59.999Z', '2017-12-14'],
    ['2017-12-14T16:00:00Z', '2017-12-15'],
    ['2016-02-29T00:00:00+08:00', '2016-02-29'],
    // Summer time: the day begins an hour earlier.
    ['1988-07-01T15:00:00Z', '1988-07-02'],
  ])('says which day %s is in Shanghai', (instant, date) => {
    expect(toCivilDate(new Date(instant))).toBe(date);
  });
});

import { expect, it } from 'vitest';

import { createSearches, defaultSearchesPerHour } from '../../../../gateway/viewer/searches.ts';

const minuteMs = 60_000;

/** Of at most so many an hour, with a clock that a test moves. */
function searchesOf(perHour?: number) {
  const clock = { ms: 1_000 };
  return { clock, searches: createSearches(perHour, () => clock.ms) };
}

it('counts different numbers, however often each is asked by and however it is written', () => {
  const { searches } = searchesOf(2);
  const forms = ['11010519491231002X', '11010519491231002x', ' 110105 19491231 002X', '１１０10519491231002X'];
  const others = ['110105491231002', '110105-19491231-002X', '110105\u200b19491231002X', '110105—491231—002'];
  for (const number of [...forms, ...others]) {
    expect(searches.take('u-1', number)).toBeNull();
  }
  expect(searches.take('u-1', '320311198001011234')).toBeNull();
  expect(searches.take('u-1', '320311198001011235')).toBe(3_600);
  // Who has had his fill may still ask by these.
  expect(searches.take('u-1', '11010519491231002X')).toBeNull();
});

it('counts what no court can read, too, each by its signs', () => {
  const { searches } = searchesOf(2);
  for (const text of ['1 2', '12', '１２', 'no number', 'NO-NUMBER']) searches.take('u-1', text);
  expect(searches.take('u-1', '1\u200b2')).toBeNull();
  expect(searches.take('u-1', 'x'.repeat(101))).toBe(3_600);
});

it('counts for each viewer by himself', () => {
  const { searches } = searchesOf(1);
  expect(searches.take('u-1', '1')).toBeNull();
  expect(searches.take('u-2', '2')).toBeNull();
  expect(searches.take('u-1', '2')).toBe(3_600);
});

it('says when there is room again, and there is: an hour after the oldest, one by one', () => {
  const { clock, searches } = searchesOf(2);
  expect(searches.take('u-1', '1')).toBeNull();
  clock.ms += 20 * minuteMs;
  expect(searches.take('u-1', '2')).toBeNull();
  clock.ms += 10 * minuteMs;
  expect(searches.take('u-1', '3')).toBe(30 * 60);
  // To be refused costs nothing.
  expect(searches.take('u-1', '3')).toBe(30 * 60);
  clock.ms += 30 * minuteMs - 1;
  expect(searches.take('u-1', '3')).toBe(1);
  clock.ms += 1;
  expect(searches.take('u-1', '3')).toBeNull();
  expect(searches.take('u-1', '4')).toBe(20 * 60);
});

it('is six hundred unless told, and forgets after an hour whoever asked', () => {
  const { clock, searches } = searchesOf();
  expect(searches.perHour).toBe(defaultSearchesPerHour);
  const all = (subject: string) =>
    Array.from({ length: 601 }, (_, n) => searches.take(subject, String(n))).filter((told) => told !== null);
  expect(all('u-1')).toEqual([3_600]);
  clock.ms += 60 * minuteMs;
  expect(all('u-1')).toEqual([3_600]);
});

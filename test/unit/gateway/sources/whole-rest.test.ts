import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createWholeRest, type WholeRest } from '../../../../gateway/sources/whole-rest.ts';

const mostMs = 300_000;
let rest: WholeRest;

beforeEach(() => {
  vi.useFakeTimers();
  rest = createWholeRest(mostMs);
});
afterEach(() => void vi.useRealTimers());

/** How long it rests from now on, in seconds; it is asked nothing meanwhile. */
function restedSeconds(member: string): number {
  let seconds = 0;
  for (; rest.isResting(member); seconds += 1) vi.advanceTimersByTime(1_000);
  return seconds;
}

describe('a court for which whole rows were too much', () => {
  it('rests for a moment, and twice as long each time that they are too much again, up to the limit', () => {
    const rests = Array.from({ length: 9 }, () => {
      rest.begin('苏0305');
      return restedSeconds('苏0305');
    });
    expect(rests).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
  });

  it('rests no longer for all that was under way when it began', () => {
    for (let one = 0; one < 16; one += 1) rest.begin('苏0305');
    expect(restedSeconds('苏0305')).toBe(5);
    rest.begin('苏0305');
    expect(restedSeconds('苏0305')).toBe(10);
  });

  it('begins anew once it has done well for ten times as long as it rested', () => {
    rest.begin('苏0305');
    restedSeconds('苏0305');
    vi.advanceTimersByTime(49_000);
    rest.begin('苏0305');
    expect(restedSeconds('苏0305')).toBe(10);
    vi.advanceTimersByTime(100_000);
    rest.begin('苏0305');
    expect(restedSeconds('苏0305')).toBe(5);
  });

  it('rests alone', () => {
    rest.begin('苏0305');
    expect(rest.isResting('苏0312')).toBe(false);
  });
});

it('nobody rests where nobody is to rest', () => {
  rest = createWholeRest(0);
  rest.begin('苏0305');
  expect(rest.isResting('苏0305')).toBe(false);
});

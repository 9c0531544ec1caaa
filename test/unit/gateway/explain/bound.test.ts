import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { atMost, greatest, least, none, plus, sumOf, times, unbounded } from '../../../../gateway/explain/bound.ts';
import { randomRun } from '../../../support/random-run.ts';

const unknown = unbounded('Nobody knows.');

describe('an upper bound', () => {
  it('is unknown, with the reason, when any part of it is', () => {
    expect(plus(atMost(3), unknown)).toEqual({ most: null, why: 'Nobody knows.' });
    expect(times(unknown, atMost(3))).toEqual(unknown);
    expect(sumOf([atMost(1), unknown, atMost(2)])).toEqual(unknown);
    expect(greatest(atMost(3), unknown)).toEqual(unknown);
  });

  it('is nothing for nothing of what is unknown', () => {
    expect(times(none, unknown)).toEqual(none);
    expect(times(unknown, none)).toEqual(none);
  });

  it('is what is known where two bounds hold at once', () => {
    expect(least(unknown, atMost(5))).toEqual(atMost(5));
    expect(least(atMost(2), atMost(5))).toEqual(atMost(2));
  });

  it('is unknown rather than wrong where numbers are no longer exact', () => {
    const many = atMost(Number.MAX_SAFE_INTEGER);
    expect(times(many, atMost(2)).most).toBeNull();
    expect(plus(many, atMost(1)).most).toBeNull();
  });

  it('holds for every number that its parts hold for', () => {
    const counted = fc.tuple(fc.nat(1000), fc.nat(1000)).map(([is, more]) => ({ is, bound: atMost(is + more) }));
    const holds = fc.property(counted, counted, (left, right) => {
      expect(left.is + right.is).toBeLessThanOrEqual(plus(left.bound, right.bound).most!);
      expect(left.is * right.is).toBeLessThanOrEqual(times(left.bound, right.bound).most!);
      expect(Math.max(left.is, right.is)).toBeLessThanOrEqual(greatest(left.bound, right.bound).most!);
      expect(Math.min(left.is, right.is)).toBeLessThanOrEqual(least(left.bound, right.bound).most!);
    });
    fc.assert(holds, randomRun(500));
  });
});

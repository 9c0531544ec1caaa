import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createBudget } from '../../../../gateway/asking/budget.ts';

const settings = { share: 0.1, floor: 1, most: 10 };

describe('a budget', () => {
  test('has its floor before there were calls, and no more', () => {
    const budget = createBudget(settings);
    expect([budget.take(), budget.take()]).toEqual([true, false]);
  });

  test('gives one for each ten calls, exactly', () => {
    const budget = createBudget(settings);
    budget.take();
    for (let call = 0; call < 9; call += 1) budget.called();
    expect(budget.take()).toBe(false);
    budget.called();
    expect([budget.take(), budget.take()]).toEqual([true, false]);
  });

  test('forgets calls of long ago: there is a most', () => {
    const budget = createBudget(settings);
    for (let call = 0; call < 10_000; call += 1) budget.called();
    const taken = Array.from({ length: 20 }, () => budget.take());
    expect(taken.filter(Boolean)).toHaveLength(10);
  });

  test('never gives more than its share of the calls and its floor, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 2_000 }), (steps) => {
        const budget = createBudget(settings);
        let calls = 0;
        let taken = 0;
        for (const isCall of steps) {
          if (isCall) {
            budget.called();
            calls += 1;
          } else if (budget.take()) taken += 1;
          expect(taken).toBeLessThanOrEqual(1 + calls / 10);
        }
      }),
    );
  });

  test('a floor above the most is not taken away by calls', () => {
    const budget = createBudget({ share: 0.1, floor: 5, most: 1 });
    budget.called();
    expect(Array.from({ length: 6 }, () => budget.take()).filter(Boolean)).toHaveLength(5);
  });
});

import { describe, expect, it } from 'vitest';
import { randomAt, shuffled } from '../../../../mocks/city/random.ts';

describe('randomAt', () => {
  it('gives known numbers, whatever the machine', () => {
    const random = randomAt('seed', 1);
    expect(Array.from({ length: 4 }, () => random.below(1_000_000))).toEqual([787_622, 130_426, 966_966, 956_630]);
  });

  it('gives unlike sequences for paths that are alike', () => {
    const firsts = Array.from({ length: 2_000 }, (_, at) => randomAt('seed', at).below(2 ** 32));
    expect(new Set(firsts).size).toBe(2_000);
    const mean = firsts.reduce((sum, first) => sum + first, 0) / firsts.length / 2 ** 32;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
  });

  it('keeps to ranges, lists and weights', () => {
    const random = randomAt('ranges');
    const drawn = Array.from({ length: 3_000 }, () => random.between(3, 5));
    expect(new Set(drawn)).toEqual(new Set([3, 4, 5]));
    expect(random.between(5, 3)).toBe(5);
    const weighed = Array.from({ length: 3_000 }, () =>
      random.weigh([
        ['often', 9],
        ['never', 0],
        ['seldom', 1],
      ] as const),
    );
    expect(weighed).not.toContain('never');
    const seldom = weighed.filter((value) => value === 'seldom').length;
    expect(Math.abs(seldom - 300)).toBeLessThan(90);
    expect(() => random.weigh([])).toThrow(/at least one positive weight/);
  });
});

describe('shuffled', () => {
  it('hits every place once', () => {
    for (const size of [1, 999, 17_532]) {
      const places = Array.from({ length: size }, (_, at) => shuffled(at, size, 4_711));
      expect(new Set(places).size).toBe(size);
      expect(places.every((place) => place >= 0 && place < size)).toBe(true);
    }
  });
});

import { describe, expect, it } from 'vitest';

import { mostWarmUps, wantedIn, type Figures, type Row } from '../speed/measure.ts';
import { readOptions } from '../speed/options.ts';
import { quantile, quartilesOf } from '../speed/quantiles.ts';
import { promises } from '../speed/promises.ts';
import { scenarios } from '../speed/scenarios.ts';
import { toTargets } from '../speed/targets.ts';
import { createTable } from '../speed/world/table.ts';

describe('figures of the benchmark', () => {
  it('have quartiles between the values beside them', () => {
    expect(quartilesOf([4, 1, 3, 2, 5])).toEqual({ lower: 2, median: 3, upper: 4 });
    expect(quantile([10, 20], 0.25)).toBe(12.5);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it('meet a target only when the quartile on the worse side keeps it', () => {
    const ours = rowOf('nonet', [1, 1, 1, 1, 1]);
    const isMet = (cpuMs: readonly number[]) => toTargets([ours, rowOf('apollo-stock', cpuMs)])[0]?.isMet;
    expect(isMet([5, 5, 5, 5, 5])).toBe(true);
    expect(isMet([3, 3, 5, 5, 5])).toBe(false);
    expect(isMet([3, 5, 5, 5, 5])).toBe(true);
  });

  it('take ratios within a round, where both were disturbed alike', () => {
    const [target] = toTargets([rowOf('nonet', [1, 2, 4]), rowOf('apollo-stock', [5, 10, 20])]);
    expect(target?.ratio).toEqual({ lower: 5, median: 5, upper: 5 });
  });

  it('say beside a ratio what the program written by hand reaches in our place, and beside itself nothing', () => {
    const rows = [rowOf('nonet', [2, 2]), rowOf('apollo-stock', [8, 8]), rowOf('by-hand-full', [1, 1])];
    expect(toTargets(rows).map(({ ratio, limit }) => [ratio.median, limit])).toEqual([
      [4, 8],
      [1, null],
    ]);
    expect(toTargets(rows.slice(0, 2))[0]?.limit).toBeNull();
  });
});

describe('the table of the benchmark', () => {
  const shape = { courts: ['苏03', '苏0312'], casesPerCourt: 40, newestIn: null };

  it('is the same each time, and has one case a day', () => {
    expect(createTable(shape)).toEqual(createTable(shape));
    const days = [...createTable(shape).casesOf.values()].flat().map(({ filedOn }) => filedOn);
    expect(new Set(days).size).toBe(days.length);
  });

  it('has every newer case in the one court that is to have them', () => {
    const { casesOf } = createTable({ ...shape, newestIn: '苏0312' });
    const oldest = casesOf.get('苏0312')!.at(-1)!.filedOn;
    expect(casesOf.get('苏03')!.every(({ filedOn }) => filedOn < oldest)).toBe(true);
  });
});

describe('options of the benchmark', () => {
  it('are refused in a line that says what is right', () => {
    expect(() => readOptions(['--scenario', 'ten'])).toThrow('it has to be one of one, nine, skewed, late');
    expect(() => readOptions(['--rounds', '0'])).toThrow('--rounds has to be a number above 0');
  });

  it('write results only when everything is measured', () => {
    expect(readOptions(['--quick'])).toMatchObject({ isWhole: true });
    for (const part of [['--only', 'nonet'], ['--scenario', 'one'], ['--answers'], ['--sections']]) {
      expect(readOptions(part)).toMatchObject({ isWhole: false });
    }
  });
});

describe('a quick run', () => {
  const quick = readOptions(['--quick']);
  if (quick === 'help') throw new Error('Options were expected.');
  const rows = scenarios.flatMap((scenario) => wantedIn(scenario, quick).map(({ id }) => `${scenario.name} ${id}`));

  it('has both rows of every promise, in every scenario ours and the limit', () => {
    for (const { scenario, other } of promises) {
      expect(rows).toContain(`${scenario} nonet`);
      expect(rows).toContain(`${scenario} ${other}`);
    }
    for (const { name } of scenarios) expect(rows.filter((row) => row.startsWith(`${name} by-hand`))).not.toEqual([]);
  });

  it('drives gateways for less than three of its five minutes, however slow they are', () => {
    const msOfEach = quick.rounds * quick.roundMs + mostWarmUps * quick.warmUpMs;
    expect((rows.length * msOfEach) / 60_000).toBeLessThan(3);
  });

  it('is shorter than the whole, which has everybody', () => {
    const whole = { ...quick, isQuick: false };
    expect(scenarios.flatMap((scenario) => wantedIn(scenario, whole)).length).toBeGreaterThan(rows.length + 10);
  });
});

function rowOf(id: string, cpuMs: readonly number[]): Row {
  const flat = { lower: 1, median: 1, upper: 1 };
  const figures: Figures = {
    ...{ rps: flat, p50Ms: flat, p99Ms: flat, cpuMsPerRequest: quartilesOf(cpuMs), rssMb: flat },
    byRound: cpuMs.map((cpuMsPerRequest) => ({
      ...{ rps: 1, p50Ms: 1, p99Ms: 1, cpuMsPerRequest, rssMb: 1 },
      ...{ requests: 1, wrong: 0 },
    })),
    requests: cpuMs.length,
    wrongAnswers: 0,
  };
  return { gateway: id, id, note: '', scenario: 'one', wrong: null, figures };
}

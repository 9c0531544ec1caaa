import { describe, expect, it } from 'vitest';

import { FailedValue } from '../../../../gateway/horizontal/failed.ts';
import { all, any, firstBy, least, same, sum } from '../../../../gateway/horizontal/leaf-rules.ts';
import type { MergeScope, Part } from '../../../../gateway/horizontal/merge.ts';
import { openLedger } from '../../../../gateway/ledger/ledger.ts';
import { emitted } from '../../../support/emitted.ts';
import { membersOf, shopsContract } from '../../../support/shops.ts';
import { readContract } from '../../../../schema/horizontal/contract.ts';

const codes = ['a', 'b', 'c'];
const failed = new FailedValue('UNREACHABLE', 'SERVER_ERROR');

/** A request in which somebody's values are missing, or nobody's. */
function scopeOf(hasGaps = false): MergeScope {
  return {
    variables: {},
    path: ['it'],
    members: membersOf(codes),
    ledger: openLedger(),
    hasGaps,
    refused: new Set(),
    targets: new Map(),
    known: null,
    silent: new Map(),
    answered: new Map(),
    truncated: new Set(),
  };
}

/** One value per shop, in the order a, b, c. */
function partsOf(values: readonly unknown[]): Part[] {
  return values.map((value, index) => ({ member: codes[index]!, value }));
}

const typeOf = (name: string) => shopsContract.schema.getType(name) as Parameters<typeof sum>[0];

describe('SUM', () => {
  const int = sum(typeOf('Int'));
  const money = sum(typeOf('Money'));

  it.each([
    [[1, 2, 3], 6],
    [[null, 1, null], 1],
    [[null, null], null],
    [[0, null], 0],
    [[failed, 4], 4],
  ])('of %j is %j', (values, expected) => {
    expect(int(partsOf(values), scopeOf())).toBe(expected);
  });

  it('of money is exact to the fen, also beyond what a double can hold', () => {
    expect(money(partsOf(['0.10', '0.20', '0.30']), scopeOf())).toBe('0.60');
    expect(money(partsOf(['90071992547409.91', '90071992547409.92', '0.01']), scopeOf())).toBe('180143985094819.84');
    expect(money(partsOf([null, '1.00', '-0.01']), scopeOf())).toBe('0.99');
    expect(money(partsOf([null, null]), scopeOf())).toBeNull();
  });

  it('over nobody is 0 when the question excluded everybody, and unknown when somebody is missing', () => {
    expect(int([], scopeOf())).toBe(0);
    expect(int([], scopeOf(true))).toBeNull();
    expect(int(partsOf([5]), scopeOf(true))).toBe(5);
  });
});

describe('MIN and MAX go by the type’s order and ignore null', () => {
  it.each([
    ['Int', [10, 9, null], 9, 10],
    ['Money', ['10.00', '9.00', '-1.00'], '-1.00', '10.00'],
    ['Size', ['LARGE', 'SMALL', 'MEDIUM'], 'SMALL', 'LARGE'],
    ['Date', ['2024-02-01', null, '2023-12-31'], '2023-12-31', '2024-02-01'],
    ['String', ['\u{1F600}', '\uFF01', 'a'], 'a', '\u{1F600}'],
    ['Boolean', [true, false, null], false, true],
    ['Int', [null, null], null, null],
  ])('%s of %j', (type, values, smallest, greatest) => {
    expect(least(typeOf(type), 1)(partsOf(values), scopeOf())).toBe(smallest);
    expect(least(typeOf(type), -1)(partsOf(values), scopeOf())).toBe(greatest);
  });

  it('case numbers go by year, court, type and serial as a number', () => {
    const { schema } = readContract(emitted('court'), 'contract');
    const numbers = ['（2017）苏0312执1000号', '（2017）苏0312执999号', '（2018）苏0303执1号'];
    const type = schema.getType('CaseNumber') as Parameters<typeof sum>[0];
    expect(least(type, 1)(partsOf(numbers), scopeOf())).toBe('（2017）苏0312执999号');
    expect(least(type, -1)(partsOf(numbers), scopeOf())).toBe('（2018）苏0303执1号');
  });

  it('moments go by time, whatever their offset', () => {
    const moments = ['2024-01-01T08:00:00+08:00', '2024-01-01T00:30:00Z'];
    expect(least(typeOf('DateTime'), -1)(partsOf(moments), scopeOf())).toBe('2024-01-01T00:30:00Z');
    expect(least(typeOf('DateTime'), 1)(partsOf(moments), scopeOf())).toBe('2024-01-01T08:00:00+08:00');
  });
});

describe('ANY and ALL are three-valued under a gap', () => {
  it.each([
    [[true, false], true, false],
    [[false, false], false, false],
    [[true, true], true, true],
    [[null, true], true, true],
    [[null, false], false, false],
  ])('%j without a gap: ANY %j, ALL %j', (values, isAny, isAll) => {
    expect(any(partsOf(values), scopeOf())).toBe(isAny);
    expect(all(partsOf(values), scopeOf())).toBe(isAll);
  });

  it.each([
    [[true, false], true, false],
    [[false, false], null, false],
    [[true, true], true, null],
    [[], null, null],
  ])('%j under a gap: ANY %j, ALL %j', (values, isAny, isAll) => {
    expect(any(partsOf(values), scopeOf(true))).toBe(isAny);
    expect(all(partsOf(values), scopeOf(true))).toBe(isAll);
  });

  it('over nobody ANY is false and ALL is true', () => {
    expect(any([], scopeOf())).toBe(false);
    expect(all([], scopeOf())).toBe(true);
  });

  it('are unknown when everybody says that it is unknown', () => {
    expect(any(partsOf([null, null]), scopeOf())).toBeNull();
    expect(all(partsOf([null, null]), scopeOf())).toBeNull();
  });
});

describe('SAME', () => {
  it.each([
    [[1980, 1980], 1980],
    [[null, 1980, null], 1980],
    [[null, null], null],
    [[['x'], ['x']], ['x']],
    [[failed, 1980], 1980],
  ])('of %j is %j', (values, expected) => {
    const scope = scopeOf();
    expect(same(partsOf(values), scope)).toEqual(expected);
    expect(scope.ledger.errors()).toEqual([]);
  });

  it('of two values is a conflict that names both courts and leaves null', () => {
    const scope = scopeOf();
    expect(same(partsOf([null, 1980, 1981]), scope)).toBeNull();
    expect(scope.ledger.errors().map((error) => [error.path, error.extensions])).toEqual([
      [['it'], expect.objectContaining({ code: 'CONFLICT', courts: ['b', 'c'] })],
    ]);
    expect(scope.ledger.errors()[0]!.message).not.toMatch(/198/);
  });
});

describe('FIRST_BY', () => {
  const rule = firstBy('name', '_nonet_on', typeOf('Date'));
  const nameOf = (...objects: readonly (readonly [on: unknown, name: unknown])[]) =>
    rule(partsOf(objects.map(([on, name]) => ({ _nonet_on: on, name }))), scopeOf());

  it('takes the value of the row with the greatest key', () => {
    expect(nameOf(['2020-01-01', 'old'], ['2021-01-01', 'new'], ['2019-01-01', 'older'])).toBe('new');
  });

  it('takes the first of equal ones, in the order of the registry, in which parts come', () => {
    expect(nameOf(['2020-01-01', 'of a'], ['2020-01-01', 'of b'])).toBe('of a');
    expect(nameOf([null, 'of a'], [null, 'of b'])).toBe('of a');
  });

  it('puts rows without a key last and passes over rows without a value', () => {
    expect(nameOf([null, 'undated'], ['2020-01-01', 'dated'])).toBe('dated');
    expect(nameOf(['2022-01-01', null], ['2020-01-01', 'dated'])).toBe('dated');
    expect(nameOf(['2022-01-01', failed], ['2020-01-01', 'dated'])).toBe('dated');
    expect(nameOf([null, null])).toBeNull();
  });

  it('takes a key that failed for no key', () => {
    expect(nameOf([failed, 'unknown when'], ['2020-01-01', 'dated'])).toBe('dated');
    expect(nameOf(['2020-01-01', 'dated'], [failed, 'unknown when'])).toBe('dated');
  });
});

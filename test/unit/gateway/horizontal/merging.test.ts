import { describe, expect, it } from 'vitest';

import type { Ask } from '../../../../common/wire.ts';
import { askShops, ownCoverage, toAsk, type Fields, type Shop } from '../../../support/shops.ts';

const salesShop = (code: string, sales: Fields | null): Shop => ({
  roots: { sales: sales && { totalIsLowerBound: false, coverage: ownCoverage(code, true), ...sales } },
});
const broken = () => {
  throw new Error('out of paper');
};

/** Merged sales of shops a, b, c …, one for each of these. */
async function salesOf(selection: string, ...sales: readonly (Fields | null)[]) {
  const shops = Object.fromEntries(sales.map((own, index) => ['abc'[index]!, salesShop('abc'[index]!, own)]));
  const answer = await askShops(shops, `{ sales { ${selection} } }`);
  return { sales: answer.data['sales'] as Record<string, unknown> | null, errors: answer.errors };
}

describe('statistics of several shops', () => {
  it('are summed field by field, under the client’s own names', async () => {
    const { sales, errors } = await salesOf(
      '__typename n: count revenue again: revenue',
      { count: 2, revenue: '0.10' },
      { count: 3, revenue: '0.20' },
      { count: 0, revenue: null },
    );
    expect(sales).toEqual({ __typename: 'Sales', n: 5, revenue: '0.30', again: '0.30' });
    expect(errors).toEqual([]);
  });

  it('unite groups by key in the order of the enum, each field by its rule', async () => {
    const { sales } = await salesOf(
      'bySize { size count revenue earliest }',
      {
        bySize: [
          { size: 'LARGE', count: 1, revenue: '5.00', earliest: '2024-03-01' },
          { size: 'SMALL', count: 2, revenue: null, earliest: null },
        ],
      },
      { bySize: [{ size: 'LARGE', count: 2, revenue: '1.05', earliest: '2024-02-01' }] },
      {
        bySize: [
          { size: 'MEDIUM', count: 7, revenue: '0.00', earliest: '2024-01-01' },
          { size: 'SMALL', count: null, revenue: null, earliest: '2020-01-01' },
        ],
      },
    );
    expect(sales?.['bySize']).toEqual([
      { size: 'SMALL', count: 2, revenue: null, earliest: '2020-01-01' },
      { size: 'MEDIUM', count: 7, revenue: '0.00', earliest: '2024-01-01' },
      { size: 'LARGE', count: 3, revenue: '6.05', earliest: '2024-02-01' },
    ]);
  });

  it('unite groups whose key the client does not ask for, or names otherwise, in bytes of UTF-8', async () => {
    const articles = (...names: readonly string[]) => ({ byArticle: names.map((article) => ({ article, count: 1 })) });
    const { sales } = await salesOf(
      'byArticle { n: count } named: byArticle { a: article }',
      articles('\u{1F36A} biscuit', 'tea'),
      articles('\uFF34\uFF25\uFF21', 'tea'),
    );
    // JavaScript's own order has the surrogates of the biscuit before the full-width letters.
    expect(sales?.['named']).toEqual([{ a: 'tea' }, { a: '\uFF34\uFF25\uFF21' }, { a: '\u{1F36A} biscuit' }]);
    expect(sales?.['byArticle']).toEqual([{ n: 2 }, { n: 1 }, { n: 1 }]);
  });

  it('say who answered, and are a lower bound as soon as somebody did not', async () => {
    const shops = { a: salesShop('a', { count: 2 }), b: { roots: { sales: broken } } };
    const { data, errors, coverage } = await askShops(
      shops,
      '{ sales { count anyReturned allPaid totalIsLowerBound coverage { complete courts { court { code } status } } } }',
    );
    expect(data['sales']).toEqual({
      count: 2,
      anyReturned: null,
      allPaid: null,
      totalIsLowerBound: true,
      coverage: {
        complete: false,
        courts: [
          { court: { code: 'a' }, status: 'FOUND' },
          { court: { code: 'b' }, status: 'UNREACHABLE' },
        ],
      },
    });
    expect(errors).toMatchObject([{ code: 'UPSTREAM_UNREACHABLE', court: 'b', path: ['sales'], count: 1 }]);
    expect(JSON.stringify(errors)).not.toContain('paper');
    expect(coverage).toMatchObject([{ path: 'sales', complete: false }]);
  });

  it('of shops that all failed are unknown, not zero', async () => {
    const shops = { a: { roots: { sales: broken } }, b: { roots: { sales: broken } } };
    const { data } = await askShops(
      shops,
      '{ sales { count revenue anyReturned totalIsLowerBound coverage { complete } } }',
    );
    expect(data['sales']).toEqual({
      count: null,
      revenue: null,
      anyReturned: null,
      totalIsLowerBound: true,
      coverage: { complete: false },
    });
  });

  it('of no shop at all are zero, because the question says so', async () => {
    const shops = { a: salesShop('a', { count: 2 }), b: salesShop('b', { count: 2 }) };
    const query =
      '{ sales(filter: { shops: [] }) { count anyReturned allPaid coverage { complete courts { status } } } }';
    const { data, asked } = await askShops(shops, query);
    expect(asked).toEqual([]);
    expect(data['sales']).toEqual({
      count: 0,
      anyReturned: false,
      allPaid: true,
      coverage: { complete: true, courts: [{ status: 'NOT_ASKED' }, { status: 'NOT_ASKED' }] },
    });
  });

  it('in which one value failed are not the whole, and say so', async () => {
    const shops = {
      a: salesShop('a', { count: 2, revenue: '1.00' }),
      b: salesShop('b', { count: 3, revenue: broken }),
    };
    const { data, errors } = await askShops(
      shops,
      '{ sales { count revenue totalIsLowerBound coverage { complete courts(only: GAPS) { court { code } status missingFields } } } }',
    );
    expect(data['sales']).toEqual({
      count: 5,
      revenue: '1.00',
      totalIsLowerBound: true,
      coverage: { complete: false, courts: [{ court: { code: 'b' }, status: 'DEGRADED', missingFields: ['revenue'] }] },
    });
    expect(errors).toMatchObject([{ code: 'UPSTREAM_ERROR', court: 'b' }]);
  });

  it('that a shop leaves null without an error are missing, not nothing', async () => {
    const { sales, errors } = await salesOf('count coverage { complete }', { count: 2 }, null);
    expect(sales).toEqual({ count: 2, coverage: { complete: false } });
    expect(errors).toMatchObject([{ code: 'UPSTREAM_UNREACHABLE', court: 'b', reason: 'GARBLED' }]);
  });
});

describe('a gathered list of values', () => {
  it('is united without doubles, in bytes of UTF-8', async () => {
    const shops = { a: { roots: { labels: ['\u{1F36A}', 'b'] } }, b: { roots: { labels: ['\uFF21', 'b', 'a'] } } };
    const { data, errors } = await askShops(shops, '{ labels }');
    expect(errors).toEqual([]);
    expect(data['labels']).toEqual(['a', 'b', '\uFF21', '\u{1F36A}']);
  });

  it('is unknown, not empty, when nobody answered', async () => {
    const none = await askShops({ a: { roots: { labels: broken } } }, '{ labels }');
    expect(none.data['labels']).toBeNull();
    const empty = await askShops({ a: { roots: { labels: [] } } }, '{ labels }');
    expect(empty.data['labels']).toEqual([]);
  });
});

describe('whom a question asks', () => {
  const shops = { a: salesShop('a', { count: 1 }), b: salesShop('b', { count: 2 }), c: salesShop('c', { count: 4 }) };

  it('leaves out shops that the arguments exclude', async () => {
    const { data, asked } = await askShops(shops, '{ sales(filter: { shops: ["c", "a"] }) { count } }');
    expect([asked.sort(), data['sales']]).toEqual([['a', 'c'], { count: 5 }]);
    const byNumber = await askShops(
      shops,
      '{ sales(filter: { shops: ["c", "a"], numbers: ["a-1", "b-2"] }) { count } }',
    );
    expect([byNumber.asked, byNumber.data['sales']]).toEqual([['a'], { count: 1 }]);
  });

  it('takes a single code for a list, as GraphQL does, literal or variable', async () => {
    const literal = await askShops(shops, '{ sales(filter: { shops: "c" }) { count } }');
    expect(literal.asked).toEqual(['c']);
    const query = 'query ($filter: OrderFilter) { sales(filter: $filter) { count } }';
    const variable = await askShops(shops, query, { filter: { shops: 'c' } });
    expect(variable.asked).toEqual(['c']);
    const list = await askShops(shops, 'query ($s: [ID!]) { sales(filter: { shops: $s }) { count } }', { s: 'c' });
    expect(list.asked).toEqual(['c']);
  });

  it('names an unknown shop, or a number that names none, and asks nobody for that field alone', async () => {
    const query =
      '{ x: sales(filter: { shops: ["z"] }) { count } y: sales(filter: { numbers: ["z-1"] }) { count } sales { count } }';
    const { data, errors } = await askShops(shops, query);
    expect(data).toEqual({ x: null, y: null, sales: { count: 7 } });
    expect(errors).toMatchObject([
      { path: ['x'], code: 'UNKNOWN_COURT', known: ['a', 'b', 'c'] },
      { path: ['y'], code: 'BAD_USER_INPUT' },
    ]);
  });

  it('leaves out what is skipped', async () => {
    const query = 'query ($a: Boolean!) { sales @skip(if: $a) { count } ... @include(if: $a) { labels } }';
    const { data } = await askShops({ a: { roots: { labels: [] } } }, query, { a: true });
    expect(data).toEqual({ labels: [] });
  });
});

describe('an answer', () => {
  it('does not depend on who answers first', async () => {
    const conflict = (code: string, birthYear: number) => toAsk(code, { customers: { '1': { birthYear } } });
    const answeredBy = (last: 'a' | 'b') => {
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      const waiting =
        (code: 'a' | 'b', ask: Ask): Ask =>
        async (question, signal) => {
          if (code === last) await released;
          const answer = await ask(question, signal);
          release();
          return answer;
        };
      return { a: waiting('a', conflict('a', 1980)), b: waiting('b', conflict('b', 1981)) };
    };
    const query = '{ customer(id: "1") { birthYear } }';
    for (const last of ['a', 'b'] as const) {
      const { data, errors } = await askShops(answeredBy(last), query);
      expect(data).toEqual({ customer: { birthYear: null } });
      expect(errors).toMatchObject([{ code: 'CONFLICT', path: ['customer', 'birthYear'], courts: ['a', 'b'] }]);
    }
  });
});

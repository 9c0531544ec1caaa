import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { askShops, compareOrders, toAsk, type Order, type Shop } from '../../../support/shops.ts';
import type { Ask } from '../../../../common/wire.ts';

interface Connection {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly number: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount: number | null;
  readonly coverage: { readonly complete: boolean };
}

const query = `query ($first: Int, $after: String) {
  orders(first: $first, after: $after) {
    edges { cursor node { number } } pageInfo { hasNextPage endCursor } totalCount coverage { complete }
  }
}`;

/** Walks all pages; `shopsOf` gives the shops as they are at each page. */
async function walk(shopsOf: (page: number) => Readonly<Record<string, Shop | Ask>>, first: number) {
  const pages: Connection[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await askShops(shopsOf(pages.length), query, { first, after });
    const page = data['orders'] as Connection;
    expect(page, JSON.stringify(errors)).not.toBeNull();
    pages.push(page);
    after = page.pageInfo.endCursor;
    expect(page.edges.length).toBeLessThanOrEqual(first);
    expect(page.edges.at(-1)?.cursor ?? null).toBe(after);
  } while (pages.at(-1)!.pageInfo.hasNextPage && pages.length < 200);
  expect(pages.length).toBeLessThan(200);
  return { pages, numbers: pages.flatMap((page) => page.edges.map((edge) => edge.node.number)) };
}

const date = fc.option(fc.constantFrom('2023-12-31', '2024-01-01', '2024-01-02', '2024-02-29'), { nil: null });
const dates = fc.array(date, { maxLength: 14 });
const rowsOf = (code: string) =>
  dates.map((own) =>
    own.map((placedOn, index): Order => ({ number: `${code}-${String(index).padStart(3, '0')}`, placedOn })),
  );

/** A city with skew: some shops have many rows, some none, some give less than they are asked for. */
const city = fc
  .tuple(
    ...['a', 'b', 'c', 'ab'].map((code) =>
      fc
        .record({ orders: rowsOf(code), most: fc.oneof(fc.constant(99), fc.integer({ min: 1, max: 3 })) })
        .map((shop) => [code, shop] as const),
    ),
  )
  .map((entries) => Object.fromEntries(entries));

const sortedRows = (shops: Readonly<Record<string, Shop>>) =>
  Object.values(shops)
    .flatMap((shop) => shop.orders ?? [])
    .sort(compareOrders)
    .map((order) => order.number);

describe('pages of many shops', () => {
  it('walk through every row once, in one order, whatever the skew and whoever gives less than asked', async () => {
    await fc.assert(
      fc.asyncProperty(city, fc.integer({ min: 1, max: 9 }), async (shops, first) => {
        const { pages, numbers } = await walk(() => shops, first);
        const expected = sortedRows(shops);
        expect(numbers).toEqual(expected);
        for (const page of pages) {
          expect(page.totalCount).toBe(expected.length);
          expect(page.coverage.complete).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('are full while rows are left, when every shop gives what it is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(city, fc.integer({ min: 1, max: 9 }), async (shops, first) => {
        const whole = Object.fromEntries(Object.entries(shops).map(([code, { orders }]) => [code, { orders }]));
        const { pages } = await walk(() => whole, first);
        expect(pages.slice(0, -1).every((page) => page.edges.length === first)).toBe(true);
        expect(pages.length).toBe(Math.max(1, Math.ceil(sortedRows(whole).length / first)));
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it('show no row twice, and every row of a shop that answered each page once, whoever is missing on the way', async () => {
    const down: Ask = () => Promise.reject(new Error('no answer'));
    const absences = fc.array(fc.subarray(['a', 'b', 'c', 'ab']), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(city, fc.integer({ min: 1, max: 5 }), absences, async (shops, first, missing) => {
        const { pages, numbers } = await walk(
          (page) =>
            Object.fromEntries(
              Object.entries(shops).map(([code, shop]) => [code, missing[page]?.includes(code) ? down : shop]),
            ),
          first,
        );
        expect(new Set(numbers).size).toBe(numbers.length);
        const absent = new Set(missing.slice(0, pages.length).flat());
        const faithful = (number: string) => !absent.has(number.split('-')[0]!);
        expect(numbers.filter(faithful)).toEqual(sortedRows(shops).filter(faithful));
        const firstAbsence = missing.findIndex((codes) => codes.length > 0);
        for (const [index, page] of pages.entries()) {
          expect(page.coverage.complete).toBe(firstAbsence < 0 || index < firstAbsence);
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

const one = (number: string): Order => ({ number, placedOn: '2024-01-01' });

describe('a page', () => {
  const shops = { a: { orders: [one('a-1'), one('a-3')] }, b: { orders: [one('b-2')] } };

  it('gives cursors, positions and totals as one shop would, under the client’s own names', async () => {
    const { data, errors } = await askShops(
      shops,
      `{ p: orders(first: 2) { __typename n: totalCount rows: edges { __typename c: cursor it: node { __typename number } }
        pageInfo { __typename more: hasNextPage hasPreviousPage startCursor endCursor } totalIsLowerBound } }`,
    );
    expect(errors).toEqual([]);
    const page = data['p'] as { rows: { c: string }[] };
    expect(page).toMatchObject({
      __typename: 'OrderConnection',
      n: 3,
      rows: [
        { __typename: 'OrderEdge', it: { __typename: 'Order', number: 'a-1' } },
        { __typename: 'OrderEdge', it: { __typename: 'Order', number: 'a-3' } },
      ],
      pageInfo: {
        __typename: 'PageInfo',
        more: true,
        hasPreviousPage: false,
        startCursor: page.rows[0]!.c,
        endCursor: page.rows[1]!.c,
      },
      totalIsLowerBound: false,
    });
    const next = await askShops(
      shops,
      '{ orders(after: "' +
        page.rows[1]!.c +
        '") { edges { node { number } } pageInfo { hasNextPage hasPreviousPage } } }',
    );
    expect(next.data['orders']).toMatchObject({
      edges: [{ node: { number: 'b-2' } }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
  });

  it('answers the same rows under two names, and rows under conditions', async () => {
    const { data } = await askShops(
      shops,
      `query ($a: Boolean!) { orders {
        edges @include(if: $a) { node { number } }
        rows: edges { node @skip(if: $a) { number } cursor }
        ... @skip(if: $a) { edges { cursor } }
      } }`,
      { a: true },
    );
    const page = data['orders'] as { edges: unknown[]; rows: object[] };
    expect(page.edges).toMatchObject([
      { node: { number: 'a-1' } },
      { node: { number: 'a-3' } },
      { node: { number: 'b-2' } },
    ]);
    expect(page.rows).toHaveLength(3);
    expect(page.rows.every((row) => 'cursor' in row && !('node' in row))).toBe(true);
  });

  it('of shops that all failed is empty, with no cursor, no total, and the gaps', async () => {
    const down: Ask = () => Promise.reject(new Error('no answer'));
    const { data } = await askShops(
      { a: down, b: down },
      '{ orders { edges { cursor } pageInfo { hasNextPage endCursor } totalCount totalIsLowerBound coverage { complete } } }',
    );
    expect(data['orders']).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, endCursor: null },
      totalCount: null,
      totalIsLowerBound: true,
      coverage: { complete: false },
    });
  });

  it('is an error that lists all gaps when it has to be complete', async () => {
    const down: Ask = () => Promise.reject(new Error('no answer'));
    const { data, errors } = await askShops(
      { ...shops, c: down, d: down },
      '{ orders(completeness: COMPLETE) { totalCount } sales: orders(filter: { shops: ["a"] }, completeness: COMPLETE) { totalCount } }',
    );
    expect(data).toEqual({ orders: null, sales: { totalCount: 2 } });
    expect(errors).toMatchObject([{ code: 'INCOMPLETE', path: ['orders'], gaps: [{ court: 'c' }, { court: 'd' }] }]);
  });

  it('leaves out rows of another shop and says that its sender is not to be relied on', async () => {
    const thief = { orders: [one('a-2'), one('b-9')] };
    const { data, errors } = await askShops(
      { a: shops.a, b: thief },
      '{ orders { edges { node { number } } coverage { complete courts { court { code } status } } } }',
    );
    expect(data['orders']).toMatchObject({
      edges: [{ node: { number: 'a-1' } }, { node: { number: 'a-3' } }, { node: { number: 'b-9' } }],
      coverage: {
        complete: false,
        courts: [
          { court: { code: 'a' }, status: 'FOUND' },
          { court: { code: 'b' }, status: 'DEGRADED' },
        ],
      },
    });
    expect(errors).toMatchObject([{ code: 'MISPLACED_ROW', court: 'b' }]);
  });

  it('leaves out rows that are out of order and says that their sender is not to be relied on', async () => {
    const honest = toAsk('b', { orders: [one('b-1'), one('b-2'), one('b-3')] });
    const muddled: Ask = async (question, signal) => {
      const answer = await honest(question, signal);
      (answer.data!['orders'] as { edges: unknown[] }).edges.reverse();
      return answer;
    };
    const { data, errors } = await askShops(
      { a: shops.a, b: muddled },
      '{ orders { edges { node { number } } coverage { complete courts(only: GAPS) { court { code } status } } } }',
    );
    expect(data['orders']).toMatchObject({
      edges: [{ node: { number: 'a-1' } }, { node: { number: 'a-3' } }, { node: { number: 'b-3' } }],
      coverage: { complete: false, courts: [{ court: { code: 'b' }, status: 'DEGRADED' }] },
    });
    expect(errors).toMatchObject([{ code: 'BAD_ORDER', court: 'b' }]);
  });

  it.each([
    ['first: 0', 'BAD_USER_INPUT'],
    ['first: 51', 'BAD_USER_INPUT'],
    ['after: "!"', 'BAD_CURSOR'],
    ['after: "AA"', 'BAD_CURSOR'],
  ])('with %s is one error of the caller, and asks nobody', async (argument, code) => {
    const { data, errors, asked } = await askShops(shops, `{ orders(${argument}) { totalCount } }`);
    expect([data, asked]).toEqual([{ orders: null }, []]);
    expect(errors).toMatchObject([{ code, path: ['orders'], count: 1 }]);
  });

  it('with a bad cursor costs its siblings nothing, also when a planner put them in one fragment', async () => {
    const query = '{ ... { bad: orders(after: "AA") { totalCount } orders { totalCount } } }';
    const { data, errors } = await askShops(shops, query);
    expect(data).toEqual({ bad: null, orders: { totalCount: 3 } });
    expect(errors).toMatchObject([{ code: 'BAD_CURSOR', path: ['bad'] }]);
  });
});

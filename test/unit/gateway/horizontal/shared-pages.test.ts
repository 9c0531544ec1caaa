import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Ask } from '../../../../common/wire.ts';
import { adaptiveShare, type PageShare } from '../../../../gateway/horizontal/page-share.ts';
import { askShops, compareOrders, ownCoverage, toAsk, type Order, type Shop } from '../../../support/shops.ts';

const query = `query ($first: Int, $after: String) {
  orders(first: $first, after: $after) {
    rows: edges { c: cursor } edges { cursor node { number } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount totalIsLowerBound coverage { complete courts { court { code } status reason } }
  }
}`;

interface Connection {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly number: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount: number | null;
}

const whole: PageShare = (first) => first;
const shares: readonly PageShare[] = [adaptiveShare, () => 1, () => 2, () => 3];

/** The orders of a city, dealt to shops by a list of shops: any skew, all in one shop too. */
const city = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.integer({ min: 1, max: 28 })), {
      maxLength: 60,
    }),
    fc.subarray(['a', 'b', 'c', 'd', 'e', 'f'], { minLength: 1 }),
  )
  .map(([dealt, keepers]) => {
    const orders = new Map<string, Order[]>(['a', 'b', 'c', 'd', 'e', 'f'].map((code) => [code, []]));
    for (const [index, [code, day]] of dealt.entries()) {
      const keeper = keepers.includes(code) ? code : keepers[0]!;
      const placedOn = `2024-02-${String(day).padStart(2, '0')}`;
      orders.get(keeper)!.push({ number: `${keeper}-${String(index).padStart(3, '0')}`, placedOn });
    }
    return Object.fromEntries([...orders].map(([code, own]): [string, Shop] => [code, { orders: own }]));
  });

const page = async (shops: Readonly<Record<string, Shop | Ask>>, variables: object, share: PageShare) => {
  const { data, errors, asked } = await askShops(shops, query, { ...variables }, {}, share);
  return { page: data['orders'] as Connection, data, errors, asked };
};

/** The same shops, with the rows that each question asks them for. */
function counted(shops: Readonly<Record<string, Shop>>) {
  const sizes = new Map<string, number[]>();
  const asks = Object.entries(shops).map(([code, shop]): [string, Ask] => {
    const ask = toAsk(code, shop);
    return [
      code,
      async (question, signal) => {
        const { _nonet_first0: first, _nonet_more0: more } = question.variables ?? {};
        sizes.set(code, [...(sizes.get(code) ?? []), (more ?? first) as number]);
        return ask(question, signal);
      },
    ];
  });
  return { shops: Object.fromEntries(asks), sizes };
}

describe('a page of which members are asked for a share', () => {
  it('is the page of those who are asked for all of it, at every step of a walk and whatever the skew', async () => {
    await fc.assert(
      fc.asyncProperty(
        city,
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(...shares),
        async (shops, first, share) => {
          const rows = Object.values(shops).flatMap((shop) => shop.orders ?? []);
          const expected = [...rows].sort(compareOrders).map(({ number }) => number);
          const numbers: string[] = [];
          let after: string | null = null;
          do {
            const { shops: watched, sizes } = counted(shops);
            const own = await page(watched, { first, after }, share);
            expect(own.data).toEqual((await page(shops, { first, after }, whole)).data);
            expect(own.errors).toEqual([]);
            for (const asked of sizes.values()) {
              expect(asked.length).toBeLessThanOrEqual(2);
              expect(asked.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(first);
            }
            numbers.push(...own.page.edges.map(({ node }) => node.number));
            after = own.page.pageInfo.hasNextPage ? own.page.pageInfo.endCursor : null;
          } while (after !== null);
          expect(numbers).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('ends at the last row of who fails when it is asked for more, says so once, and the walk loses nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        city,
        fc.integer({ min: 2, max: 20 }),
        fc.subarray(['a', 'b', 'c', 'd', 'e', 'f'], { minLength: 1 }),
        fc.constantFrom(down, refuses, notFound, stranger, halfAnswer),
        async (shops, first, failing, fault) => {
          const rows = Object.values(shops).flatMap((shop) => shop.orders ?? []);
          const expected = [...rows].sort(compareOrders).map(({ number }) => number);
          const faulty = Object.fromEntries(
            Object.entries(shops).map(([code, shop]) => [
              code,
              failing.includes(code) ? atRefill(code, shop, fault) : shop,
            ]),
          );
          const numbers: string[] = [];
          let after: string | null = null;
          do {
            const own = await page(faulty, { first, after }, () => 1);
            const ends = own.page.edges.length;
            // Each page is the beginning of what is left, however soon it ends.
            expect(own.page.edges.map(({ node }) => node.number)).toEqual(
              expected.slice(numbers.length, numbers.length + ends),
            );
            numbers.push(...own.page.edges.map(({ node }) => node.number));
            expect(own.page.pageInfo.hasNextPage).toBe(numbers.length < expected.length);
            expect(own.page.totalCount).toBe(expected.length);
            if (own.page.pageInfo.hasNextPage && ends < first) {
              expect(ends).toBeGreaterThan(0);
              expect(own.errors.length).toBeGreaterThan(0);
              const courts = own.errors.map((error) => ('court' in error ? error.court : null));
              expect(new Set(courts).size).toBe(courts.length);
              expect(failing).toEqual(expect.arrayContaining(courts as string[]));
            }
            after = own.page.pageInfo.hasNextPage ? own.page.pageInfo.endCursor : null;
          } while (after !== null);
          expect(numbers).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it.each([
    ['is down', down, 'DOWN'],
    ['refuses', refuses, 'FORBIDDEN'],
    ['says that the question is wrong', notFound, 'BAD_CURSOR'],
    ['gives half an answer', halfAnswer, 'GARBLED'],
    ['speaks as somebody else', stranger, 'GARBLED'],
  ])('takes nothing from who %s when asked for more, and is no complete one', async (_, fault, reason) => {
    const shops = { a: atRefill('a', { orders: many('a', 9) }, fault), b: { orders: many('b', 2) } };
    const { data, errors } = await page(shops, { first: 6 }, () => 2);
    expect(data['orders']).toMatchObject({
      edges: [{ node: { number: 'a-1' } }, { node: { number: 'a-2' } }],
      pageInfo: { hasNextPage: true },
      totalCount: 11,
      totalIsLowerBound: true,
      coverage: { complete: false, courts: [{ status: 'DEGRADED', reason }, { status: 'FOUND' }] },
    });
    expect(errors).toMatchObject([{ code: 'UPSTREAM_ERROR', court: 'a', path: ['orders'], count: 1 }]);
    const strict = await askShops(
      shops,
      '{ orders(first: 6, completeness: COMPLETE) { totalCount } }',
      {},
      {},
      () => 2,
    );
    expect(strict.data).toEqual({ orders: null });
    expect(strict.errors).toMatchObject([{ code: 'INCOMPLETE', gaps: [{ court: 'a', status: 'DEGRADED' }] }]);
  });

  it('shows a row once that is moved while it is asked for', async () => {
    const before = [...many('a', 4)];
    const after = before.map((order) => (order.number === 'a-1' ? { ...order, placedOn: '2023-01-01' } : order));
    const [first, second] = [toAsk('a', { orders: before }), toAsk('a', { orders: after })];
    let asked = 0;
    const moving: Ask = (question, signal) => (asked++ === 0 ? first : second)(question, signal);
    const { page: own, errors } = await page({ a: moving, b: {} }, { first: 6 }, () => 2);
    expect(errors).toEqual([]);
    expect(own.edges.map(({ node }) => node.number)).toEqual(['a-1', 'a-2', 'a-3', 'a-4']);
  });

  it('asks for totals and all else once, and for rows of each page where they are missing', async () => {
    const { shops } = counted({ a: { orders: many('a', 9) }, b: { orders: many('b', 2) } });
    const texts: string[] = [];
    const watched = Object.fromEntries(
      Object.entries(shops).map(([code, ask]): [string, Ask] => [
        code,
        (question, signal) => (texts.push(`${code} ${question.query}`), ask(question, signal)),
      ]),
    );
    const text = `{ one: orders(first: 6) { totalCount ...F } two: orders(first: 3, filter: { shops: ["b"] }) { ...F }
      three: orders(first: 5) { totalCount edges { node { number } } } } fragment F on OrderConnection { totalIsLowerBound edges { node { number } } }`;
    const { data, errors } = await askShops(watched, text, {}, {}, () => 2);
    expect(errors).toEqual([]);
    expect(data).toEqual((await askShops(shops, text, {}, {}, whole)).data);
    const refills = texts.slice(2);
    expect(refills).toHaveLength(1);
    expect(refills[0]).toMatch(/^a /);
    expect(refills[0]).not.toMatch(/total|two/);
    expect(refills[0]).toMatch(/one: .*three: /s);
  });
});

describe('the share of one member', () => {
  it('is the whole page when a share would not spare half of it, and never more', () => {
    expect([adaptiveShare(5, 1, 9), adaptiveShare(50, 1, 2), adaptiveShare(50, 1, 1)]).toEqual([5, 50, 50]);
    expect([adaptiveShare(50, 1, 9), adaptiveShare(100, 1, 9), adaptiveShare(50, 3, 144)]).toEqual([14, 22, 6]);
    expect(adaptiveShare(50, 6, 9)).toBe(50);
  });
});

const many = (code: string, count: number) =>
  Array.from({ length: count }, (_, at): Order => ({ number: `${code}-${at + 1}`, placedOn: '2024-01-01' }));

type Fault = (ask: Ask, code: string) => Ask;

/** A shop that fails when it is asked for more. */
function atRefill(code: string, shop: Shop, fault: Fault): Ask {
  const ask = toAsk(code, shop);
  return (question, signal) =>
    '_nonet_more0' in (question.variables ?? {}) ? fault(ask, code)(question, signal) : ask(question, signal);
}

const down: Fault = () => () => Promise.reject(new Error('no answer'));
const refuses: Fault = () => () =>
  Promise.resolve({
    data: { orders: null },
    errors: [{ message: 'No.', path: ['orders'], extensions: { code: 'FORBIDDEN' } }],
  });
const notFound: Fault = () => () =>
  Promise.resolve({
    data: { orders: null },
    errors: [{ message: 'What?', path: ['orders'], extensions: { code: 'BAD_CURSOR' } }],
  });
const halfAnswer: Fault = (ask) => async (question, signal) => {
  const answer = await ask(question, signal);
  (answer.data!['orders'] as { _nonet_pageInfo: unknown })._nonet_pageInfo = null;
  return answer;
};
const stranger: Fault = (ask) => async (question, signal) => {
  const answer = await ask(question, signal);
  const coverage = ownCoverage('x', true).courts({ only: 'ALL' });
  (answer.data!['orders'] as { _nonet_coverage: unknown })._nonet_coverage = { courts: coverage };
  return answer;
};

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ordered, toPlainCity, type PlainCase } from '../../support/brute-force.ts';
import { orders } from '../../support/random-selection.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

interface Page {
  readonly totalCount: number;
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

interface Row {
  readonly number: string;
  readonly filedOn: string | null;
  readonly amountOutstanding: string | null;
}

const query = `query($first: Int!, $after: String, $orderBy: CaseOrder!) {
  cases(first: $first, after: $after, orderBy: $orderBy) {
    totalCount
    edges { cursor node { number filedOn amountOutstanding } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

describe('a walk through the whole city', () => {
  let city: TestCity;
  let rows: readonly PlainCase[];

  beforeAll(async () => {
    city = await startTestCity({ casesPerCourt: 6, seed: 'walk 237' });
    rows = toPlainCity(city.records);
  }, 120_000);
  afterAll(() => city[Symbol.asyncDispose]());

  it('meets missing and equal values in several courts', () => {
    const courtsOf = (those: readonly PlainCase[]): number => new Set(those.map(({ court }) => court)).size;
    expect(courtsOf(rows.filter(({ record }) => record.filedOn === null))).toBeGreaterThan(1);
    expect(courtsOf(rows.filter(({ outstanding }) => outstanding === null))).toBeGreaterThan(1);
    const values = rows.flatMap(({ outstanding }) => outstanding ?? []);
    const twice = values.filter((value, at) => values.indexOf(value) < at);
    expect(courtsOf(rows.filter(({ outstanding }) => twice[0] === outstanding))).toBeGreaterThan(1);
  });

  for (const orderBy of orders) {
    it.each([1, 7, 50, 100])(
      `in the order ${orderBy} gives every row exactly once, %i at a time`,
      async (first) => {
        const pages = await walk(first, orderBy);
        const expected = ordered(rows, orderBy).map(({ display }) => display);
        expect(pages.flatMap(({ edges }) => edges.map(({ node }) => node.number))).toEqual(expected);
        expect(pages.map(({ edges }) => edges.length)).toEqual(sizesOf(rows.length, first));
        expect(pages.every(({ totalCount }) => totalCount === rows.length)).toBe(true);
        for (const [at, { edges, pageInfo }] of pages.entries()) {
          expect(pageInfo).toEqual({
            hasNextPage: at < pages.length - 1,
            hasPreviousPage: at > 0,
            startCursor: edges[0]?.cursor,
            endCursor: edges.at(-1)?.cursor,
          });
        }
      },
      60_000,
    );
  }

  it.each(orders.filter((order) => order !== 'NUMBER_ASC'))(
    'in the order %s puts rows without a value last',
    async (orderBy) => {
      const values = (await walk(50, orderBy)).flatMap(({ edges }) => edges.map(({ node }) => valueOf(node, orderBy)));
      const known = values.filter((value) => value !== null);
      expect(values.slice(known.length).every((value) => value === null)).toBe(true);
      const sorted = [...known].sort((a, b) => a - b);
      expect(known).toEqual(orderBy.endsWith('_DESC') ? sorted.reverse() : sorted);
    },
  );

  it('ends on an empty page when it goes on behind the last row', async () => {
    const pages = await walk(100, 'FILED_ON_DESC');
    const beyond = await ask(100, pages.at(-1)!.pageInfo.endCursor, 'FILED_ON_DESC');
    expect(beyond).toEqual({
      totalCount: rows.length,
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });

  async function walk(first: number, orderBy: string): Promise<readonly Page[]> {
    const pages: Page[] = [];
    let after: string | null = null;
    // One page more than there can be: a walk that does not end fails instead of hanging.
    for (let left = Math.ceil(rows.length / first) + 1; left > 0; left -= 1) {
      const page: Page = await ask(first, after, orderBy);
      pages.push(page);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    return pages;
  }

  async function ask(first: number, after: string | null, orderBy: string): Promise<Page> {
    const { data, errors } = await city.ask(query, { first, after, orderBy });
    expect(errors).toBeUndefined();
    return data?.cases as Page;
  }
});

function sizesOf(total: number, first: number): readonly number[] {
  return Array.from({ length: Math.ceil(total / first) }, (_, at) => Math.min(first, total - at * first));
}

/** A number that orders like the value; null when the row has none. */
function valueOf({ filedOn, amountOutstanding }: Row, orderBy: string): number | null {
  if (orderBy.startsWith('FILED_ON')) return filedOn === null ? null : Date.parse(filedOn);
  return amountOutstanding === null ? null : Number(amountOutstanding);
}

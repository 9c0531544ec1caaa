import { describe, expect, it, test } from 'vitest';

import { askShops, ownCoverage, type Shop } from '../../../support/shops.ts';

const orders = [1, 2, 3].map((day) => ({ number: `a-000${day}`, placedOn: `2025-01-0${day}` }));
const full: Shop = { orders };

const emptyPage = {
  edges: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false },
  totalCount: 0,
  totalIsLowerBound: false,
};

/** What a shop says of itself, in words of its own. */
const says = (status: string, reason: string | null = null, code = 'b') => ({
  complete: false,
  courts: [{ court: { code }, status, reason, asOf: null, elapsedMs: 1 }],
});

const pageQuery =
  '{ orders { totalCount totalIsLowerBound edges { node { number } } coverage { complete courts { court { code } status reason } } } }';

interface PageData {
  readonly totalCount: number | null;
  readonly totalIsLowerBound: boolean;
  readonly edges: readonly unknown[];
  readonly coverage: { readonly complete: boolean; readonly courts: readonly object[] };
}

async function pageOf(b: Shop, query = pageQuery, variables = {}): Promise<PageData> {
  const { data } = await askShops({ a: full, b }, query, variables);
  return data['orders'] as PageData;
}

describe('a member that states of itself', () => {
  test.each(['REFUSED', 'PENDING', 'TIMEOUT', 'UNREACHABLE'])(
    '%s is that gap, and never a find of nothing',
    async (status) => {
      const page = await pageOf({ roots: { orders: { ...emptyPage, coverage: says(status, 'NO_LEGAL_BASIS') } } });
      expect(page.coverage.complete).toBe(false);
      expect(page.coverage.courts).toContainEqual({ court: { code: 'b' }, status, reason: 'NO_LEGAL_BASIS' });
      expect(page).toMatchObject({ totalCount: 3, totalIsLowerBound: true });
    },
  );

  it('a gap in words that may hold anything is told without them', async () => {
    const page = await pageOf({
      roots: { orders: { ...emptyPage, coverage: says('REFUSED', 'Ask 320312194912310028') } },
    });
    expect(page.coverage.courts).toContainEqual({ court: { code: 'b' }, status: 'REFUSED', reason: 'STATED' });
  });

  it('a gap beside statistics has no part in them', async () => {
    const sales = { count: 7, totalIsLowerBound: false, coverage: says('PENDING', 'NOT_READ_YET') };
    const whole = { count: 3, totalIsLowerBound: false, coverage: ownCoverage('a', true) };
    const query = '{ sales { count totalIsLowerBound coverage { courts { court { code } status reason } } } }';
    const { data } = await askShops({ a: { roots: { sales: whole } }, b: { roots: { sales } } }, query);
    expect(data['sales']).toMatchObject({ count: 3, totalIsLowerBound: true });
    expect(data['sales']).toMatchObject({
      coverage: { courts: [{}, { court: { code: 'b' }, status: 'PENDING', reason: 'NOT_READ_YET' }] },
    });
  });

  test.each([
    ['another than it is', says('FOUND', null, 'c')],
    ['nobody', { complete: true, courts: [] }],
    ['that it was not asked', says('NOT_ASKED')],
  ])('%s gave no usable answer', async (_, coverage) => {
    const page = await pageOf({ roots: { orders: { ...emptyPage, totalCount: 9, coverage } } });
    expect(page.coverage.courts).toContainEqual({ court: { code: 'b' }, status: 'UNREACHABLE', reason: 'GARBLED' });
    expect(page).toMatchObject({ totalCount: 3, totalIsLowerBound: true });
  });
});

describe('what a member leaves out or tells twice', () => {
  it('a total that it does not give makes the sum a lower bound', async () => {
    const page = await pageOf({
      roots: { orders: { ...emptyPage, totalCount: null, coverage: ownCoverage('b', true) } },
    });
    expect(page).toMatchObject({ totalCount: 3, totalIsLowerBound: true });
  });

  it('a group that is told twice is not counted twice', async () => {
    const group = { size: 'SMALL', count: 2 };
    const sales = (bySize: object[], code: string) => ({ bySize, coverage: ownCoverage(code, true) });
    const { data, errors } = await askShops(
      { a: { roots: { sales: sales([group], 'a') } }, b: { roots: { sales: sales([group, group], 'b') } } },
      '{ sales { bySize { size count } } }',
    );
    expect(data['sales']).toMatchObject({ bySize: [group] });
    expect(errors).toMatchObject([{ code: 'CONFLICT', court: 'b', reason: 'TOLD_TWICE' }]);
  });
});

describe('a member that joins while somebody walks', () => {
  const query = `query ($after: String, $filter: OrderFilter) { orders(first: 2, after: $after, filter: $filter) {
    pageInfo { endCursor } coverage { complete courts { court { code } status reason } } } }`;

  it('was missed earlier in that walk, and not in the next', async () => {
    const first = (await askShops({ a: full }, query)).data['orders'] as { pageInfo: { endCursor: string } };
    const after = first.pageInfo.endCursor;
    const later = await pageOf({ orders: [{ number: 'b-0001', placedOn: '2025-01-01' }] }, query, { after });
    expect(later.coverage).toEqual({
      complete: false,
      courts: [
        { court: { code: 'a' }, status: 'FOUND', reason: null },
        { court: { code: 'b' }, status: 'DEGRADED', reason: 'MISSED_EARLIER' },
      ],
    });
    expect((await pageOf({}, query)).coverage.complete).toBe(true);
  });

  it('is not missed where the question excludes it', async () => {
    const filter = { shops: ['a'] };
    const first = (await askShops({ a: full }, query, { filter })).data['orders'] as {
      pageInfo: { endCursor: string };
    };
    const later = await pageOf({}, query, { after: first.pageInfo.endCursor, filter });
    expect(later.coverage).toMatchObject({ complete: true, courts: [{ status: 'FOUND' }, { status: 'NOT_ASKED' }] });
  });
});

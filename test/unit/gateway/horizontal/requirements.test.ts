import { describe, expect, it } from 'vitest';

import type { Ask } from '../../../../common/wire.ts';
import { askShops, compareOrders, toAsk, type Order, type Shop } from '../../../support/shops.ts';

const shops: Record<string, Shop> = {
  a: { orders: rows('a', 'SMALL', 'LARGE', 'SMALL', 'SMALL') },
  b: { orders: rows('b', 'LARGE', 'SMALL', 'LARGE') },
  c: { orders: rows('c', 'MEDIUM', 'SMALL') },
};

function rows(code: string, ...sizes: readonly string[]): Order[] {
  return sizes.map((size, index) => ({ number: `${code}-${index}`, placedOn: `2024-0${index + 1}-01`, size }));
}

const page = 'orders(first: 3) { totalCount edges { node { number } } pageInfo { hasNextPage } }';

interface Campaign {
  readonly orders: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: { readonly number: string } }[];
  } | null;
}

/** Asks for campaigns as a planner does: by representations that bring what the field requires. */
async function campaigns(
  of: Readonly<Record<string, Shop | Ask>>,
  representations: readonly Record<string, unknown>[],
  selection = page,
) {
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Campaign { ${selection} } }
  }`;
  const named = representations.map((own, index) => ({ __typename: 'Campaign', id: `c${index}`, ...own }));
  const answer = await askShops(of, query, { representations: named });
  return { ...answer, found: answer.data['_entities'] as (Campaign | null)[] };
}

const numbersOf = (campaign: Campaign | null | undefined) => campaign?.orders?.edges.map(({ node }) => node.number);

describe('a gathered field that requires what another subgraph keeps', () => {
  it('gives the rows that the requirement describes, in the one order, with totals of all shops', async () => {
    const { found, errors } = await campaigns(shops, [{ terms: { size: 'SMALL', shops: null } }]);
    const all = Object.values(shops)
      .flatMap(({ orders }) => orders!)
      .filter(({ size }) => size === 'SMALL')
      .sort(compareOrders);
    expect(numbersOf(found[0])).toEqual(all.slice(0, 3).map(({ number }) => number));
    expect(found[0]!.orders!.totalCount).toBe(all.length);
    expect(errors).toEqual([]);
  });

  it('asks each shop once for all entities, and each entity only where its requirement leads', async () => {
    const { found, asked, coverage } = await campaigns(shops, [
      { terms: { size: 'SMALL', shops: ['a', 'b'] } },
      { terms: { size: 'LARGE', shops: ['b'] } },
    ]);
    expect(asked.toSorted()).toEqual(['a', 'b']);
    expect(numbersOf(found[0])).toEqual(['a-3', 'a-2', 'b-1']);
    expect(numbersOf(found[1])).toEqual(['b-2', 'b-0']);
    expect(coverage).toMatchObject([{ complete: true, courts: [{}, {}, { code: 'c', status: 'NOT_ASKED' }] }]);
  });

  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ['is not there', {}, ['terms']],
    ['is null', { terms: null }, ['terms']],
    ['lacks one of its fields', { terms: { shops: ['a'] } }, ['terms.size']],
    ['is no object', { terms: 'everything' }, ['terms']],
  ])('asks nobody and says so when the requirement %s', async (_, representation, requires) => {
    const { found, asked, errors, coverage } = await campaigns(shops, [representation]);
    expect(asked).toEqual([]);
    expect(found).toEqual([{ orders: null }]);
    expect(errors).toMatchObject([{ code: 'MISSING_VALUE', reason: 'REQUIREMENT_ABSENT', requires, path: ['orders'] }]);
    expect(coverage).toEqual([]);
  });

  it('costs an entity without its requirement its own rows and no other entity anything', async () => {
    const { found, errors } = await campaigns(shops, [{ terms: null }, { terms: { size: 'LARGE', shops: null } }]);
    expect(found[0]).toEqual({ orders: null });
    expect(numbersOf(found[1])).toEqual(['b-2', 'a-1', 'b-0']);
    expect(errors).toHaveLength(1);
  });

  it('names nobody when the list of shops is empty, and everybody when it is null', async () => {
    const none = await campaigns(shops, [{ terms: { size: null, shops: [] } }]);
    expect(none.asked).toEqual([]);
    expect(none.found[0]!.orders).toMatchObject({ edges: [] });
    expect(none.errors).toEqual([]);
    const all = await campaigns(shops, [{ terms: { size: null, shops: null } }]);
    expect(all.asked.toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('refuses a shop that nobody knows, and asks nobody', async () => {
    const { found, asked, errors } = await campaigns(shops, [{ terms: { size: null, shops: ['a', 'z'] } }]);
    expect(asked).toEqual([]);
    expect(found).toEqual([{ orders: null }]);
    expect(errors).toMatchObject([{ code: 'UNKNOWN_COURT', path: ['orders'], known: ['a', 'b', 'c'] }]);
  });

  it('asks nobody about an entity of which two accounts were given', async () => {
    const { found, asked, errors } = await campaigns(shops, [
      { id: 'same', terms: { size: 'SMALL', shops: ['a'] } },
      { id: 'same', terms: { size: 'SMALL', shops: ['b'] } },
    ]);
    expect(asked).toEqual([]);
    expect(found).toEqual([null, null]);
    expect(errors).toMatchObject([{ code: 'CONFLICT' }]);
  });

  it('brings the requirement of each entity to each shop unchanged', async () => {
    const seen: unknown[] = [];
    const spied: Ask = (question, signal) => {
      seen.push(question.variables!['representations']);
      return toAsk('a', shops['a']!)(question, signal);
    };
    const terms = { size: null, shops: ['a'] };
    await campaigns({ a: spied }, [{ terms }, { terms: null }]);
    expect(seen).toEqual([[{ __typename: 'Campaign', id: 'c0', terms }]]);
  });

  it('counts a shop that is down as a gap of the entities that needed it alone', async () => {
    const down: Ask = () => Promise.reject(new Error('no answer'));
    const { found } = await campaigns(
      { ...shops, c: down },
      [{ terms: { size: null, shops: ['a'] } }, { terms: { size: null, shops: ['c'] } }],
      'orders { totalIsLowerBound coverage { complete } }',
    );
    expect(found).toEqual([
      { orders: { totalIsLowerBound: false, coverage: { complete: true } } },
      { orders: { totalIsLowerBound: true, coverage: { complete: false } } },
    ]);
  });
});

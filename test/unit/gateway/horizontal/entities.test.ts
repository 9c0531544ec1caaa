import { describe, expect, it } from 'vitest';

import type { Ask } from '../../../../common/wire.ts';
import { askShops, toAsk, type Order, type Shop } from '../../../support/shops.ts';

const down: Ask = () => Promise.reject(new Error('no answer'));
const broken = () => {
  throw new Error('out of paper');
};

/** Asks for customers as a planner does: by representations. */
async function customers(shops: Readonly<Record<string, Shop | Ask>>, selection: string, ...ids: readonly string[]) {
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Customer { ${selection} } }
  }`;
  const representations = ids.map((id) => ({ __typename: 'Customer', id }));
  const answer = await askShops(shops, query, { representations });
  return { ...answer, found: answer.data['_entities'] as (Record<string, unknown> | null)[] };
}

const order = (number: string, placedOn: string | null): Order => ({ number, placedOn });

describe('somebody whom several shops know', () => {
  const shops: Record<string, Shop> = {
    a: {
      customers: {
        '1': {
          name: 'Wang',
          names: ['Wang'],
          lastOrderOn: '2020-01-01',
          firstOrderOn: '2019-01-01',
          spent: '1.10',
          isMember: false,
          largest: 'LARGE',
          birthYear: 1980,
        },
        '2': { name: 'Li', names: ['Li'], lastOrderOn: '2022-01-01' },
      },
    },
    b: {
      customers: {
        '1': {
          name: 'Wáng',
          names: ['Wáng', 'Wang'],
          lastOrderOn: '2021-01-01',
          firstOrderOn: '2018-01-01',
          spent: '2.20',
          isMember: true,
          largest: 'MEDIUM',
          address: { city: 'X', visits: 2 },
        },
      },
    },
    c: {},
  };

  it('is one, each field by its rule, in the place of each representation, asked once', async () => {
    const { found, errors, asked } = await customers(
      shops,
      '__typename id name names lastOrderOn firstOrderOn spent isMember largest birthYear address { city visits }',
      '1',
      '2',
      '1',
    );
    const first = {
      __typename: 'Customer',
      id: '1',
      name: 'Wáng',
      names: ['Wang', 'Wáng'],
      lastOrderOn: '2021-01-01',
      firstOrderOn: '2018-01-01',
      spent: '3.30',
      isMember: true,
      largest: 'LARGE',
      birthYear: 1980,
      address: { city: 'X', visits: 2 },
    };
    expect(found[0]).toEqual(first);
    expect(found[1]).toMatchObject({ id: '2', name: 'Li', names: ['Li'], address: null });
    expect(found[2]).toEqual(first);
    expect(errors).toEqual([]);
    expect(asked.sort()).toEqual(['a', 'b', 'c']);
  });

  it('is found by key, whatever order a shop answers in', async () => {
    const honest = toAsk('a', shops['a']!);
    const reversed: Ask = async (question, signal) => {
      const answer = await honest(question, signal);
      (answer.data!['_entities'] as unknown[]).reverse();
      return answer;
    };
    const { found } = await customers({ a: reversed }, 'name', '1', '2');
    expect(found.map((own) => own?.['name'])).toEqual(['Wang', 'Li']);
  });

  it('keeps the key by which it was asked for when nobody answers', async () => {
    const { found, errors } = await customers({ a: down, b: down }, '__typename id name', '1');
    expect(found).toEqual([{ __typename: 'Customer', id: '1', name: null }]);
    expect(errors).toMatchObject([
      { code: 'UPSTREAM_UNREACHABLE', court: 'a' },
      { code: 'UPSTREAM_UNREACHABLE', court: 'b' },
    ]);
  });

  it('is empty, not null, when nobody knows it', async () => {
    const { found, errors } = await customers(
      { a: {}, b: {} },
      'name names orders { number } orderConnection { edges { cursor } coverage { complete courts { status } } }',
      '9',
    );
    expect(errors).toEqual([]);
    expect(found).toEqual([
      {
        name: null,
        names: [],
        orders: [],
        orderConnection: { edges: [], coverage: { complete: true, courts: [{ status: 'NONE' }, { status: 'NONE' }] } },
      },
    ]);
  });

  it('is told about with an error when one of its values failed, though another shop gave it', async () => {
    const { found, errors } = await customers(
      { a: { customers: { '1': { name: broken, lastOrderOn: '2024-01-01' } } }, b: shops['b']! },
      'name',
      '1',
    );
    expect(found).toEqual([{ name: 'Wáng' }]);
    expect(errors).toMatchObject([{ code: 'UPSTREAM_ERROR', court: 'a' }]);
  });

  it('is asked only of the shop that can know it', async () => {
    const { found, asked } = await customers(shops, 'orderConnection { coverage { courts { status } } }', 'only b 7');
    expect(asked).toEqual(['b']);
    expect(found).toEqual([
      {
        orderConnection: {
          coverage: { courts: [{ status: 'NOT_ASKED' }, { status: 'NONE' }, { status: 'NOT_ASKED' }] },
        },
      },
    ]);
  });
});

describe('a plain list of somebody’s rows', () => {
  const shops: Record<string, Shop> = {
    a: {
      customers: {
        '1': {
          orders: [order('a-2', '2024-02-01'), order('a-9', null)],
          oldest: [order('a-2', '2024-02-01'), order('a-9', null)],
        },
      },
    },
    b: {
      customers: {
        '1': {
          orders: [order('b-1', '2024-03-01'), order('b-2', '2024-02-01'), order('b-7', null)],
          oldest: [order('b-2', '2024-02-01'), order('b-1', '2024-03-01'), order('b-7', null)],
        },
      },
    },
  };
  const numbersOf = (rows: unknown) => (rows as { number: string }[]).map((row) => row.number);

  it('is in the declared order, rows without a value last in both directions', async () => {
    const { found } = await customers(shops, 'orders { number } oldest { number }', '1');
    expect(numbersOf(found[0]!['orders'])).toEqual(['b-1', 'a-2', 'b-2', 'a-9', 'b-7']);
    expect(numbersOf(found[0]!['oldest'])).toEqual(['a-2', 'b-2', 'b-1', 'a-9', 'b-7']);
  });

  it('is in that order even if the client does not ask for what it goes by, or hides it behind another name', async () => {
    const { found } = await customers(shops, 'orders { n: size placedOn: number }', '1');
    expect((found[0]!['orders'] as { placedOn: string }[]).map((row) => row.placedOn)).toEqual([
      'b-1',
      'a-2',
      'b-2',
      'a-9',
      'b-7',
    ]);
  });

  it('is cut at its limit, and says so', async () => {
    const { found, errors } = await customers(shops, 'orders(first: 2) { number }', '1');
    expect(numbersOf(found[0]!['orders'])).toEqual(['b-1', 'a-2']);
    expect(errors).toMatchObject([{ code: 'LIST_TRUNCATED', limit: 2 }]);
  });

  it('states its coverage beside the answer, and is null when nobody answered', async () => {
    const whole = await customers({ ...shops, c: down }, 'orders { number }', '1');
    expect(whole.coverage).toMatchObject([
      { complete: false, courts: [{ status: 'FOUND' }, { status: 'FOUND' }, { status: 'UNREACHABLE' }] },
    ]);
    expect(whole.errors).toMatchObject([{ code: 'UPSTREAM_UNREACHABLE', court: 'c' }]);
    const none = await customers({ a: { customers: { '1': { orders: broken } } }, b: down }, 'orders { number }', '1');
    expect(none.found).toEqual([{ orders: null }]);
  });

  it('leaves out rows of another shop', async () => {
    const { found, errors, coverage } = await customers(
      { a: { customers: { '1': { orders: [order('b-1', null)] } } }, b: {} },
      'orders { number }',
      '1',
    );
    expect(found).toEqual([{ orders: [] }]);
    expect(errors).toMatchObject([{ code: 'MISPLACED_ROW', court: 'a' }]);
    expect(coverage).toMatchObject([
      {
        complete: false,
        courts: [
          { code: 'a', status: 'DEGRADED' },
          { code: 'b', status: 'NONE' },
        ],
      },
    ]);
  });

  it('with wrong arguments is told at its field and costs its siblings nothing', async () => {
    const { found, errors } = await customers(
      { a: { customers: { '1': { name: 'Wang' } } } },
      'name orderConnection(first: 0) { totalCount } ... { bad: orderConnection(after: "AA") { totalCount } }',
      '1',
    );
    expect(found).toEqual([{ name: 'Wang', orderConnection: null, bad: null }]);
    expect(errors).toMatchObject([
      { code: 'BAD_USER_INPUT', path: ['orderConnection'], argument: 'first' },
      { code: 'BAD_CURSOR', path: ['bad'] },
    ]);
  });

  it('is told what a choice went by, when a shop fails to say it', async () => {
    const own = { a: { customers: { '1': { name: 'Wang', lastOrderOn: '2020-01-01' } } } };
    const other = { b: { customers: { '1': { name: 'Li', lastOrderOn: broken } } } };
    const { found, errors } = await customers({ ...own, ...other }, 'name', '1');
    expect(found).toEqual([{ name: 'Wang' }]);
    expect(errors).toMatchObject([{ code: 'UPSTREAM_ERROR', court: 'b' }]);
    const { errors: none } = await customers({ ...own, ...other }, 'names', '1');
    expect(none).toEqual([]);
  });
});

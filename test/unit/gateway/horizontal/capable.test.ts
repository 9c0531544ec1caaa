import { Kind, parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';

import { compileCapable } from '../../../../gateway/horizontal/capable.ts';
import type { Capability } from '../../../../schema/horizontal/drift/capability.ts';
import { judgeMember } from '../../../../schema/horizontal/drift/judge.ts';
import { without } from '../../../support/older-program.ts';
import { askShops, shopsContract, type Shop } from '../../../support/shops.ts';
import { campaignsSdl, shopsSdl } from '../../../support/shops-contract.ts';

const sdl = shopsSdl + campaignsSdl;

function judged(text: string): Capability {
  const { capability, incompatible } = judgeMember(shopsContract, text, 'old');
  expect(incompatible).toEqual([]);
  return capability;
}

const lacking = (...coordinates: string[]) => judged(without(sdl, ...coordinates));

/** What a member is asked of a question. */
function asked(capability: Capability, query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query);
  const [operation] = document.definitions;
  const roots = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
  const keys = roots.flatMap((root) => (root.kind === Kind.FIELD ? [root.alias?.value ?? root.name.value] : []));
  const fit = compileCapable(shopsContract.schema, document);
  const question = fit(capability, { roots: new Set(keys), without: new Set() }, variables);
  const told = Object.fromEntries(Object.entries(question.variables).filter(([name]) => question.used.has(name)));
  return {
    text: question.text.replaceAll(/\s+/g, ' '),
    roots: question.roots,
    unasked: question.unasked.map(({ place, key }) => [...place, key].join('.')),
    variables: told,
  };
}

const plain = (query: string) => print(parse(query)).replaceAll(/\s+/g, ' ');

describe('a question to a member that lacks something', () => {
  it('leaves out fields, and what only they used', () => {
    expect(
      asked(
        lacking('Order.size', 'Article', 'Customer.oldest'),
        `query ($first: Int, $size: Size) { order(number: "a-1") { n: number s: size lines { article { name } }
          buyer { oldest(first: $first) { number } orders(size: $size) { number ...F } } } }
          fragment F on Order { lines { article { price } quantity } }`,
        { first: 3, size: 'SMALL' },
      ),
    ).toEqual({
      text: plain(`query ($size: Size) { order(number: "a-1") { n: number lines { _nonet_typename: __typename }
        buyer { orders(size: $size) { number ... on Order { lines { quantity } } } } } }`),
      roots: ['order'],
      unasked: ['order.s', 'order.lines.@.article', 'order.buyer.oldest', 'order.buyer.orders.@.lines.@.article'],
      variables: { size: 'SMALL' },
    });
  });

  it('is asked with a filter whose unknown field is null or absent, and never with one that is used', () => {
    const old = lacking('OrderFilter.within', 'Size.LARGE');
    const query =
      'query ($f: OrderFilter, $s: Size) { a: sales(filter: $f) { count } b: sales(filter: { size: $s }) { count } }';
    expect(asked(old, query, { f: { within: null, numbers: ['a'] }, s: 'SMALL' })).toMatchObject({
      roots: ['a', 'b'],
      unasked: [],
      variables: { f: { numbers: ['a'] }, s: 'SMALL' },
    });
    expect(asked(old, query, { f: { within: {} }, s: 'SMALL' })).toMatchObject({
      roots: ['b'],
      unasked: ['a'],
      text: plain('query ($s: Size) { b: sales(filter: {size: $s}) { count } }'),
    });
    expect(asked(old, query, { f: { size: 'LARGE' }, s: 'LARGE' })).toEqual({
      text: '',
      roots: [],
      unasked: ['a', 'b'],
      variables: {},
    });
    const literal = '{ a: sales(filter: { within: null, size: SMALL }) { count } }';
    expect(asked(old, literal).text).toBe(plain('{ a: sales(filter: { size: SMALL }) { count } }'));
    expect(asked(old, '{ a: sales(filter: { within: { days: [] } }) { count } }').roots).toEqual([]);
  });

  it('is not told a default of the question that it would not understand', () => {
    const query = 'query ($f: OrderFilter = { within: null, size: SMALL }) { sales(filter: $f) { count } }';
    const own = asked(lacking('OrderFilter.within'), query, { f: { within: null, size: 'SMALL' } });
    expect(own.text).toBe(plain('query ($f: OrderFilter) { sales(filter: $f) { count } }'));
    expect(own.variables).toEqual({ f: { size: 'SMALL' } });
  });

  it('leaves out what says nothing but the default, and what the hub does itself', () => {
    const old = lacking('Query.orders(first:)', 'Query.orders(completeness:)', 'Query.orders(after:)');
    const query = 'query ($n: Int, $a: String) { orders(first: $n, after: $a, completeness: COMPLETE) { totalCount } }';
    expect(asked(old, query, { n: 5 }).text).toBe(plain('{ orders { totalCount } }'));
    expect(asked(old, query).text).toBe(plain('{ orders { totalCount } }'));
    // Where the contract has a default, null is another value.
    expect(asked(old, query, { n: null }).roots).toEqual([]);
    expect(asked(old, query, { n: 6 }).roots).toEqual([]);
    expect(asked(old, query, { a: 'x' }).roots).toEqual([]);
  });

  it('has the contract written out where leaving out means something else', () => {
    const other = judged(
      sdl
        .replace('orders(first: Int = 10, size: Size)', 'orders(first: Int! = 20, size: Size = SMALL)')
        .replace('size: Size\n    within', 'size: Size = SMALL\n    within'),
    );
    const query =
      'query ($f: OrderFilter, $n: Int) { sales(filter: $f) { count } s: sales(filter: {}) { count } customer(id: 1) { orders(first: $n) { number } } }';
    expect(asked(other, query, { f: { numbers: [] } })).toMatchObject({
      text: plain(`query ($f: OrderFilter) { sales(filter: $f) { count } s: sales(filter: { size: null }) { count }
        customer(id: 1) { orders(first: 10, size: null) { number } } }`),
      variables: { f: { numbers: [], size: null } },
    });
    expect(asked(other, query, { n: 3 }).text).toContain('orders(first: $n, size: null)');
    // A null that may not be told is neither dropped nor taken for the default.
    expect(asked(other, query, { n: null }).unasked).toEqual(['customer.orders']);
    const nulls = '{ customer(id: 1) { orders(first: 2, size: null) { number } } }';
    expect(asked(other, nulls).text).toBe(plain(nulls));
  });
});

describe('a city in which one shop lacks something', () => {
  const orders = (code: string) =>
    [1, 2].map((n) => ({ number: `${code}-${n}`, placedOn: `2024-01-0${n}`, size: 'SMALL' }));
  const shops: Record<string, Shop> = {
    a: { orders: orders('a'), customers: { c1: { isMember: false, hasConsented: true, spent: '1.00', name: 'A' } } },
    b: { orders: orders('b'), customers: { c1: { isMember: false, hasConsented: true, spent: '2.00', name: 'B' } } },
  };
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on Customer { isMember hasConsented spent orders { number } } } }`;
  const campaigns = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on Campaign { orders { totalCount edges { node { number } } } } } }`;

  it('does not know what it might have said', async () => {
    const representations = [{ __typename: 'Customer', id: 'c1' }];
    const { data, errors } = await askShops(
      shops,
      query,
      { representations },
      {
        b: lacking('Customer.isMember', 'Customer.spent', 'Customer.orders'),
      },
    );
    expect(data['_entities']).toMatchObject([{ isMember: null, hasConsented: true, spent: '1.00' }]);
    expect(errors).toEqual([expect.objectContaining({ code: 'UPSTREAM_REFUSED', court: 'b', reason: 'UNSUPPORTED' })]);
  });

  it('does not miss what nobody asked for: a condition may go by a variable that only the lacking field would use', async () => {
    const representations = [{ __typename: 'Customer', id: 'c1' }];
    const skipping = query
      .replace('($representations', '($leaveOut: Boolean!, $representations')
      .replace('spent', 'spent @skip(if: $leaveOut)');
    const { errors } = await askShops(
      shops,
      skipping,
      { representations, leaveOut: true },
      { b: lacking('Customer.spent') },
    );
    expect(errors).toEqual([]);
  });

  it('does not ask it about an entity whose criteria it would not read, and asks about those that it reads', async () => {
    const old = lacking('Terms.size');
    const about = (id: string, size: string | null) => ({ __typename: 'Campaign', id, terms: { size, shops: null } });
    const {
      data,
      errors,
      asked: who,
      coverage,
    } = await askShops(
      shops,
      campaigns,
      { representations: [about('narrow', 'SMALL'), about('wide', null)] },
      { b: old },
    );
    expect(data['_entities']).toMatchObject([{ orders: { totalCount: 2 } }, { orders: { totalCount: 4 } }]);
    expect(who).toEqual(['a', 'b']);
    expect(errors).toEqual([expect.objectContaining({ code: 'UPSTREAM_REFUSED', court: 'b', reason: 'UNSUPPORTED' })]);
    expect(JSON.stringify(coverage)).toContain('UNSUPPORTED');
  });

  it('asks it nothing about a type that it has not', async () => {
    const representations = [{ __typename: 'Customer', id: 'c1' }];
    const own = lacking('Customer', 'Order.buyer', 'Query.customer');
    const { data, errors, asked: who } = await askShops(shops, query, { representations }, { b: own });
    expect(who).toEqual(['a']);
    expect(data['_entities']).toMatchObject([{ spent: '1.00', isMember: null }]);
    expect(errors).toEqual([expect.objectContaining({ code: 'UPSTREAM_REFUSED', court: 'b' })]);
  });
});

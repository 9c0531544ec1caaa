import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import { buildSchema } from 'graphql';
import { describe, expect, it, vi } from 'vitest';

import { sha256 } from '../../../../common/proof.ts';
import { toBody } from '../../../../gateway/asking/question-body.ts';
import { compileRepresentations } from '../../../../gateway/execution/compiled/representations.ts';

const schema = buildSchema(`
  interface Item { id: ID! }
  type Book implements Item { id: ID! size: Size tags: [String] sizes: [[Size]] }
  type Map implements Item { id: ID! }
  type Size { pages: Int weight: Float }
  type Query { item: Item }
`);
const field = (name: string, selections?: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'Field',
  name,
  ...(selections && { selections }),
});
const on = (typeCondition: string, ...selections: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'InlineFragment',
  typeCondition,
  selections,
});
const key = on('Book', field('__typename'), field('id'));
const build = (...requires: QueryPlanSelectionNode[]) => compileRepresentations(schema, requires, undefined);
const book = (id: string, more: object = {}) => ({ __typename: 'Book', id, title: 'not asked', ...more });

describe('what subgraphs are told of objects', () => {
  it('is written as JSON has it, the first time and later', () => {
    const sizes = field('sizes', [field('pages'), field('weight')]);
    const own = build(
      on('Book', field('__typename'), field('id'), field('size', [field('pages')]), field('tags'), sizes),
    );
    const query = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';
    const rows = [
      book('一', { size: { pages: 1, weight: 2 }, tags: ['"', null], sizes: [[{ pages: 1, weight: 0.5 }, null], []] }),
      book('二', { size: null, tags: null, sizes: null }),
    ];
    for (let times = 0; times < 6; times += 1) {
      const { representations } = own(rows);
      const stringify = vi.spyOn(JSON, 'stringify');
      const { bytes, digest } = toBody({ query, variables: { representations, first: 1 } });
      const asText = stringify.mock.calls.filter(([value]) => value === representations).length;
      stringify.mockRestore();
      expect(asText).toBe(times < 3 ? 1 : 0);
      const text = JSON.stringify({ variables: { representations, first: 1 }, query });
      expect(bytes.toString()).toBe(text);
      expect(digest()).toBe(sha256(text));
    }
  });

  it('is told once of each, and each object knows where', () => {
    const told = build(key)([book('1'), book('2'), book('1'), { __typename: 'Map', id: '1' }, book('2')]);
    expect(told).toEqual({
      representations: [
        { __typename: 'Book', id: '1' },
        { __typename: 'Book', id: '2' },
      ],
      placeOf: [0, 1, 0, -1, 1],
      untold: [],
    });
  });

  it('keeps two accounts of one entity apart, however often each is given', () => {
    const requires = on('Book', field('__typename'), field('id'), field('size', [field('pages')]));
    const rows = [1, 2, 1, null, 2].map((pages) => book('1', { size: pages === null ? null : { pages, weight: 3 } }));
    const { representations, placeOf } = build(requires)(rows);
    expect(representations.map((own) => own['size'])).toEqual([{ pages: 1 }, { pages: 2 }, null]);
    expect(placeOf).toEqual([0, 1, 0, 2, 1]);
  });

  it.each([
    ['a field', {}],
    ['a field of a value', { size: {} }],
    ['a field of one of many', { size: [{ pages: 1 }, {}] }],
    ['a value that is none', { size: 'large' }],
  ])('says nothing of an object that lacks %s: what failed is not null', (_, more) => {
    const requires = on('Book', field('__typename'), field('id'), field('size', [field('pages')]));
    expect(build(requires)([book('1', more)])).toEqual({
      representations: [],
      placeOf: [-1],
      untold: [{ __typename: 'Book', id: '1' }],
    });
  });

  it('knows which objects nothing could be told of, by what is left of them, and none of another type', () => {
    const requires = on('Book', field('__typename'), field('id'), field('size', [field('pages')]));
    const rows = [
      book('1'),
      { __typename: 'Book' },
      { __typename: 'Map', id: '3' },
      { id: '4' },
      { __typename: 'None' },
    ];
    const whole = book('5', { size: { pages: 1 } });
    expect(build(requires)([...rows, whole])).toMatchObject({
      placeOf: [-1, -1, -1, -1, -1, 0],
      untold: [{ __typename: 'Book', id: '1' }, { __typename: 'Book' }],
    });
    const setsName: FetchDataRewrite = { kind: 'ValueSetter', path: ['... on Item', '__typename'], setValueTo: 'Item' };
    const renamed = compileRepresentations(schema, [requires], [setsName]);
    expect(renamed(rows).untold).toEqual([{ __typename: 'Item', id: '1' }, { __typename: 'Item' }]);
  });

  it('tells lists of lists, nulls in them, and leaves as they are', () => {
    const requires = on('Book', field('__typename'), field('tags'), field('sizes', [field('pages')]));
    const own = book('1', { tags: ['a', null], sizes: [[{ pages: 1, weight: 2 }, null], null] });
    expect(build(requires)([own]).representations).toEqual([
      { __typename: 'Book', tags: ['a', null], sizes: [[{ pages: 1 }, null], null] },
    ]);
  });

  it('tells a fragment as a whole or not at all', () => {
    const told = build(
      key,
      on('Book', field('size', [field('pages')])),
    )([book('1'), book('2', { size: { pages: 1 } })]);
    expect(told.representations).toEqual([
      { __typename: 'Book', id: '1' },
      { __typename: 'Book', id: '2', size: { pages: 1 } },
    ]);
  });

  it('applies a fragment on an interface to what implements it, and changes what the planner wants changed', () => {
    const requires = [on('Item', field('__typename'), field('id'))];
    const rename = [{ kind: 'ValueSetter' as const, path: ['... on Map', '__typename'], setValueTo: 'Item' }];
    const rows = [
      book('1'),
      { __typename: 'Map', id: '2' },
      { __typename: 'Query', id: '3' },
      { __typename: 'No such', id: '4' },
    ];
    expect(compileRepresentations(schema, requires, rename)(rows)).toEqual({
      representations: [
        { __typename: 'Book', id: '1' },
        { __typename: 'Item', id: '2' },
      ],
      placeOf: [0, 1, -1, -1],
      untold: [],
    });
  });

  it('does not confuse leaves that look like others together', () => {
    const requires = on('Book', field('__typename'), field('a'), field('b'));
    const rows = [
      { __typename: 'Book', a: 'x', b: '\u0001y' },
      { __typename: 'Book', a: 'x\u0001', b: 'y' },
      { __typename: 'Book', a: 'x', b: '\u0001y' },
    ];
    expect(build(requires)(rows).placeOf).toEqual([0, 1, 0]);
  });
});

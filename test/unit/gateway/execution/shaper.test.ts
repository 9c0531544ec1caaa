import { buildSchema, getOperationAST, GraphQLString, Kind, parse, type FragmentDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';

import { ownKeyOf } from '../../../../gateway/execution/aliases.ts';
import { answerJson } from '../../../../gateway/execution/compiled/answer-json.ts';
import { shaperCode } from '../../../../gateway/execution/compiled/shaper-code.ts';
import { compileShaper, type FieldRules } from '../../../../gateway/execution/compiled/shaper.ts';
import { shapeOf } from '../../../../gateway/execution/compiled/selection.ts';
import { compileWriter } from '../../../../gateway/json/writer.ts';
import type { RequestContext } from '../../../../gateway/request-context.ts';

const schema = buildSchema(`
  scalar Any
  enum Few { A B }
  enum Many { A B C D E F }
  interface Item { id: ID! name: String }
  type Book implements Item { id: ID! name: String pages: Int! few: Few many: Many weight: Float isOld: Boolean any: Any! next: Item! }
  type Map implements Item { id: ID! name: String scales: [Int!] grid: [[Int!]!] next: [Book!]! }
  union Thing = Book | Map
  type Query { item: Item book: Book map: Map things: [Thing] must: Book! constructor: String }
`);

const context = {} as RequestContext;

function shape(
  query: string,
  data: object,
  { decided = {}, rules }: { decided?: Record<string, unknown>; rules?: FieldRules } = {},
) {
  const document = parse(query, { noLocation: true });
  const fragments = document.definitions.filter(
    (own): own is FragmentDefinitionNode => own.kind === Kind.FRAGMENT_DEFINITION,
  );
  const scope = {
    schema,
    operation: getOperationAST(document)!,
    fragments: Object.fromEntries(fragments.map((own) => [own.name.value, own])),
    decided,
    ownKeyOf,
  };
  const own = shapeOf(scope);
  const { data: shaped, missing } = compileShaper(own, rules)(data as Record<string, unknown>, null, context);
  // Whatever is completed is written as JSON has it.
  expect(compileWriter(answerJson(own, rules))(shaped)?.toString()).toBe(JSON.stringify(shaped));
  return { data: shaped, missing };
}

describe('the pass over an answer', () => {
  it('gives what was asked, in the order of the question, under the client’s own keys, as plain objects', () => {
    const query = `{ b: book { _nonet_as_name: id ...F name _nonet_steady: __typename } }
      fragment F on Item { n: __typename name id }`;
    const { data } = shape(query, { b: { id: '1', _nonet_as_name: '1', name: 'x', hidden: 1 }, other: 1 });
    expect(JSON.stringify(data)).toBe('{"b":{"name":"x","n":"Book","id":"1"}}');
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  });

  it.each([
    ['few', 'A', 'C'],
    ['many', 'F', 'G'],
    ['many', 'A', 'toString'],
    ['weight', 1.5, '1.5'],
    ['weight', 1, Infinity],
    ['isOld', false, 0],
    ['name', '', 1],
    ['name', 'x', ['x']],
    ['id', 1, 1.5],
    ['id', '1', true],
    ['pages', -1, 1.5],
    ['pages', 1, '1'],
  ])('lets %s be %j and not %j', (field, right, wrong) => {
    expect(shape(`{ book { ${field} } }`, { book: { [field]: right } })).toEqual({
      data: { book: { [field]: right } },
      missing: [],
    });
    const { missing } = shape(`{ book { ${field} } }`, { book: { [field]: wrong } });
    expect(missing).toEqual([['book', field]]);
  });

  it('lets a scalar of the schema be anything but null where it may not be', () => {
    for (const any of [0, '', false, { a: [1] }]) {
      expect(shape('{ book { any } }', { book: { any } })).toEqual({ data: { book: { any } }, missing: [] });
    }
    expect(shape('{ book { any } }', { book: {} })).toEqual({ data: { book: null }, missing: [['book', 'any']] });
  });

  it('makes null of what is around a missing value, up to what may be null, and tells it once', () => {
    expect(
      shape('{ book { next { id } } map { id } }', { book: { next: { __typename: 'Map' } }, map: { id: 1 } }),
    ).toEqual({
      data: { book: null, map: { id: 1 } },
      missing: [['book', 'next', 'id']],
    });
    expect(shape('{ must { pages } }', {})).toEqual({ data: null, missing: [['must']] });
    expect(
      shape('{ map { grid scales } }', { map: { grid: [[1], [2, null], null, [3, 'x']], scales: [1, 2] } }),
    ).toEqual({
      data: { map: { grid: null, scales: [1, 2] } },
      missing: [
        ['map', 'grid', 1, 1],
        ['map', 'grid', 2],
        ['map', 'grid', 3, 1],
      ],
    });
  });

  it('takes no list for an object and no object for a list', () => {
    expect(shape('{ book { id } }', { book: [] }).missing).toEqual([['book']]);
    expect(shape('{ map { scales } }', { map: { scales: { 0: 1, length: 1 } } }).missing).toEqual([['map', 'scales']]);
    expect(shape('{ things { ... on Book { id } } }', { things: [7, null] })).toEqual({
      data: { things: [null, null] },
      missing: [['things', 0]],
    });
  });

  it('goes by what each object is, and makes null of what nobody knows', () => {
    const query = '{ things { __typename ... on Item { name } ... on Map { id } } item { id } }';
    const things = [
      { __typename: 'Map', id: '1', name: 'm' },
      { __typename: 'Book', id: '2' },
      { __typename: 'Query' },
      {},
    ];
    expect(shape(query, { things, item: { id: '9' } })).toEqual({
      data: {
        things: [{ __typename: 'Map', name: 'm', id: '1' }, { __typename: 'Book', name: null }, null, null],
        item: { id: '9' },
      },
      missing: [
        ['things', 2],
        ['things', 3],
      ],
    });
    expect(shape('{ item { __typename id } }', { item: { __typename: 'Item', id: '1' } }).missing).toEqual([
      ['item', '__typename'],
    ]);
  });

  it('leaves out what its conditions leave out, in the order in which the rest comes', () => {
    const query = 'query ($x: Boolean!) { book { id @include(if: $x) name id ... @skip(if: $x) { pages } } }';
    const data = { book: { id: '1', name: 'n', pages: 1 } };
    expect(JSON.stringify(shape(query, data, { decided: { x: true } }).data)).toBe('{"book":{"id":"1","name":"n"}}');
    expect(JSON.stringify(shape(query, data, { decided: { x: false } }).data)).toBe(
      '{"book":{"name":"n","id":"1","pages":1}}',
    );
  });

  it('lets rules act on the fields that they are about, of whatever type the object is', () => {
    const rules: FieldRules = (type, field) =>
      type === 'Book' && field === 'name' ? (value) => `${String(value)}!` : undefined;
    const query = '{ things { ... on Item { n: name } } }';
    const things = [
      { __typename: 'Book', n: 'b' },
      { __typename: 'Map', n: 'm' },
    ];
    expect(shape(query, { things }, { rules }).data).toEqual({ things: [{ n: 'b!' }, { n: 'm' }] });
  });
});

describe('generated code', () => {
  const evil = [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'failed',
    'scope',
    'v',
    'return',
    'null',
    'enums',
    'rules',
    'o0',
  ];

  it.each(evil)('takes %s as a name like any other', (name) => {
    const answer = shape(
      `{ ${name}: book { ${name}: name other: id } }`,
      JSON.parse(`{"${name}":{"${name}":"x","other":"1"}}`) as object,
    );
    expect(answer.missing).toEqual([]);
    expect(JSON.stringify(answer.data)).toBe(`{"${name}":{"${name}":"x","other":"1"}}`);
    expect(JSON.stringify(shape(`{ ${name}: book { ${name}: name other: id } }`, {}).data)).toBe(`{"${name}":null}`);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('finds nothing on prototypes', () => {
    expect(shape('{ constructor book { toString: name } }', { book: {} }).data).toEqual({
      constructor: null,
      book: { toString: null },
    });
  });

  it('has text from outside in quotes alone, whatever it is', () => {
    const texts = [
      '"]; globalThis.broken = 1; //',
      '`${globalThis.broken = 1}`',
      "'\\\n",
      '\u2028globalThis.broken = 1\u2029',
      '*/ globalThis.broken = 1 /*',
      '</script>',
    ];
    for (const text of texts) {
      // Names of GraphQL cannot be such; the generator has to bear it all the same.
      const field = {
        kind: 'value' as const,
        key: text,
        source: text,
        typeName: text,
        fieldName: text,
        value: { kind: 'leaf' as const, isNonNull: false, type: GraphQLString },
      };
      const typename = { kind: 'typename' as const, key: `${text} type`, typeName: text };
      const answer = compileShaper({
        id: 0,
        isAbstract: true,
        types: new Map([
          ['Book', [field, typename]],
          [text, []],
        ]),
      });
      const of = answer({ __typename: 'Book', [text]: 'value' }, null, context);
      expect(of.data).toEqual({ [text]: 'value', [`${text} type`]: text });
      expect(answer({ __typename: text }, null, context).data).toEqual({});
    }
    expect('broken' in globalThis).toBe(false);
  });

  it('holds no value of a request: strings, numbers and variables stay in the question', () => {
    const document = parse('query ($s: String = "secret 1") { secretAlias: book { name } }');
    const { body } = shaperCode(
      shapeOf({ schema, operation: getOperationAST(document)!, fragments: {}, decided: { s: 'secret 2' }, ownKeyOf }),
    );
    expect(body).toContain('"secretAlias"');
    expect(body).not.toMatch(/secret \d/);
  });
});

import { parse, print, validate } from 'graphql';
import { describe, expect, it } from 'vitest';

import { cursorsOf } from '../../../../gateway/horizontal/cursor.ts';
import { compileGather } from '../../../../gateway/horizontal/gather-plan.ts';
import { shopsContract } from '../../../support/shops.ts';

const position = Buffer.from('position').toString('base64url');
const cursor = cursorsOf(['b'], ['a'])(position);

/** What a member is asked for these root fields of a fetch. */
function asked(text: string, keys: readonly string[], variables: Record<string, unknown> = {}) {
  const plan = compileGather(shopsContract, parse(text));
  const { query: question, variables: own } = plan.questionFor(keys, plan.complete(variables));
  const document = parse(question);
  if (!question.includes('_entities')) {
    expect(validate(shopsContract.schema, document).map((error) => error.message)).toEqual([]);
  }
  return { question, variables: own };
}

/** Text without layout. */
const flat = (text: string) => print(parse(text)).replace(/\s+/g, ' ').trim();
const times = (text: string, part: string) => text.split(part).length - 1;

describe('the question to members', () => {
  it('has each hidden field once: cursor, key, next page, coverage; and the page’s size in a variable', () => {
    expect(flat(asked('{ orders { edges { node { number } } } }', ['orders']).question)).toBe(
      flat(`query ($_nonet_first0: Int) { orders(first: $_nonet_first0) {
        edges { node { number _nonet_number: number } _nonet_cursor: cursor }
        _nonet_coverage: coverage { courts { court { code } status reason asOf elapsedMs missingFields } }
        _nonet_pageInfo: pageInfo { hasNextPage }
      } }`),
    );
  });

  it('asks coverage in the one form that the hub reads, however a client asks', () => {
    const { question } = asked(
      '{ sales { count c: coverage { complete } coverage { courts(only: GAPS) { court { code } } } ...F } } fragment F on Sales { coverage { complete } }',
      ['sales'],
    );
    expect(question).not.toMatch(/only|complete/);
    expect(flat(asked('{ sales { coverage { complete } } }', ['sales']).question)).toBe(
      flat(
        '{ sales { _nonet_coverage: coverage { courts { court { code } status reason asOf elapsedMs missingFields } } } }',
      ),
    );
  });

  it('asks for rows even when a client wants only totals, or names rows otherwise', () => {
    for (const wanted of ['totalCount', 'rows: edges { cursor }', 'edges @include(if: true) { node { number } }']) {
      expect(flat(asked(`{ orders { ${wanted} } }`, ['orders']).question)).toContain(
        '_nonet_edges: edges { _nonet_cursor: cursor _nonet_node: node { _nonet_number: number } }',
      );
    }
  });

  it('asks for what merges go by', () => {
    expect(asked('{ customer(id: "1") { name } }', ['customer']).question).toContain(
      '_nonet_lastOrderOn__of__name: lastOrderOn',
    );
    expect(asked('{ sales { bySize { count } } }', ['sales']).question).toContain('_nonet_size: size');
    const entities = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Customer { orders { size } }
    } }`;
    const { question } = asked(entities, ['_entities'], { representations: [] });
    expect(question).toContain('_nonet_placedOn: placedOn');
    expect(times(question, '_nonet_number: number')).toBe(1);
    expect(question).toContain('_nonet_typename: __typename');
    expect(question).toContain('_nonet_id: id');
  });

  it('puts members’ own positions in place of cursors, literal or variable, several in one operation', () => {
    const other = cursorsOf([], [])(Buffer.from('other').toString('base64url'));
    const text = `query ($after: String, $n: Int = 3) {
      one: orders(after: "${cursor}") { totalCount }
      two: orders(first: $n, after: $after) { totalCount }
      three: orders(after: null) { totalCount }
    }`;
    const { question, variables } = asked(text, ['one', 'two', 'three'], { after: other });
    expect(question).not.toContain(cursor);
    expect(question).not.toContain('$after:');
    expect(variables).toEqual({
      _nonet_first0: 5,
      _nonet_first1: 3,
      _nonet_first2: 5,
      _nonet_after0: position,
      _nonet_after1: Buffer.from('other').toString('base64url'),
      _nonet_after2: null,
    });
    expect(asked(text, ['two'], { after: null }).variables).toEqual({ _nonet_first1: 3, _nonet_after1: null });
  });

  it('puts positions in place of cursors inside named fragments too', () => {
    const text = `query ($after: String) { ...R } fragment R on Query { orders(after: $after) { ...F } } fragment F on OrderConnection { totalCount }`;
    const { question, variables } = asked(text, ['orders'], { after: cursor });
    expect(variables).toEqual({ _nonet_after0: position, _nonet_first0: 5 });
    expect(question).toContain('query ($_nonet_after0: String, $_nonet_first0: Int)');
  });

  it('asks a member only the roots meant for it, with only their variables', () => {
    const text = `query ($filter: OrderFilter, $after: String) {
      orders(after: $after) { totalCount }
      sales(filter: $filter) { count }
    }`;
    const { question, variables } = asked(text, ['sales'], { filter: { shops: ['a'] }, after: cursor });
    expect(question).not.toContain('orders');
    expect(question).not.toContain('_nonet_after');
    expect(variables).toEqual({ filter: { shops: ['a'] } });
  });

  it('asks a member only the roots meant for it, also when a planner put them in a fragment', () => {
    const text = `query ($after: String) { ... { orders(after: $after) { totalCount } sales { count } } ... on Query { labels } }`;
    const { question, variables } = asked(text, ['sales'], { after: cursor });
    expect(question).not.toContain('orders');
    expect(question).not.toContain('labels');
    expect(variables).toEqual({});
  });

  it('leaves cursors of what is not paged alone', () => {
    const { question } = asked('{ order(number: "x") { number } }', ['order']);
    expect(flat(question)).toBe(flat('{ order(number: "x") { number _nonet_number: number } }'));
  });
});

import { describe, expect, it } from 'vitest';

import { readContract } from '../../../schema/horizontal/contract.ts';
import { ContractError, type Fault } from '../../../schema/horizontal/fault.ts';
import { refusalsOf } from '../../../schema/horizontal/refusals.ts';
import { shopsSdl } from '../../support/shops-contract.ts';

describe('a contract', () => {
  const contract = readContract(shopsSdl, 'shops');

  it('says of each root whether one court or all of them are asked, and which arguments exclude courts', () => {
    expect(contract.routeOf('Query', 'order')).toEqual(['number']);
    expect(contract.gatherOf('Query', 'order')).toBeUndefined();
    expect(contract.gatherOf('Query', 'orders')).toEqual({
      courts: ['filter', 'shops'],
      keys: ['filter', 'numbers'],
      maxPage: 50,
    });
    expect(contract.gatherOf('Customer', 'orders')).toEqual({ courts: null, keys: null, maxPage: null });
    expect(contract.routeOf('Query', 'orders')).toBeUndefined();
  });

  it('says how values become one', () => {
    expect(contract.mergeOf('Sales', 'revenue')).toEqual({ by: 'SUM', key: null });
    expect(contract.mergeOf('Customer', 'name')).toEqual({ by: 'FIRST_BY', key: 'lastOrderOn' });
    expect(contract.mergeOf('Order', 'price')).toBeUndefined();
  });

  it('says how long a list is at most, where no argument does', () => {
    const bounded = readContract(shopsSdl.replace('lines: [Line!]', 'lines: [Line!] @bounded(most: 20)'), 'shops');
    expect(bounded.boundOf('Order', 'lines')).toBe(20);
    expect(contract.boundOf('Order', 'lines')).toBeUndefined();
  });

  it('says whose rows an entity has: one owner, anybody, or somebody else', () => {
    expect([...contract.entities.values()]).toEqual([
      { name: 'Order', keyFields: ['number'], ownerKey: 'number', foreign: false, keptElsewhere: false },
      {
        name: 'Line',
        keyFields: ['orderNumber', 'position'],
        ownerKey: 'orderNumber',
        foreign: false,
        keptElsewhere: false,
      },
      { name: 'Customer', keyFields: ['id'], ownerKey: null, foreign: false, keptElsewhere: false },
      { name: 'Shop', keyFields: ['code'], ownerKey: null, foreign: true, keptElsewhere: false },
    ]);
  });

  it('is the same whether read from the program or as it is served, with its machinery', () => {
    const served = `${shopsSdl}
      scalar _Any
      union _Entity = Order | Line | Customer
      type _Service { sdl: String! }
      extend type Query { _entities(representations: [_Any!]!): [_Entity]! _service: _Service! }
      directive @merge(by: MergeRule!, key: String) on FIELD_DEFINITION
      enum MergeRule { SUM MIN MAX ANY ALL SAME FIRST_BY CONCAT UNION PAGE }
      directive @owner(key: String!) on OBJECT
      scalar federation__FieldSet`;
    const read = readContract(served, 'shops');
    expect(refusalsOf(read)).toEqual([]);
    expect(Object.keys(read.schema.getQueryType()!.getFields())).toEqual(
      Object.keys(contract.schema.getQueryType()!.getFields()),
    );
    expect(read.document.definitions.map((definition) => ('name' in definition ? definition.name.value : ''))).toEqual(
      contract.document.definitions.map((definition) => ('name' in definition ? definition.name.value : '')),
    );
  });

  it('may stand in extensions of types', () => {
    const extended = shopsSdl
      .replace('type Query {', 'extend type Query {')
      .replace('type PageInfo {', 'extend type Article { colour: String }\n type PageInfo {');
    const read = readContract(extended, 'shops');
    expect(refusalsOf(read)).toEqual([]);
    expect(Object.keys(read.schema.getQueryType()!.getFields())).toContain('orders');
    const article = read.document.definitions.filter(
      (definition) => 'name' in definition && definition.name.value === 'Article',
    );
    expect(article).toHaveLength(1);
    expect(article[0]).toMatchObject({
      fields: [{ name: { value: 'name' } }, { name: { value: 'price' } }, { name: { value: 'colour' } }],
    });
  });

  it('takes key fields with commas as federation does', () => {
    const read = readContract(shopsSdl.replace('"orderNumber position"', '"orderNumber, position"'), 'shops');
    expect(read.entities.get('Line')?.keyFields).toEqual(['orderNumber', 'position']);
  });
});

describe('a contract that cannot be read', () => {
  const faultsOf = (sdl: string): readonly Fault[] => {
    try {
      readContract(sdl, 'shop 7');
    } catch (error) {
      if (error instanceof ContractError) return error.faults;
      throw error;
    }
    return [];
  };
  const changed = (from: string, to: string) => {
    expect(shopsSdl).toContain(from);
    return faultsOf(shopsSdl.replace(from, to));
  };

  it('names the line of a syntax error', () => {
    expect(faultsOf('type Query {\n  a: Int\n  b Int\n}')).toEqual([
      {
        member: 'shop 7',
        coordinate: 'line 3',
        reason: 'Syntax Error: Expected ":", found Name "Int".',
        remedy: expect.stringContaining('valid GraphQL'),
      },
    ]);
  });

  it('names the field with an unknown merge rule, and the rules there are', () => {
    const faults = changed('count: Int @merge(by: SUM)', 'count: Int @merge(by: AVERAGE)');
    expect(faults).toEqual([
      {
        member: 'shop 7',
        coordinate: 'Sales.count',
        reason: expect.stringContaining('AVERAGE'),
        remedy: expect.stringContaining('SUM, MIN, MAX, ANY, ALL, SAME, FIRST_BY, CONCAT, UNION, PAGE'),
      },
    ]);
  });

  it('names the field with an ill-typed argument of a directive', () => {
    expect(
      changed('maxPage: 50)\n      @merge(by: PAGE, key: "number")\n    sales', 'maxPage: "50")\n    sales'),
    ).toMatchObject([{ coordinate: 'Query.orders', reason: expect.stringContaining('"50"') }]);
    expect(changed('@merge(by: FIRST_BY, key: "lastOrderOn")', '@merge')).toMatchObject([
      { coordinate: 'Customer.name', reason: expect.stringContaining('"by"') },
    ]);
    expect(changed('@merge(by: UNION)', '@merge(by: UNION, order: "x")')).toMatchObject([
      { coordinate: 'Query.labels', reason: expect.stringContaining('"order"') },
    ]);
  });

  it('names the place where a directive may not stand, and where it may', () => {
    expect(changed('lines: [Line!]', 'lines: [Line!] @owner(key: "number")')).toEqual([
      {
        member: 'shop 7',
        coordinate: 'Order.lines',
        reason: 'Directive "@owner" may not be used on FIELD_DEFINITION.',
        remedy: expect.stringContaining('@owner(key:) stands on types'),
      },
    ]);
    expect(changed('type Article {', 'type Article @merge(by: SAME) {')).toMatchObject([
      { coordinate: 'Article', reason: 'Directive "@merge" may not be used on OBJECT.' },
    ]);
    expect(changed('order(number: ID!)', 'order(number: ID! @gather)')).toMatchObject([
      { coordinate: 'Query.order', reason: 'Directive "@gather" may not be used on ARGUMENT_DEFINITION.' },
    ]);
  });

  it('names a directive and a type that nobody defines', () => {
    expect(changed('quantity: Int', 'quantity: Int @mrege(by: SUM)')).toMatchObject([
      { coordinate: 'Line.quantity', reason: 'Unknown directive "@mrege".' },
    ]);
    expect(changed('quantity: Int', 'quantity: Integer')).toMatchObject([
      { coordinate: 'Line.quantity', reason: expect.stringContaining('Unknown type "Integer"') },
    ]);
  });

  it('lists all faults, one a line, each with member, coordinate, reason and remedy', () => {
    const sdl = shopsSdl
      .replace('quantity: Int', 'quantity: Integer')
      .replace('size: Size\n    price', 'size: Sise\n    price');
    const faults = faultsOf(sdl);
    expect(faults.map((fault) => fault.coordinate).sort()).toEqual(['Line.quantity', 'Order.size']);
    expect(new ContractError(faults).message.split('\n')).toEqual(
      faults.map(({ member, coordinate, reason, remedy }) => `${member}: ${coordinate}: ${reason} ${remedy}`),
    );
  });

  it('needs a Query', () => {
    expect(faultsOf('type Order { number: ID }')).toMatchObject([{ reason: 'Query root type must be provided.' }]);
  });

  it('knows two definitions of one type', () => {
    expect(faultsOf(`${shopsSdl} type Article { weight: Int }`)).toMatchObject([
      { coordinate: 'Article', reason: 'There can be only one type named "Article".' },
    ]);
  });
});

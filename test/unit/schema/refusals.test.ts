import { describe, expect, it } from 'vitest';

import { faultsAfter } from './faults-after.ts';

describe('the composer', () => {
  it('accepts the contract of the shops', () => {
    expect(faultsAfter()).toEqual([]);
  });

  it('tells all faults at once', () => {
    expect(
      faultsAfter(
        ['spent: Money @merge(by: SUM)', 'spent: Money'],
        ['sales(filter', 'returns(filter: OrderFilter): Sales\n sales(filter'],
      ),
    ).toHaveLength(2);
  });
});

describe('of root fields it refuses', () => {
  it('one that is neither routed nor gathered', () => {
    expect(faultsAfter([': Order @route(by: "number")', ': Order'])).toEqual([
      'Query.order: Nothing says which courts answer it. Give it @route(by:) or @gather.',
    ]);
  });

  it('one that is both', () => {
    expect(
      faultsAfter(['customer(id: ID!): Customer @gather', 'customer(id: ID!): Customer @gather @route(by: "id")']),
    ).toEqual([
      'Query.customer: One court and all courts cannot both answer it. Keep @route(by:) or @gather, not both.',
    ]);
  });

  it('a gathered mutation', () => {
    const faults = faultsAfter([
      'idempotencyKey: ID!): Order @route(by: "number")',
      'idempotencyKey: ID!): Order @gather',
    ]);
    expect(faults).toEqual([
      'Mutation.cancel: A mutation is never gathered. Give it @route(by:) with the argument that names the court.',
    ]);
  });

  it('one that cannot be null', () => {
    expect(faultsAfter(['): Sales @gather', '): Sales! @gather'])).toEqual([
      'Query.sales: One failed non-null root field would take its siblings with it. Make it nullable.',
    ]);
  });

  it('a subscription, which would be asked by nobody', () => {
    expect(
      faultsAfter(['type Mutation {', 'type Subscription { order(number: ID!): Order }\n type Mutation {']),
    ).toEqual(['Subscription: A subscription of a member is asked by nobody. Remove it from the contract.']);
  });

  it('a single gathered value, which has no place for coverage', () => {
    const remedy = 'Put it in an object with coverage, with @merge on its field.';
    const reason = 'A single value has no place for coverage: nobody could tell a part of it from the whole.';
    expect(faultsAfter(['labels: [', 'orderCount: Int @gather @merge(by: SUM)\n labels: ['])).toEqual([
      `Query.orderCount: ${reason} ${remedy}`,
    ]);
    expect(faultsAfter(['labels: [', 'orderCount: Int @gather\n labels: ['])).toEqual([
      `Query.orderCount: ${reason} ${remedy}`,
    ]);
  });

  it('gathered statistics without coverage', () => {
    expect(faultsAfter(['customer(id', 'address: Address @gather\n customer(id'])).toEqual([
      'Query.address: Address has no coverage: nobody could tell a part of it from the whole. Give the type coverage: Coverage!.',
    ]);
  });

  it('one owned row of all courts', () => {
    expect(faultsAfter(['customer(id', 'latest: Order @gather\n customer(id'])).toEqual([
      'Query.latest: Several courts give several rows, and a Order is one row of one court. Give a list with @merge(by: CONCAT, key: "…"), or its key as a plain field.',
    ]);
  });

  it('lists without a rule', () => {
    const remedy = 'Give it @merge(by: CONCAT, key: "…") or @merge(by: UNION, key: "…").';
    expect(faultsAfter(['customer(id', 'latest(first: Int = 9): [Order!] @gather\n customer(id'])).toEqual([
      `Query.latest: A list of several courts needs an order or a key. ${remedy}`,
    ]);
    expect(faultsAfter(['labels: [String!] @gather @merge(by: UNION)', 'labels: [String!] @gather'])).toEqual([
      'Query.labels: Several courts give several values. Say with @merge(by:) how they become one.',
    ]);
  });

  it('a merged value from one court', () => {
    expect(faultsAfter(['customer(id', 'salesOf(shop: ID!): Sales @route(by: "shop")\n customer(id'])).toEqual([
      'Query.salesOf: Sales is merged from several courts, here it comes from one. Give this field a type of its own.',
    ]);
  });
});

describe('of argument paths it refuses', () => {
  it('an argument that is not there', () => {
    expect(
      faultsAfter(['order(number: ID!): Order @route(by: "number")', 'order(number: ID!): Order @route(by: "nr")']),
    ).toEqual(['Query.order: There is no argument "nr". Name one of its arguments: number.']);
    expect(
      faultsAfter(['customer(id: ID!): Customer @gather', 'customer(id: ID!): Customer @gather(courts: "shops")']),
    ).toEqual(['Query.customer: There is no argument "shops". Name one of its arguments: id.']);
  });

  it('an input field that is not there', () => {
    expect(faultsAfter(['courts: "filter.shops"', 'courts: "filter.courts"'])).toEqual([
      'Query.orders: "filter.courts" leads nowhere: no "courts". Name one of: shops, numbers, size, within.',
    ]);
    expect(faultsAfter(['courts: "filter.shops"', 'courts: "filter.size.shops"'])).toEqual([
      'Query.orders: "filter.size.shops" leads nowhere: no "shops". Name one of: none.',
    ]);
  });

  it('a path that does not end in what it has to name', () => {
    expect(faultsAfter(['courts: "filter.shops"', 'courts: "filter.size"'])).toEqual([
      'Query.orders: "filter.size" is Size. Name an argument that lists codes or keys.',
    ]);
    expect(faultsAfter(['keys: "filter.numbers"', 'keys: "filter"'])).toEqual([
      'Query.orders: "filter" is OrderFilter. Name an argument that lists codes or keys.',
    ]);
    expect(
      faultsAfter([
        'order(number: ID!): Order @route(by: "number")',
        'order(number: [ID!]!): Order @route(by: "number")',
      ]),
    ).toEqual(['Query.order: "number" is [ID!]!. Name an argument that is one key.']);
    expect(faultsAfter(['courts: "filter.shops"', 'courts: "filter.within.days"'])).toEqual([]);
  });

  it('pages that hold nothing', () => {
    expect(faultsAfter(['maxPage: 50', 'maxPage: 0'])).toEqual([
      'Query.orders: A page of at most 0 rows holds none. Let maxPage be 1 or more.',
    ]);
  });
});

describe('of entities it refuses', () => {
  it('an owner that is no key field', () => {
    expect(faultsAfter(['@owner(key: "number")', '@owner(key: "placedOn")'])).toEqual([
      'Order: @owner(key: "placedOn") does not name a key field. Name one of its @key fields: number.',
      expect.stringContaining('Query.orders: "number" does not say whose row it is.'),
      expect.stringContaining('Customer.orderConnection: "number" does not say whose row it is.'),
    ]);
  });

  it('an owner of what is no entity', () => {
    expect(faultsAfter(['type Article {', 'type Article @owner(key: "name") {'])).toEqual([
      'Article: Only an entity has an owner. Give it @key(fields:), or remove @owner.',
    ]);
  });

  it('gathering on an owned type', () => {
    expect(
      faultsAfter(['lines: [Line!]', 'lines(first: Int = 9): [Line!] @gather @merge(by: CONCAT, key: "position")']),
    ).toEqual([
      'Order.lines: The rows of an owned entity belong to one court, so nothing of it is gathered. Remove @gather, or move the field to an entity without @owner.',
    ]);
  });

  it('gathering inside a row or a value', () => {
    const reason =
      'Only root fields and fields of entities without an owner are gathered; this one stands inside a row or a value.';
    expect(
      faultsAfter([
        'visits: Int',
        'orders(first: Int = 9): [Order!] @gather @merge(by: CONCAT, key: "number")\n visits: Int',
      ]),
    ).toEqual([`Address.orders: ${reason} Remove @gather, or move the field to an entity without @owner.`]);
  });

  it('a non-null field that is not the key', () => {
    const said = 'A field of an entity that is not its key may be missing. Make it nullable.';
    expect(faultsAfter(['placedOn: Date', 'placedOn: Date!'])).toEqual([`Order.placedOn: ${said}`]);
    expect(faultsAfter(['address: Address', 'address: Address!'])).toEqual([`Customer.address: ${said}`]);
  });

  it('keys that cannot be compared as they stand', () => {
    const remedy = 'Let @key(fields:) name scalar fields of the type, without braces.';
    expect(faultsAfter(['"orderNumber position"', '"orderNumber article { name }"'])).toContain(
      `Line: The key "orderNumber article { name }" is not made of plain fields: "article". ${remedy}`,
    );
    expect(faultsAfter(['@key(fields: "id")', '@key(fields: "identity")'])).toContain(
      `Customer: The key "identity" is not made of plain fields: "identity". ${remedy}`,
    );
    expect(
      faultsAfter(['type Order @key(fields: "number")', 'type Order @key(fields: "number") @key(fields: "placedOn")']),
    ).toEqual(['Order: Entities are matched by one key, it has several. Keep the @key that every member echoes.']);
  });

  it('fields that are resolved elsewhere', () => {
    expect(faultsAfter(['code: ID!\n', 'code: ID!\n name: String\n'])).toEqual([
      'Shop.name: Shop is resolved elsewhere, so its other fields would never be asked here. Keep its key only.',
    ]);
  });

  it('an entity without an owner inside the rows of another, where it would be one court’s part', () => {
    expect(faultsAfter(['visits: Int', 'neighbour: Customer\n visits: Int'])).toEqual([
      "Address.neighbour: Customer has no owner and stands inside the rows of Customer, so it would be one court's part of it. Give its key as a plain field, or reach it through rows that a court owns.",
    ]);
  });

  it('a merged value inside an owned row, also deeper', () => {
    const said = 'is merged from several courts, here it comes from one. Give this field a type of its own.';
    expect(faultsAfter(['lines: [Line!]', 'lines: [Line!]\n shopSales: Sales'])).toEqual([
      `Order.shopSales: Sales ${said}`,
    ]);
    expect(faultsAfter(['type Article {', 'type Article {\n maker: Address'])).toEqual([
      `Article.maker: Address ${said}`,
    ]);
  });

  it('directives where they say nothing', () => {
    expect(faultsAfter(['lines: [Line!]', 'lines(of: ID!): [Line!] @route(by: "of")'])).toEqual([
      'Order.lines: Only root fields are routed. Remove @route; the key of an owned entity names its court.',
    ]);
    expect(faultsAfter(['quantity: Int', 'quantity: Int @merge(by: SUM)'])).toEqual([
      'Line.quantity: One court gives it, so there is nothing to merge. Remove @merge.',
    ]);
    expect(faultsAfter(['quantity: Int', 'quantity: Int @bounded(most: 3)'])).toEqual([
      'Line.quantity: Only a list has a most, and that is no negative number. Remove @bounded, or mend it.',
    ]);
    expect(
      faultsAfter([
        'type Article {',
        'interface Named { name: String @merge(by: SAME) }\n type Article implements Named {',
      ]),
    ).toEqual(['Named.name: @merge is not read on an interface. Say it on the types that implement it.']);
  });
});

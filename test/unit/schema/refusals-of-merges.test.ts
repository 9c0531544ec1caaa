import { describe, expect, it } from 'vitest';

import { faultsAfter } from './faults-after.ts';

describe('of merged fields it refuses', () => {
  it('an average, with any rule or none', () => {
    const said =
      'The average of several averages is not the average of all. Give the sum and the count as two fields with @merge(by: SUM).';
    for (const rule of ['', ' @merge(by: MAX)', ' @merge(by: SAME)']) {
      for (const name of ['averagePrice', 'priceMean', 'avg']) {
        const after = `count: Int @merge(by: SUM)\n ${name}: Float${rule}`;
        expect(faultsAfter(['count: Int @merge(by: SUM)', after])).toEqual([`Sales.${name}: ${said}`]);
      }
    }
    expect(
      faultsAfter(['count: Int @merge(by: SUM)', 'count: Int @merge(by: SUM)\n meaning: Int @merge(by: SUM)']),
    ).toEqual([]);
  });

  it('a single value without a rule', () => {
    const said = 'Several courts give several values. Say with @merge(by:) how they become one.';
    expect(faultsAfter(['spent: Money @merge(by: SUM)', 'spent: Money'])).toEqual([`Customer.spent: ${said}`]);
    expect(faultsAfter(['visits: Int @merge(by: SUM)', 'visits: Int'])).toEqual([`Address.visits: ${said}`]);
    expect(faultsAfter(['size: Size!', 'size: Size!\n shade: Size!'])).toEqual([`SizeSales.shade: ${said}`]);
  });

  it('fields that are named like those of a connection, where there is no connection', () => {
    expect(faultsAfter(['visits: Int', 'edges: Int\n visits: Int'])).toEqual([
      'Address.edges: Several courts give several values. Say with @merge(by:) how they become one.',
    ]);
  });

  it('a list of objects without a rule', () => {
    expect(faultsAfter(['[SizeSales!] @merge(by: UNION, key: "size")', '[SizeSales!]'])).toEqual([
      'Sales.bySize: A list of several courts needs an order or a key. Give it @merge(by: CONCAT, key: "…") or @merge(by: UNION, key: "…").',
      'SizeSales.size: Several courts give several values. Say with @merge(by:) how they become one.',
    ]);
  });

  it('a sum that is not exact', () => {
    const remedy = 'SUM takes Int or Money.';
    expect(faultsAfter(['revenue: Money @merge(by: SUM)', 'revenue: String @merge(by: SUM)'])).toEqual([
      `Sales.revenue: String cannot be summed exactly. ${remedy}`,
    ]);
    expect(faultsAfter(['revenue: Money @merge(by: SUM)', 'revenue: Float @merge(by: SUM)'])).toEqual([
      `Sales.revenue: Float cannot be summed exactly. ${remedy}`,
    ]);
    expect(faultsAfter(['revenue: Money @merge(by: SUM)', 'revenue: [Int!] @merge(by: SUM)'])).toEqual([
      `Sales.revenue: [Int!] cannot be summed exactly. ${remedy}`,
    ]);
  });

  it.each([
    ['SUM', 'spent: Money @merge(by: SUM)', 'spent: Money! @merge(by: SUM)'],
    ['MIN', 'firstOrderOn: Date @merge(by: MIN)', 'firstOrderOn: Date! @merge(by: MIN)'],
    ['MAX', 'largest: Size @merge(by: MAX)', 'largest: Size! @merge(by: MAX)'],
    ['SAME', 'birthYear: Int @merge(by: SAME)', 'birthYear: Int! @merge(by: SAME)'],
    ['ANY', 'isMember: Boolean @merge(by: ANY)', 'isMember: Boolean! @merge(by: ANY)'],
    ['ALL', 'hasConsented: Boolean @merge(by: ALL)', 'hasConsented: Boolean! @merge(by: ALL)'],
    ['FIRST_BY', 'name: String @merge(by: FIRST_BY', 'name: String! @merge(by: FIRST_BY'],
  ])('a non-null %s, which has no value where no court answered', (rule, from, to) => {
    expect(faultsAfter([from, to])).toContain(
      `Customer.${from.split(':')[0]!}: ${rule} has no value where no court answered. Make it nullable.`,
    );
  });

  it('ANY, ALL, MIN, MAX and SAME of what they cannot decide', () => {
    expect(faultsAfter(['isMember: Boolean @merge(by: ANY)', 'isMember: Int @merge(by: ANY)'])).toEqual([
      'Customer.isMember: ANY decides between true and false. ANY takes Boolean.',
    ]);
    expect(faultsAfter(['hasConsented: Boolean', 'hasConsented: [Boolean!]'])).toEqual([
      'Customer.hasConsented: ALL decides between true and false. ALL takes Boolean.',
    ]);
    expect(faultsAfter(['firstOrderOn: Date', 'firstOrderOn: [Date!]'])).toEqual([
      'Customer.firstOrderOn: [Date!] has no order. MIN takes one scalar or enum value.',
    ]);
    expect(faultsAfter(['address: Address', 'address: Address @merge(by: SAME)'])).toEqual([
      'Customer.address: Objects are merged field by field. Remove it, and give the fields their rules.',
    ]);
  });

  it('FIRST_BY without a field of the same object to go by', () => {
    const said =
      'FIRST_BY goes by a field of the same object. Name it: @merge(by: FIRST_BY, key: "…") with one of id, name, lastOrderOn, firstOrderOn, lastSeenAt, birthYear, isMember, hasConsented, largest, spent.';
    expect(faultsAfter(['by: FIRST_BY, key: "lastOrderOn"', 'by: FIRST_BY'])).toEqual([`Customer.name: ${said}`]);
    expect(faultsAfter(['by: FIRST_BY, key: "lastOrderOn"', 'by: FIRST_BY, key: "lastOrder"'])).toEqual([
      `Customer.name: ${said}`,
    ]);
    expect(faultsAfter(['by: FIRST_BY, key: "lastOrderOn"', 'by: FIRST_BY, key: "address"'])).toEqual([
      `Customer.name: ${said}`,
    ]);
  });

  it('CONCAT without an order by fields of the item', () => {
    const said =
      'Concatenated lists need an order. Name it: @merge(by: CONCAT, key: "field DESC, field ASC") with some of number, placedOn, size, price, margin.';
    expect(faultsAfter(['by: CONCAT, key: "placedOn DESC, number ASC"', 'by: CONCAT'])).toEqual([
      `Customer.orders: ${said}`,
    ]);
    expect(faultsAfter(['"placedOn DESC, number ASC"', '"placedAt DESC, number ASC"'])).toEqual([
      `Customer.orders: ${said}`,
    ]);
    expect(faultsAfter(['"placedOn DESC, number ASC"', '"placedOn DOWN, number ASC"'])).toEqual([
      `Customer.orders: ${said}`,
    ]);
    expect(faultsAfter(['"placedOn DESC, number ASC"', '"placedOn DESC,"'])).toEqual([`Customer.orders: ${said}`]);
    expect(faultsAfter(['"placedOn DESC, number ASC"', '"lines DESC"'])).toEqual([`Customer.orders: ${said}`]);
  });

  it('CONCAT of anything but a bounded, nullable, gathered list', () => {
    expect(faultsAfter(['orders(first: Int = 10, size: Size)', 'orders(size: Size)'])).toEqual([
      'Customer.orders: A plain list has to be bounded. Give it the argument first: Int = 100.',
    ]);
    expect(faultsAfter(['orders(first: Int = 10, size: Size)', 'orders(first: Int, size: Size)'])).toEqual([
      'Customer.orders: A plain list has to be bounded. Give it the argument first: Int = 100.',
    ]);
    expect(faultsAfter(['size: Size): [Order!] @gather', 'size: Size): [Order!]'])).toEqual([
      'Customer.orders: Concatenated lists are gathered. Give it @gather too.',
    ]);
    expect(faultsAfter(['size: Size): [Order!] @gather', 'size: Size): Order @gather'])).toEqual([
      'Customer.orders: CONCAT puts the rows of lists in one order. CONCAT takes a list of objects.',
    ]);
    expect(
      faultsAfter([
        'labels: [String!] @gather @merge(by: UNION)',
        'labels(first: Int = 9): [String!] @gather @merge(by: CONCAT)',
      ]),
    ).toEqual(['Query.labels: CONCAT puts the rows of lists in one order. CONCAT takes a list of objects.']);
    expect(
      faultsAfter([
        'customer(id',
        'latest(first: Int = 9): [Order!]! @gather @merge(by: CONCAT, key: "number")\n customer(id',
      ]),
    ).toContain('Query.latest: An empty list must not stand for courts that did not answer. Make it nullable.');
  });

  it('CONCAT in an order that leaves rows with equal values to chance', () => {
    expect(faultsAfter(['"placedOn DESC, number ASC"', '"placedOn DESC"'])).toEqual([
      'Customer.orders: Rows with equal values would stand in the order in which courts answer. End the order with the key of Order: "…, number ASC".',
    ]);
  });

  it('UNION of objects without a key, or with one that may be null', () => {
    const said =
      'A union of objects goes by a key of the item that is never null. Name it: @merge(by: UNION, key: "…") with one of size, count, revenue, earliest.';
    expect(faultsAfter(['by: UNION, key: "size"', 'by: UNION'])).toContain(`Sales.bySize: ${said}`);
    expect(faultsAfter(['by: UNION, key: "size"', 'by: UNION, key: "colour"'])).toContain(`Sales.bySize: ${said}`);
    expect(faultsAfter(['size: Size!', 'size: Size'])).toEqual([`Sales.bySize: ${said}`]);
  });

  it('lists of what no court owns in one order, and unions of entities', () => {
    const place = 'customer(id: ID!)';
    const sold = `sold(first: Int = 9): [Article!] @gather @merge(by: CONCAT, key: "name")\n ${place}`;
    expect(faultsAfter([place, sold])).toEqual([
      'Query.sold: Article has no owner, so one row may come from several courts, each with a part of it. Give a list of owned rows, or unite values with @merge(by: UNION, key: "…").',
    ]);
    const held =
      "is an entity; UNION merges values, and would neither ask for its rows' owners nor hold them against it.";
    expect(faultsAfter([place, `latest: [Order!] @gather @merge(by: UNION, key: "number")\n ${place}`])).toEqual([
      `Query.latest: Order ${held} Give the list @merge(by: CONCAT, key: "…").`,
    ]);
    expect(faultsAfter([place, `known: [Customer!] @gather @merge(by: UNION, key: "id")\n ${place}`])).toEqual([
      `Query.known: Customer ${held} Give its keys as plain fields.`,
    ]);
  });

  it('UNION of what is no list, and of the first few groups', () => {
    expect(faultsAfter(['names: [String!]', 'names: String'])).toEqual([
      'Customer.names: String is no list. UNION takes a list of scalars, or of objects with a key.',
    ]);
    expect(faultsAfter(['byArticle:', 'byArticle(first: Int = 3):'])).toEqual([
      'Sales.byArticle: The first few of each court are not the first few of all ("first"). Remove the argument and give all groups, or page rows.',
    ]);
  });

  it('values of several types', () => {
    expect(
      faultsAfter(
        ['address: Address', 'address: Place'],
        ['type PageInfo {', 'union Place = Address\n type PageInfo {'],
      ),
    ).toContain('Customer.address: Values of several types cannot be merged field by field. Give it an object type.');
  });
});

import { describe, expect, it } from 'vitest';

import { faultsAfter } from './faults-after.ts';

const orders = '@gather(courts: "filter.shops", keys: "filter.numbers", maxPage: 50)';
const pages = '@merge(by: PAGE, key: "number")';

describe('of pages it refuses', () => {
  const shape = 'PAGE merges connections. Give the type edges { cursor node }, pageInfo { hasNextPage } and coverage.';

  it('what is no connection', () => {
    expect(
      faultsAfter([
        'sales(filter: OrderFilter): Sales @gather(',
        `sales(filter: OrderFilter): Sales ${pages} @gather(`,
      ]),
    ).toEqual([`Query.sales: ${shape}`]);
    expect(faultsAfter(['    cursor: String!\n', ''])).toEqual([
      `Query.orders: ${shape}`,
      `Customer.orderConnection: ${shape}`,
    ]);
    expect(faultsAfter(['    hasNextPage: Boolean!\n', ''])).toEqual([
      `Query.orders: ${shape}`,
      `Customer.orderConnection: ${shape}`,
    ]);
  });

  it('rows that no court owns', () => {
    const said =
      'Customer has no owner, so one row may come from several courts and a total cannot be summed. Page owned rows, or wait until people can be paged.';
    expect(
      faultsAfter(
        [
          'customer(id',
          `customers(first: Int = 9, after: String): CustomerConnection @gather @merge(by: PAGE)\n customer(id`,
        ],
        [
          'type PageInfo {',
          'type CustomerConnection { edges: [CustomerEdge!]! pageInfo: PageInfo! coverage: Coverage! }\n type CustomerEdge { cursor: String! node: Customer! }\n type PageInfo {',
        ],
      ),
    ).toEqual([`Query.customers: ${said}`]);
  });

  it('a connection that is not paged, or not gathered', () => {
    const said = 'OrderConnection is a connection. Give the field @gather and @merge(by: PAGE, key: "…").';
    expect(faultsAfter([`${orders}\n      ${pages}`, orders])).toEqual([`Query.orders: ${said}`]);
    expect(faultsAfter([`@gather(maxPage: 50) ${pages}`, pages])).toEqual([
      'Customer.orderConnection: Pages are gathered. Give it @gather too.',
    ]);
  });

  it('pages without size and cursor', () => {
    const said =
      'A page is asked for by its size and the cursor before it. Give it the arguments first: Int = 20 and after: String.';
    expect(faultsAfter(['first: Int = 5, after: String, completeness', 'after: String, completeness'])).toEqual([
      `Query.orders: ${said}`,
    ]);
    expect(
      faultsAfter(['first: Int = 5, after: String, completeness', 'first: Int, after: String, completeness']),
    ).toEqual([`Query.orders: ${said}`]);
    expect(faultsAfter(['first: Int = 5, after: String)', 'first: Int = 5)'])).toEqual([
      `Customer.orderConnection: ${said}`,
    ]);
  });

  it('a page without an order', () => {
    expect(faultsAfter([pages, '@merge(by: PAGE)'])).toEqual([
      'Query.orders: A page without an order has no next page: every order ends with the key of the row. Name the owner\'s key: @merge(by: PAGE, key: "number").',
    ]);
  });

  it('a key that does not name the owner', () => {
    expect(faultsAfter([pages, '@merge(by: PAGE, key: "placedOn")'])).toEqual([
      'Query.orders: "placedOn" does not say whose row it is. Name the owner\'s key: "number".',
    ]);
  });

  it('coverage that does not say who answered', () => {
    const remedy = 'Give it complete and courts { court { code } status reason asOf elapsedMs missingFields }.';
    expect(
      faultsAfter(['coverage: Coverage!\n  }\n  type SizeSales', 'coverage: String\n  }\n  type SizeSales']),
    ).toEqual([`Sales.coverage: String does not say who answered. ${remedy}`]);
  });
});

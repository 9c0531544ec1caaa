import { Supergraph } from '@apollo/federation-internals';
import { printSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';

import { mendSupergraph } from '../../../schema/planning/mended.ts';
import { auctionSubgraphs, lots, truth } from '../../support/auction.ts';
import { emitted } from '../../support/emitted.ts';
import { startSmall, type Small, type SmallFederation } from '../../support/small-federation.ts';

describe('fields that require others with arguments', () => {
  let auction: SmallFederation;
  beforeAll(async () => {
    auction = await startSmall(auctionSubgraphs);
  });
  afterAll(() => auction.stop());

  const each = (answer: (lot: (typeof lots)[number]) => unknown) => ({ lots: lots.map(answer) });
  const deposit = (lot: (typeof lots)[number]) => truth.estimate(lot, 'CNY') * lot.area;
  const depositAbroad = (lot: (typeof lots)[number]) => truth.estimate(lot, 'EUR') * lot.area;
  const top = (lot: (typeof lots)[number], first: number) => truth.sum(truth.bids(lot, first));

  const questions: readonly [string, string, 'right' | 'wrong', (lot: (typeof lots)[number]) => unknown][] = [
    [
      'the field that is required, with another argument',
      '{ lots { deposit estimate(currency: "EUR") } }',
      'wrong',
      (lot) => ({ deposit: deposit(lot), estimate: truth.estimate(lot, 'EUR') }),
    ],
    [
      'the field that is required, with its default',
      '{ lots { estimate depositAbroad } }',
      'wrong',
      (lot) => ({ estimate: truth.estimate(lot), depositAbroad: depositAbroad(lot) }),
    ],
    [
      'the field that is required, with a variable',
      'query ($in: String = "USD") { lots { deposit estimate(currency: $in) } }',
      'wrong',
      (lot) => ({ deposit: deposit(lot), estimate: truth.estimate(lot, 'USD') }),
    ],
    [
      'the field that is required, in a fragment',
      '{ lots { ...Bids topBids } } fragment Bids on Lot { bids(first: 2) { id } }',
      'wrong',
      (lot) => ({ bids: truth.bids(lot, 2).map(({ id }) => ({ id })), topBids: top(lot, 3) }),
    ],
    [
      'what is required below another field',
      '{ lots { secured seizure { share(of: "tax") } } }',
      'wrong',
      (lot) => ({ secured: truth.share(lot, 'bank'), seizure: { share: truth.share(lot, 'tax') } }),
    ],
    [
      'an alias that is the name of the required field',
      '{ lots { deposit estimate: area } }',
      'wrong',
      (lot) => ({ deposit: deposit(lot), estimate: lot.area }),
    ],
    [
      'the required field under an alias of its own',
      '{ lots { deposit abroad: estimate(currency: "EUR") } }',
      'right',
      (lot) => ({ deposit: deposit(lot), abroad: truth.estimate(lot, 'EUR') }),
    ],
    [
      'two fields of one subgraph that require one with different arguments',
      '{ lots { deposit depositAbroad depositPlain } }',
      'wrong',
      (lot) => ({ deposit: deposit(lot), depositAbroad: depositAbroad(lot), depositPlain: truth.estimate(lot) }),
    ],
    [
      'two lists that are required in different lengths',
      '{ lots { firstBid topBids } }',
      'wrong',
      (lot) => ({ firstBid: top(lot, 1), topBids: top(lot, 3) }),
    ],
    [
      'two subgraphs that require one field with different arguments',
      '{ lots { deposit tax } }',
      'wrong',
      (lot) => ({ deposit: deposit(lot), tax: truth.estimate(lot, 'USD') }),
    ],
    [
      'two subgraphs that require different things below one field',
      '{ lots { secured owed } }',
      'wrong',
      (lot) => ({ secured: truth.share(lot, 'bank'), owed: truth.share(lot, 'tax') }),
    ],
    [
      'a field beside one whose condition does not hold',
      'query ($with: Boolean = false) { lots { unitOfBank deposit @include(if: $with) } }',
      'wrong',
      () => ({ unitOfBank: 'fen' }),
    ],
    [
      'a field beside one whose condition holds',
      'query ($without: Boolean = false) { lots { unitOfBank ...D @skip(if: $without) } } fragment D on Lot { deposit }',
      'right',
      (lot) => ({ unitOfBank: 'fen', deposit: deposit(lot) }),
    ],
    [
      'everything at once',
      '{ lots { estimate(currency: "USD") deposit depositAbroad tax unitOfBank seizure: area owed bids: topBids } }',
      'wrong',
      (lot) => ({
        estimate: truth.estimate(lot, 'USD'),
        deposit: deposit(lot),
        depositAbroad: depositAbroad(lot),
        tax: truth.estimate(lot, 'USD'),
        unitOfBank: 'fen',
        seizure: lot.area,
        owed: truth.share(lot, 'tax'),
        bids: top(lot, 3),
      }),
    ],
  ];

  test.each(questions)('%s: %s (the stock gateway: %s)', async (_, query, stock, answer) => {
    const right = { data: each(answer) };
    expect(await auction.hub(query)).toMatchObject(right);
    const said = await auction.stock(query);
    if (stock === 'right') expect(said).toMatchObject(right);
    else expect(said.data).not.toEqual(right.data);
  });

  it('are told under their own names when they fail', async () => {
    const answer = await auction.hub('{ lots { depositInGold estimate: deposit } }');
    expect(answer.data).toEqual(each((lot) => ({ depositInGold: null, estimate: deposit(lot) })));
    expect(answer.errors).toMatchObject([
      { path: ['lots', 0, 'estimate'], message: 'Nobody estimates in XAU.' },
      { path: ['lots', 1, 'estimate'], message: 'Nobody estimates in XAU.' },
    ]);
    expect(JSON.stringify(answer)).not.toContain('_nonet_');
  });

  it('have stand-ins and twins that no client sees', () => {
    const mended = mendSupergraph(auction.supergraphSdl, '_nonet_for_');
    const counts = ['bids', 'estimate', 'share'].map(
      (name) => [...mended.standIns.values()].filter(({ field }) => field === name).length,
    );
    expect(counts).toEqual([2, 5, 2]);
    expect(printSchema(auction.schema)).not.toContain('_nonet_');
    expect(printSchema(Supergraph.build(mended.supergraphSdl).apiSchema().toGraphQLJSSchema())).toBe(
      printSchema(auction.schema),
    );
    expect([...mended.twins]).toEqual([
      ['bank (2)', 'bank'],
      ['bank (3)', 'bank'],
      ['bank (4)', 'bank'],
    ]);
  });
});

describe('keys that one subgraph reads and another does not', () => {
  const parcel = { id: 'p1', deed: 'd1', place: { district: '云龙', block: '7', number: '3' }, owner: '张三' };
  const fields = 'id: ID! deed: ID! @shareable place: Place! @shareable';
  const place = 'type Place @shareable { district: ID! block: ID! number: ID! }';
  type Parcel = typeof parcel;

  const land: Small = {
    name: 'land',
    sdl: `
      type Parcel
        @key(fields: "deed", resolvable: false)
        @key(fields: "id")
        @key(fields: "place { district block }", resolvable: false) { ${fields} owner: String! }
      ${place}
    `,
    resolvers: {
      Parcel: { __resolveReference: ({ id }: Partial<Parcel>) => (id === parcel.id ? parcel : null) },
    },
  };
  const survey: Small = {
    name: 'survey',
    sdl: `
      type Query { parcels: [Parcel!]! }
      type Parcel
        @key(fields: "place { district block }", resolvable: false)
        @key(fields: "deed", resolvable: false)
        @key(fields: "id place { block number }")
        @key(fields: "id", resolvable: false) {
        ${fields}
        owner: String! @external
        label: String @requires(fields: "owner")
      }
      ${place}
    `,
    resolvers: {
      Query: { parcels: () => [parcel] },
      Parcel: {
        // It reads the one key that it promises to read.
        __resolveReference: ({ id, place, owner }: Partial<Parcel>) =>
          id === parcel.id && place?.block === parcel.place.block && place.number === parcel.place.number
            ? { ...parcel, owner }
            : null,
        label: ({ owner }: Partial<Parcel>) => `${owner ?? 'nobody'}’s`,
      },
    },
  };

  it('are asked for by those that are read', async () => {
    const federation = await startSmall([land, survey]);
    const right = { data: { parcels: [{ label: '张三’s', owner: '张三', deed: 'd1' }] } };
    const query = '{ parcels { label owner deed } }';
    expect(await federation.hub(query)).toMatchObject(right);
    // It asks by "place { district block }", and says nothing of the null that comes.
    expect(await federation.stock(query)).toEqual({ data: { parcels: [{ label: null, owner: '张三', deed: 'd1' }] } });
    await federation.stop();
  });
});

it('lets fields require with arguments through an interface, beside the client’s own', async () => {
  const worth = (currency: string) => (currency === 'USD' ? 7 : 1);
  const assets = [
    { __typename: 'House', id: 'h1', value: 100 },
    { __typename: 'Car', id: 'c1', value: 10 },
  ];
  type Asset = (typeof assets)[number];
  interface Given {
    readonly assets: readonly { readonly worth?: number }[];
  }
  const type = (name: string, more: string) => `type ${name} implements Asset @key(fields: "id") { id: ID! ${more} }`;
  const resolver = { worth: ({ value }: Asset, { in: currency }: { in: string }) => value * worth(currency) };
  const court: Small = {
    name: 'court',
    sdl: `type Query { case: Case } type Case @key(fields: "id") { id: ID! assets: [Asset!] }
      interface Asset { id: ID! worth(in: String!): Int }
      ${type('House', 'worth(in: String!): Int')} ${type('Car', 'worth(in: String!): Int')}`,
    resolvers: {
      Query: { case: () => ({ id: '1', assets }) },
      Case: { __resolveReference: () => ({ id: '1', assets }) },
      House: resolver,
      Car: resolver,
    },
  };
  const sum = ({ assets: given }: Given) => given.reduce((total, asset) => total + (asset.worth ?? 0), 0);
  const command: Small = {
    name: 'command',
    sdl: `type Case @key(fields: "id") {
        id: ID!
        assets: [Asset!] @external
        total: Int @requires(fields: "assets { worth(in: \\"CNY\\") }")
        houses: Int @requires(fields: "assets { ... on House { worth(in: \\"USD\\") } }")
      }
      interface Asset { id: ID! worth(in: String!): Int }
      ${type('House', 'worth(in: String!): Int @external')} ${type('Car', 'worth(in: String!): Int @external')}`,
    resolvers: { Case: { __resolveReference: (given: Given) => given, total: sum, houses: sum } },
  };
  const federation = await startSmall([court, command]);
  const query = '{ case { total houses assets { worth(in: "USD") ... on Car { id } } } }';
  const right = { case: { total: 110, houses: 700, assets: [{ worth: 700 }, { worth: 70, id: 'c1' }] } };
  expect(await federation.hub(query)).toMatchObject({ data: right });
  expect((await federation.stock(query)).data).not.toEqual(right);
  await federation.stop();
});

it('mends of the hub’s own supergraph the one field with arguments that another requires, and nothing else', () => {
  const { standIns, twins, unconditional } = mendSupergraph(emitted('supergraph'), '_nonet_for_');
  expect([...standIns.values()].map(({ field }) => field)).toEqual(['debtorParties']);
  expect([twins.size, unconditional.size]).toEqual([0, 0]);
});

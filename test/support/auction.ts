/** Lots of an auction in three subgraphs, with fields that require others with arguments; and what is true of them. */

import type { Small } from './small-federation.ts';

interface Lot {
  readonly id: string;
  readonly estimate: number;
  readonly area: number;
  readonly bids: readonly { readonly id: string; readonly amount: number }[];
}

/** What a subgraph is given of a lot: what it requires. */
interface Given {
  readonly estimate: number;
  readonly area: number;
  readonly bids: readonly { readonly amount: number }[];
  readonly seizure: { readonly share: number };
}

export const lots: readonly Lot[] = [
  { id: 'l1', estimate: 1, area: 10, bids: [11, 12, 13, 14].map((amount) => ({ id: `l1-${amount}`, amount })) },
  { id: 'l2', estimate: 2, area: 20, bids: [21, 22, 23, 24].map((amount) => ({ id: `l2-${amount}`, amount })) },
];

const rates: Readonly<Record<string, number>> = { CNY: 1, EUR: 8, USD: 7 };
const shares: Readonly<Record<string, number>> = { bank: 60, tax: 25 };

/** What is true of a lot, by field. */
export const truth = {
  estimate: (lot: Lot, currency = 'CNY') => {
    const rate = rates[currency];
    if (rate === undefined) throw new Error(`Nobody estimates in ${currency}.`);
    return lot.estimate * rate;
  },
  bids: (lot: Lot, first: number) => lot.bids.slice(0, first),
  share: (lot: Lot, of: string) => (shares[of] ?? 0) + lot.estimate,
  sum: (bids: readonly { readonly amount: number }[]) => bids.reduce((total, { amount }) => total + amount, 0),
};

const lotOf = ({ id }: { readonly id: string }) => lots.find((lot) => lot.id === id) ?? null;

const auction: Small = {
  name: 'auction',
  sdl: `
    type Query { lots: [Lot!] lot(id: ID!): Lot }
    type Lot @key(fields: "id") {
      id: ID!
      estimate(currency: String = "CNY"): Int
      area: Int
      bids(first: Int!): [Bid!]
      seizure: Seizure
    }
    type Bid { id: ID! amount: Int }
    type Seizure { share(of: String!): Int }
  `,
  resolvers: {
    Query: { lots: () => lots, lot: (_: unknown, args: { id: string }) => lotOf(args) },
    Lot: {
      __resolveReference: lotOf,
      estimate: (lot: Lot, { currency }: { currency: string }) => truth.estimate(lot, currency),
      bids: (lot: Lot, { first }: { first: number }) => truth.bids(lot, first),
      seizure: (lot: Lot) => ({ share: ({ of }: { of: string }) => truth.share(lot, of) }),
    },
  },
};

const bank: Small = {
  name: 'bank',
  sdl: `
    type Lot @key(fields: "id") {
      id: ID!
      estimate(currency: String = "CNY"): Int @external
      area: Int @external
      bids(first: Int!): [Bid!] @external
      seizure: Seizure @external
      deposit: Int @requires(fields: "estimate(currency: \\"CNY\\") area")
      depositAbroad: Int @requires(fields: "estimate(currency: \\"EUR\\") area")
      depositPlain: Int @requires(fields: "estimate")
      depositInGold: Int @requires(fields: "estimate(currency: \\"XAU\\")")
      topBids: Int @requires(fields: "bids(first: 3) { amount }")
      firstBid: Int @requires(fields: "bids(first: 1) { amount }")
      secured: Int @requires(fields: "seizure { share(of: \\"bank\\") }")
      unitOfBank: String
    }
    type Bid @external { amount: Int }
    type Seizure @external { share(of: String!): Int }
  `,
  resolvers: {
    Lot: {
      __resolveReference: (given: Given) => given,
      deposit: (given: Given) => given.estimate * given.area,
      depositAbroad: (given: Given) => given.estimate * given.area,
      depositPlain: (given: Given) => given.estimate,
      depositInGold: (given: Given) => given.estimate,
      topBids: (given: Given) => truth.sum(given.bids),
      firstBid: (given: Given) => truth.sum(given.bids),
      secured: (given: Given) => given.seizure.share,
      unitOfBank: () => 'fen',
    },
  },
};

const tax: Small = {
  name: 'tax',
  sdl: `
    type Lot @key(fields: "id") {
      id: ID!
      estimate(currency: String = "CNY"): Int @external
      seizure: Seizure @external
      tax: Int @requires(fields: "estimate(currency: \\"USD\\")")
      owed: Int @requires(fields: "seizure { share(of: \\"tax\\") }")
    }
    type Seizure @external { share(of: String!): Int }
  `,
  resolvers: {
    Lot: {
      __resolveReference: (given: Given) => given,
      tax: (given: Given) => given.estimate,
      owed: (given: Given) => given.seizure.share,
    },
  },
};

export const auctionSubgraphs: readonly Small[] = [auction, bank, tax];

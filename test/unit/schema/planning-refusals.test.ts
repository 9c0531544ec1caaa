import { describe, expect, it } from 'vitest';

import { toLine } from '../../../schema/horizontal/fault.ts';
import { planningFaults } from '../../../schema/planning/refusals.ts';
import { auctionSubgraphs } from '../../support/auction.ts';
import { emitted } from '../../support/emitted.ts';
import { composeSmall, startSmall, type Small } from '../../support/small-federation.ts';

/** What is said of subgraphs that stock composition takes. */
const faultsOf = (subgraphs: readonly Small[]) => planningFaults(composeSmall(subgraphs)).map(toLine);

const lots: Small = {
  name: 'lots',
  sdl: `
    type Query { lots: [Lot!] }
    type Lot @key(fields: "id") { id: ID! estimate(currency: String): Int area: Int }
  `,
  resolvers: { Query: { lots: () => [{ id: 'l1' }] }, Lot: { estimate: () => 1, area: () => 10 } },
};

describe('what the stock planner would answer wrongly', () => {
  it('is not in graphs that need no mending, nor in those that can be mended', () => {
    expect(planningFaults(emitted('supergraph'))).toEqual([]);
    expect(faultsOf(auctionSubgraphs)).toEqual([]);
  });

  it('is refused where one field requires another twice', () => {
    const bank = {
      name: 'bank',
      sdl: `type Lot @key(fields: "id") { id: ID! estimate(currency: String): Int @external
        spread: Int @requires(fields: "estimate(currency: \\"CNY\\") estimate(currency: \\"EUR\\")") }`,
      resolvers: {},
    };
    expect(faultsOf([lots, bank])).toEqual([
      'bank: Lot.spread: It requires "estimate" twice, with different arguments, and can be given it once. ' +
        'Require it once, or spread it over two fields.',
    ]);
  });

  it('is refused where what is required cannot come back', async () => {
    const bank: Small = {
      name: 'bank',
      sdl: `type Query { pledged: [Lot!] }
        type Lot @key(fields: "id", resolvable: false) {
          id: ID! area: Int @external deposit: Int @requires(fields: "area") }`,
      resolvers: {
        Query: { pledged: () => [{ id: 'l1' }] },
        // It promises to read no key.
        Lot: { __resolveReference: () => null, deposit: ({ area }: { area?: number }) => area ?? null },
      },
    };
    // Nobody else leads to lots, so stock composition finds nothing to say.
    const known: Small = {
      name: 'lots',
      sdl: 'type Lot @key(fields: "id") { id: ID! area: Int }',
      resolvers: { Lot: { __resolveReference: () => ({ area: 10 }) } },
    };
    expect(faultsOf([known, bank])).toEqual([
      'bank: Lot.deposit: It requires fields of others, and Lot has no key here that is resolvable and made of own fields. ' +
        'Give the type such a key in this subgraph, or remove @requires.',
    ]);
    const federation = await startSmall([known, bank]);
    expect(await federation.stock('{ pledged { deposit } }')).toEqual({ data: { pledged: [{ deposit: null }] } });
    await federation.stop();
  });

  it('is refused where objects of an interface can be of no type', async () => {
    const nodes: Small = {
      name: 'nodes',
      sdl: 'type Query { node: Node } interface Node @key(fields: "id") { id: ID! }',
      resolvers: { Query: { node: () => ({ id: 'n1' }) }, Node: { __resolveType: () => 'Node' } },
    };
    const notes: Small = {
      name: 'notes',
      sdl: `type Query { noted: Node }
        type Node @interfaceObject @key(fields: "id", resolvable: false) { id: ID! note: String }`,
      resolvers: { Query: { noted: () => ({ id: 'n1', note: 'x' }) } },
    };
    expect(faultsOf([nodes, notes])).toEqual([
      'notes: Node: It stands for objects of an interface that no type implements, so nobody can say what they are. ' +
        'Let a type implement the interface, or make it an ordinary type everywhere.',
    ]);
    const federation = await startSmall([nodes, notes]);
    expect(await federation.stock('{ node { note } }')).toEqual({ data: { node: null } });
    await federation.stop();
  });

  it('is refused where a chain of requirements leads back to where an operation may stand', async () => {
    const court: Small = {
      name: 'court',
      sdl: 'type Lot @key(fields: "id") { id: ID! area: Int }',
      resolvers: { Lot: { __resolveReference: () => ({ area: 10 }) } },
    };
    const bank = (leads: boolean): Small => ({
      name: 'bank',
      sdl: `${leads ? 'type Query { pledged: [Lot!] }' : ''}
        type Lot @key(fields: "id") { id: ID! area: Int @external deposit: Int @requires(fields: "area") }`,
      resolvers: {
        ...(leads && { Query: { pledged: () => [{ id: 'l1' }] } }),
        Lot: { __resolveReference: (given: object) => given, deposit: ({ area }: { area?: number }) => area ?? -1 },
      },
    });
    const command: Small = {
      name: 'command',
      sdl: `type Query { lots: [Lot!] }
        type Lot @key(fields: "id") { id: ID! deposit: Int @external risk: Int @requires(fields: "deposit") }`,
      resolvers: {
        Query: { lots: () => [{ id: 'l1' }] },
        Lot: { __resolveReference: (given: object) => given, risk: ({ deposit }: { deposit: number }) => deposit },
      },
    };
    expect(faultsOf([court, bank(false), command])).toEqual([]);
    expect(faultsOf([court, bank(true), command])).toEqual([
      'bank: Lot.deposit: It requires fields of others, Lot.risk requires it, and operations may come to Lot in this subgraph: ' +
        'it would be asked for without what it requires. ' +
        'Give it in a subgraph of its own that leads to no Lot, or let Lot.risk require what it requires.',
    ]);
    const federation = await startSmall([court, bank(true), command]);
    expect(await federation.stock('{ lots { risk } }')).toEqual({ data: { lots: [{ risk: 10 }] } });
    expect(await federation.stock('{ pledged { risk } }')).toEqual({ data: { pledged: [{ risk: -1 }] } });
    await federation.stop();
  });
});

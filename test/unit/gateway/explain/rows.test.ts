import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';

import { atMost, type Bound } from '../../../../gateway/explain/bound.ts';
import type { Foresight } from '../../../../gateway/explain/foresight.ts';
import { placesOf } from '../../../../gateway/explain/places.ts';
import { countRows, rowsAtMost } from '../../../../gateway/explain/rows.ts';
import { createUpstream } from '../../../../gateway/asking/upstream.ts';
import { joined, type Membership } from '../../../../gateway/membership/membership.ts';
import { createGatheredSource } from '../../../../gateway/sources/gathered.ts';
import { readContract } from '../../../../schema/horizontal/contract.ts';
import { membersOf } from '../../../support/shops.ts';
import { campaignsSdl, shopsSdl } from '../../../support/shops-contract.ts';

const codes = ['a', 'b', 'c'];
const upstreams = new Map(
  codes.map((id) => [
    id,
    createUpstream({ kind: 'court', id, ask: () => Promise.reject(new Error('Nobody may be asked here.')) }),
  ]),
);
const membership: Membership = {
  members: membersOf(codes),
  upstreams,
  standingOf: (code) => (code === 'c' ? { kind: 'quarantined', faults: [] } : joined),
  registry: { courts: [], hubs: [], speakers: [], byCode: () => undefined },
};
const contract = readContract(
  shopsSdl.replace('lines: [Line!]', 'lines: [Line!] @bounded(most: 20)') + campaignsSdl,
  'shops',
);
const unstated = readContract(shopsSdl + campaignsSdl, 'shops');

interface Foreseen {
  readonly foresight: Foresight;
  readonly rows: Bound;
  readonly told: readonly string[];
  readonly count: (answer: unknown) => number;
}

function foresee(
  query: string,
  given: { variables?: Record<string, unknown>; entities?: number; of?: typeof contract } = {},
): Foreseen {
  const { variables = {}, entities = 1, of = contract } = given;
  const told: string[] = [];
  const foresight = createGatheredSource({ contract: of, deadlineMs: 1 }).foresee({
    document: parse(query),
    variables,
    membership,
    viewer: null,
    entities: atMost(entities),
    rowsOf: null,
    tell: ({ code }, key) => void told.push(`${code} ${key}`),
  });
  const { schema, document, variables: own } = foresight.wire!;
  const places = placesOf(of, schema, document, own);
  return {
    foresight,
    rows: rowsAtMost(foresight, places, atMost(entities)),
    told,
    count: (answer) => countRows(places, answer),
  };
}

describe('rows of a gathered question', () => {
  it('are at most a page of each member that takes part, with what stands below', () => {
    expect(foresee('{ orders(first: 7) { edges { node { number } } } }').rows.most).toBe(2 * 7);
    expect(foresee('{ orders { edges { node { number lines { position } } } } }').rows.most).toBe(2 * (5 + 5 * 20));
    expect(foresee('query($n: Int = 3) { orders(first: $n) { totalCount } }').rows.most).toBe(2 * 3);
    expect(foresee('query($n: Int) { orders(first: $n) { totalCount } }', { variables: { n: null } }).rows.most).toBe(
      10,
    );
  });

  it('are none where values alone are asked for', () => {
    expect(foresee('{ sales { count bySize { size count } } labels }').rows.most).toBe(0);
  });

  it('are not known where the contract states no most, and the reason says where', () => {
    const { rows } = foresee('{ orders { edges { node { lines { position } } } } }', { of: unstated });
    expect(rows).toEqual({ most: null, why: 'The contract states no most for Order.lines.' });
  });

  it('are counted once under several names, and not where a condition excludes them', () => {
    const twice = foresee('{ orders(first: 2) { a: edges { cursor } b: edges { node { number } } } }');
    expect(twice.rows.most).toBe(4);
    const edge = { _nonet_node: { _nonet_number: 'a-1' }, node: { number: 'a-1' } };
    expect(twice.count({ orders: { a: [edge], b: [edge], _nonet_edges: [edge] } })).toBe(1);
    const query =
      'query($more: Boolean!) { orders(first: 2) { edges { node { number lines @include(if: $more) { position } } } } }';
    expect(foresee(query, { variables: { more: false } }).rows.most).toBe(4);
    expect(foresee(query, { variables: { more: true } }).rows.most).toBe(4 + 80);
  });

  it('are at most so many pages below entities as may be asked for at once', () => {
    const query = `query($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Customer { name orderConnection(first: 50) { edges { node { number } } } orders(first: 4) { number } } } }`;
    expect(foresee(query, { entities: 30 }).rows.most).toBe(2 * (30 + 20 * 50 + 30 * 4));
    expect(foresee(query, { entities: 2 }).rows.most).toBe(2 * (2 + 2 * 50 + 2 * 4));
    expect(foresee(query, { entities: 30 }).foresight.calls.most).toBe(2);
    expect(foresee(query, { entities: 0 }).foresight.calls.most).toBe(0);
  });
});

describe('whom a gathered question asks', () => {
  it('is told for each root alone, with why others are spared', () => {
    const { foresight, told } = foresee(
      '{ one: orders(filter: { shops: ["a"] }) { totalCount } all: sales { count } }',
    );
    expect(told).toEqual([]);
    expect(foresight.questions).toMatchObject([
      {
        key: 'one',
        asked: ['a'],
        spared: [
          { court: 'b', code: 'EXCLUDED', argument: 'filter.shops' },
          { court: 'c', code: 'EXCLUDED', argument: 'filter.shops' },
        ],
      },
      { key: 'all', asked: ['a', 'b'], spared: [{ court: 'c', code: 'QUARANTINED' }] },
    ]);
    expect(foresight.calls.most).toBe(2);
  });

  it('is nobody for arguments that are wrong, and these are told', () => {
    const { foresight, told, rows } = foresee(
      '{ orders(first: 51) { totalCount } sales(filter: { numbers: ["x-1"] }) { count } }',
    );
    expect(told).toEqual(['BAD_USER_INPUT orders', 'BAD_USER_INPUT sales']);
    expect(foresight.questions.map(({ asked }) => asked)).toEqual([[], []]);
    expect([foresight.calls.most, rows.most]).toEqual([0, 0]);
  });

  it('is the one member that can know a customer', () => {
    const { foresight } = foresee('{ customer(id: "only b 1") { name } }');
    expect(foresight.questions).toMatchObject([
      {
        asked: ['b'],
        spared: [
          { court: 'a', code: 'ONE_COURT' },
          { court: 'c', code: 'ONE_COURT' },
        ],
      },
    ]);
  });
});

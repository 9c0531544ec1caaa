import { describe, expect, it } from 'vitest';

import { readContract } from '../../../schema/horizontal/contract.ts';
import { ContractError } from '../../../schema/horizontal/fault.ts';
import { refusalsOf } from '../../../schema/horizontal/refusals.ts';
import { composeGraph } from '../../../schema/supergraph.ts';
import { campaignOfficeSdl, campaignsSdl, shopsSdl } from '../../support/shops-contract.ts';
import { createPlanner } from './plan.ts';

function faultsAfter(from = '', to = ''): string[] {
  const sdl = shopsSdl + campaignsSdl;
  expect(sdl).toContain(from);
  try {
    const contract = readContract(sdl.replace(from, to), 'shop 7');
    return refusalsOf(contract, 'shop 7').map(({ coordinate, reason, remedy }) => `${coordinate}: ${reason} ${remedy}`);
  } catch (error) {
    if (error instanceof ContractError) return error.faults.map(({ coordinate, reason }) => `${coordinate}: ${reason}`);
    throw error;
  }
}

describe('a gathered field that requires fields of another subgraph', () => {
  it('is accepted', () => {
    expect(faultsAfter()).toEqual([]);
    const { entities } = readContract(shopsSdl + campaignsSdl, 'shop 7');
    expect([...entities.values()].filter(({ keptElsewhere }) => keptElsewhere).map(({ name }) => name)).toEqual([
      'Campaign',
    ]);
  });

  it('composes, and is planned after what it requires', () => {
    const { supergraphSdl, apiSdl } = composeGraph(shopsSdl + campaignsSdl, new Map([['office', campaignOfficeSdl]]));
    expect(apiSdl).toMatch(/type Campaign {[^}]*orders\(first: Int = 5/);
    const { shape, fetches } = createPlanner(supergraphSdl)(
      '{ campaign(id: "1") { title orders { edges { node { lines { quantity } } } } } }',
    );
    expect(shape).toEqual({ then: ['office', 'reach at campaign', 'court at campaign.orders.edges.@.node'] });
    expect(fetches[0]!.question).toMatch(/terms\s*{\s*size\s+shops\s*}/);
  });

  it.each([
    [
      'one that courts own',
      'placedOn: Date\n',
      'placedOn: Date @requires(fields: "size")\n',
      'Order.placedOn: Only a gathered field of an entity without an owner requires fields of other subgraphs. Remove @requires, or give the field @gather.',
    ],
    [
      'what the courts give themselves',
      'terms: Terms @external',
      'terms: Terms',
      'Campaign.terms: Campaign.orders requires it, and the courts give it themselves. Mark it @external.',
    ],
    [
      'half of an object',
      '"terms { size shops }"',
      '"terms"',
      'Campaign.orders: "terms" is an object. Name the fields of it that are required.',
    ],
    [
      'what does not exist',
      'terms { size shops }',
      'terms { size shops season }',
      'Campaign.orders: "terms.season" leads nowhere: no "season". Name one of: size, shops.',
    ],
    [
      'less than is external',
      'terms { size shops }',
      'terms { shops }',
      'Terms.size: No gathered field requires it, so no court would ever see it. Remove it, or name it in @requires.',
    ],
  ])('is refused when it requires %s', (_, from, to, fault) => {
    expect(faultsAfter(from, to)).toContain(fault);
  });

  it.each([
    ['aliases', '"terms { big: size shops }"', 'has to name fields without aliases, arguments and fragments.'],
    ['no selection', '"terms {"', 'is no selection of fields.'],
  ])('is refused with %s', (_, selection, reason) => {
    expect(faultsAfter('"terms { size shops }"', selection).join()).toContain(reason);
  });

  it('excludes members by a list that it requires, and by nothing else that looks alike', () => {
    for (const path of ['terms.size', 'terms.towns']) {
      expect(faultsAfter('courts: "terms.shops"', `courts: "${path}"`)).toEqual([
        'Campaign.orders: There is no argument "terms". Name one of its arguments: first, after, completeness; or a list that it requires: terms.shops.',
      ]);
    }
  });
});

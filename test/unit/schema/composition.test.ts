import { describe, expect, it } from 'vitest';

import { ContractError } from '../../../schema/horizontal/fault.ts';
import { composeGraph } from '../../../schema/supergraph.ts';
import { emitted, emittedSubgraphs } from '../../support/emitted.ts';
import { shopsSdl } from '../../support/shops-contract.ts';

/** What the contract and the command centre require of others. */
const neighbours = () =>
  (['command', 'bank', 'vehicle', 'property'] as const).map((name) => [name, emitted(name)] as const);

/** The faults of composing with one more subgraph beside the one whose criteria the court contract requires. */
function faultsWith(name: string, sdl: string, contract = emitted('court')) {
  try {
    composeGraph(contract, new Map([...neighbours(), [name, sdl]]));
    return [];
  } catch (error) {
    if (error instanceof ContractError) return error.faults;
    throw error;
  }
}

const header =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@shareable"])';

describe('composing', () => {
  it('works for any contract', () => {
    const { apiSdl } = composeGraph(shopsSdl, new Map());
    expect(apiSdl).toContain('orders(filter: OrderFilter, first: Int = 5');
    expect(apiSdl).toContain('@deprecated(reason: "Ask the lines.")');
    expect(apiSdl).toContain('"""When it was placed."""');
    expect(apiSdl).not.toContain('margin');
    expect(apiSdl).not.toMatch(/_entities|@merge|@gather/);
  });

  it('shows of an interface on each side only what all its implementers show there', () => {
    const sdl = shopsSdl
      .replace('type Order @key', 'type Order implements Numbered @key')
      .replace('type PageInfo {', 'interface Numbered { number: ID! lines: [Line!] }\n type PageInfo {')
      .replace('quantity: Int', 'quantity: Int\n replaces: Numbered');
    const { supergraphSdl } = composeGraph(sdl, new Map());
    const shown = /interface Numbered[\s\S]*?\n}/.exec(supergraphSdl)?.[0];
    expect(shown).toMatch(/number: ID!/);
    expect(shown).toMatch(/lines: \[Line!\] @join__field\(graph: COURT\)/);
  });

  it('lets agencies extend entities and require what the courts answer', () => {
    expect(
      faultsWith(
        'post',
        `${header} scalar CaseNumber
        type Party @key(fields: "caseNumber id") { caseNumber: CaseNumber! id: ID! name: String @external letters: Int @requires(fields: "name") }`,
      ),
    ).toEqual([]);
  });

  it('refuses what would be planned wrongly', () => {
    const link = header.replace('"@key"', '"@key", "@interfaceObject"');
    const subgraphs = new Map([
      ...neighbours(),
      ['nodes', `${link} type Query { node: Node } interface Node @key(fields: "id") { id: ID! }`],
      ['notes', `${link} type Node @interfaceObject @key(fields: "id", resolvable: false) { id: ID! note: String }`],
    ]);
    expect(() => composeGraph(emitted('court'), subgraphs)).toThrow(/^notes: Node: It stands for objects/);
  });

  it('refuses an agency that answers the courts’ fields, shared or not', () => {
    const party = (field: string) =>
      `${header} scalar CaseNumber type Party @key(fields: "caseNumber id") { caseNumber: CaseNumber! id: ID! ${field} }`;
    const fault = {
      member: 'post',
      reason: 'The courts answer this field.',
      remedy: 'Mark it @external and @requires it, or give your own field another name.',
    };
    expect(faultsWith('post', party('name: String'))).toEqual([{ ...fault, coordinate: 'Party.name' }]);
    expect(
      faultsWith(
        'post',
        `${header} scalar CaseNumber enum Mode { A } type Case @key(fields: "number") { number: CaseNumber! debtors: [Int!] stage: String @shareable }`,
      ),
    ).toEqual([
      { ...fault, coordinate: 'Case.debtors' },
      { ...fault, coordinate: 'Case.stage' },
    ]);
    expect(faultsWith('post', 'type Query { cases: Int }')).toEqual([{ ...fault, coordinate: 'Query.cases' }]);
  });

  it('refuses an agency that redeclares an enum with which courts are asked', () => {
    expect(
      faultsWith(
        'post',
        `${header} enum CaseStage { FILED } type Letter { stage: CaseStage } type Query { letter: Letter }`,
      ),
    ).toEqual([
      {
        member: 'post',
        coordinate: 'CaseStage',
        reason: 'The contract asks with this enum, so one value more in either place would break every composition.',
        remedy: 'Use a scalar or String here.',
      },
    ]);
  });

  it('refuses a contract that cannot be merged, with every fault', () => {
    const contract = shopsSdl.replace('spent: Money @merge(by: SUM)', 'spent: Money').replace('@merge(by: MIN)', '');
    expect(faultsWith('post', 'type Query { post: Int }', contract).map((fault) => fault.coordinate)).toEqual([
      'Customer.firstOrderOn',
      'Customer.spent',
    ]);
  });

  it('says which code composition gave when it fails', () => {
    expect(
      faultsWith('post', `${header} type Letter @key(fields: "nr") { id: ID } type Query { letter: Letter }`),
    ).toMatchObject([
      { member: 'composition', coordinate: 'KEY_INVALID_FIELDS', reason: expect.stringContaining('post') },
    ]);
  });

  it('takes the agencies there are', () => {
    expect(() => composeGraph(emitted('court'), emittedSubgraphs())).not.toThrow();
  });
});

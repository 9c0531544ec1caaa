import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { getOperationAST, Kind, parse, type FragmentDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';

import { ownKeyOf } from '../../../../gateway/execution/aliases.ts';
import { shapeOf } from '../../../../gateway/execution/compiled/selection.ts';
import type { FieldRules } from '../../../../gateway/execution/compiled/shaper.ts';
import { toSteps } from '../../../../gateway/execution/compiled/steps.ts';
import { findVerbatim } from '../../../../gateway/execution/compiled/verbatim.ts';
import { createPreparation } from '../../../../gateway/execution/preparation.ts';
import { emitted } from '../../../support/emitted.ts';

const supergraph = Supergraph.build(emitted('supergraph'));
const schema = supergraph.apiSchema().toGraphQLJSSchema();
const planner = new QueryPlanner(supergraph, { exposeDocumentNodeInFetchNode: true });
const prepare = createPreparation(emitted('supergraph'));

/** What may stay as it comes of the answer to a question about the debtors of a page, by the subgraph that brings it. */
function found(ofDebtors: string, { more = '', rulesOf }: { more?: string; rulesOf?: FieldRules } = {}): string[] {
  const prepared = prepare(parse(`{ cases { edges { node { debtors { ${ofDebtors} } } } } } ${more}`));
  const steps = toSteps(planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema(), prepared)));
  if (!('step' in steps)) throw new Error(steps.unsupported);
  const fragments = Object.fromEntries(
    prepared.definitions
      .filter((own): own is FragmentDefinitionNode => own.kind === Kind.FRAGMENT_DEFINITION)
      .map((own) => [own.name.value, own]),
  );
  const shape = shapeOf({ schema, operation: getOperationAST(prepared)!, fragments, decided: {}, ownKeyOf });
  return [...findVerbatim(steps.step, shape, rulesOf)]
    .map(([{ node }, { name }]) => `${node.serviceName} ${name}`)
    .sort();
}

describe('what of an answer may stay as it comes', () => {
  it('are lists of objects that agencies bring for the client alone', () => {
    expect(
      found(
        `name bank { status accounts { bankName balance } } vehicle { vehicles { model } } realEstate { units { area } }`,
      ),
    ).toEqual([
      'bank bank{accounts[{bankName:String balance:Money}!]}',
      'property realEstate{units[{area:Float}!]}',
      'vehicle vehicle{vehicles[{model:String}!]}',
    ]);
  });

  it.each([
    ['with the names of types', 'bank { accounts { __typename bankName } }', '__typename=BankAccount bankName:String'],
    ['under other names', 'own: bank { accounts { n: bankName } }', 'own{accounts[{n:String}!]}'],
    ['twice', 'bank { accounts { bankName } again: accounts { balance } }', 'again[{balance:Money}!]'],
    ['in lists', 'bank { accounts { priorFreezes { amount } } }', 'accounts[{priorFreezes[{amount:Money}!]}!]'],
    [
      'by fragments',
      'bank { ...B } ',
      'accounts[{bankName:String}!]',
      'fragment B on BankInquiry { accounts { bankName } }',
    ],
  ])('may be asked for %s', (_, selection, name, more = '') => {
    expect(found(selection, { more })).toEqual([expect.stringContaining(name)]);
  });

  it.each([
    ['is required by another', 'bank { accounts { balance } } assets { __typename }'],
    ['has its fields under names of the hub', 'bank { accounts { bankName: number } }'],
    ['holds only leaves', 'bank { status reason answeredAt }'],
  ])('is nothing that %s', (_, selection) => {
    expect(found(selection).filter((own) => own.startsWith('bank'))).toEqual([]);
  });

  it('is required by another only where that one is about it', () => {
    const both = found('bank { accounts { balance } } person { debtorParties { assets { __typename } } }');
    expect(both).toContainEqual('bank bank{accounts[{balance:Money}!]}');
  });

  it.each([
    'BankInquiry.accounts',
    'BankAccount.balance',
    'Party.bank',
    'Case.debtors',
    'CaseEdge.node',
    'Query.cases',
  ])('is nothing in which a rule acts: %s', (place) => {
    const rulesOf: FieldRules = (typeName, fieldName) =>
      `${typeName}.${fieldName}` === place ? (value) => value : undefined;
    expect(found('bank { accounts { bankName balance } }', { rulesOf })).toEqual([]);
    expect(found('bank { accounts { bankName } }', { rulesOf })).toHaveLength(place === 'BankAccount.balance' ? 1 : 0);
  });
});

import { composeServices } from '@apollo/composition';
import { Kind, parse, type ObjectTypeDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';

import { readContract } from '../../../schema/horizontal/contract.ts';
import { emitted } from '../../support/emitted.ts';
import { shopsSdl } from '../../support/shops-contract.ts';
import { logicalNames, splitContract, type LogicalName } from '../../../schema/horizontal/split.ts';

const logical = splitContract(readContract(emitted('court'), 'contract'));

/** What a logical subgraph shows of a type: its fields and directives. */
function shown(name: LogicalName, typeName: string) {
  const type = parse(logical[name]).definitions.find(
    (definition): definition is ObjectTypeDefinitionNode =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === typeName,
  );
  if (!type) return undefined;
  return {
    fields: (type.fields ?? []).map((field) => field.name.value).sort(),
    isStub: (type.directives ?? []).some((directive) =>
      directive.arguments?.some(
        ({ name: own, value }) => own.value === 'resolvable' && 'value' in value && value.value === false,
      ),
    ),
    shareable: (type.fields ?? [])
      .filter((field) => field.directives?.some((directive) => directive.name.value === 'shareable'))
      .map((field) => field.name.value)
      .sort(),
  };
}

const caseLeaves = [
  'amountDue',
  'amountOutstanding',
  'amountRecovered',
  'closedOn',
  'closingMode',
  'filedOn',
  'predecessorNumber',
  'stage',
  'successorNumber',
  'transferKind',
  'type',
];
const partyLeaves = ['county', 'idMissingReason', 'idNumber', 'idType', 'kind', 'name', 'province', 'role', 'rural'];
const caseRows = ['coerciveMeasures', 'debtors', 'formerWrits', 'measureOrders', 'measures', 'parties', 'team'];

describe('the court contract, split', () => {
  it('gives routed roots to court and gathered roots to city; reach has none', () => {
    expect(shown('court', 'Query')?.fields).toEqual(['case']);
    expect(shown('city', 'Query')?.fields).toEqual(['caseStatistics', 'cases', 'person']);
    expect(shown('reach', 'Query')).toBeUndefined();
  });

  it('gives owned entities whole to court, and elsewhere their key and leaves, to be resolved by court alone', () => {
    expect(shown('court', 'Case')).toMatchObject({
      fields: [...caseLeaves, ...caseRows, 'number'].sort(),
      isStub: false,
    });
    for (const name of ['city', 'reach'] as const) {
      expect(shown(name, 'Case')).toMatchObject({ fields: [...caseLeaves, 'number'].sort(), isStub: true });
    }
    expect(shown('court', 'Party')?.isStub).toBe(false);
    expect(shown('city', 'Party')).toBeUndefined();
    // A person's own rows as a debtor are gathered: keys and leaves of them, and neither writ nor subject.
    expect(shown('reach', 'Party')).toMatchObject({
      fields: ['caseNumber', 'id', ...partyLeaves].sort(),
      isStub: true,
    });
  });

  it('gives entities without an owner whole to reach, their leaves to city, and to court their key alone', () => {
    const leaves = ['id', 'identified', 'lastFiledOn', 'name', 'names'];
    expect(shown('reach', 'Person')).toMatchObject({
      fields: ['caseConnection', 'cases', 'debtorParties', ...leaves].sort(),
      isStub: false,
    });
    expect(shown('city', 'Person')).toMatchObject({ fields: leaves, isStub: true });
    expect(shown('court', 'Person')).toMatchObject({ fields: ['id'], isStub: true });
  });

  it('gives entities of others as keys everywhere, to be resolved by others', () => {
    for (const name of ['city', 'reach'] as const) {
      expect(shown(name, 'Court')).toEqual({ fields: ['code'], isStub: true, shareable: [] });
    }
  });

  it('keeps merged values out of court', () => {
    for (const typeName of ['CaseConnection', 'CaseStatistics', 'Coverage', 'PageInfo', 'CaseFilter']) {
      expect(shown('court', typeName)).toBeUndefined();
      expect(logical.court).not.toContain(` ${typeName} `);
    }
    expect(shown('reach', 'CaseStatistics')).toBeUndefined();
  });

  it('shares exactly the fields that more than one of the three shows', () => {
    expect(shown('court', 'Case')?.shareable).toEqual(caseLeaves);
    expect(shown('city', 'Case')?.shareable).toEqual(caseLeaves);
    expect(shown('reach', 'Person')?.shareable).toEqual(['identified', 'lastFiledOn', 'name', 'names']);
    expect(shown('court', 'Party')?.shareable).toEqual(partyLeaves);
    expect(shown('court', 'Writ')?.shareable).toEqual([]);
    expect(shown('city', 'CaseConnection')?.shareable).toEqual(shown('city', 'CaseConnection')?.fields);
    expect(shown('city', 'CaseStatistics')?.shareable).toEqual([]);
  });

  it('carries descriptions', () => {
    expect(logical.court).toContain('"""Who is executed against (被执行人), by ordinal, at most 200."""');
    expect(logical.city).toContain('"""Which cases (筛选条件)."""');
    expect(logical.reach).toContain('"""How many (条数): 1 to 100."""');
  });

  it('carries @deprecated', () => {
    const { court, city } = splitContract(readContract(shopsSdl, 'shops'));
    for (const sdl of [court, city]) expect(sdl).toContain('price: Money @deprecated(reason: "Ask the lines.")');
  });

  it('keeps @inaccessible', () => {
    expect(logical.court).toMatch(/subject: Subject @inaccessible/);
    expect(logical.court).toMatch(/type Subject @inaccessible/);
  });

  it('leaves nothing horizontal', () => {
    for (const name of logicalNames) {
      expect(logical[name]).not.toMatch(/@(route|gather|owner|merge)\b|MergeRule|nonet\.invalid|_entities|_service/);
    }
  });

  it('composes with stock composition, beside what keeps the criteria that it requires', () => {
    const services = logicalNames.map((name) => ({ name, typeDefs: parse(logical[name]) }));
    // The command centre sums up what the agencies say, so that they belong beside it.
    const neighbours = (['command', 'bank', 'vehicle', 'property'] as const).map((name) => ({
      name,
      typeDefs: parse(emitted(name)),
    }));
    const { errors } = composeServices([...services, ...neighbours]);
    expect(errors).toBeUndefined();
  });

  it('composes with nobody who redefines what only one court answers', () => {
    const agency = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
      scalar CaseNumber
      type Case @key(fields: "number") { number: CaseNumber! debtors: [Int!] @shareable }`;
    const { errors } = composeServices([
      ...logicalNames.map((name) => ({ name, typeDefs: parse(logical[name]) })),
      { name: 'post', typeDefs: parse(agency) },
    ]);
    expect(errors?.map((error) => error.extensions['code'])).toContain('INVALID_FIELD_SHARING');
  });
});

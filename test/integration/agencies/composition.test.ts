import { composeServices } from '@apollo/composition';
import { isObjectType, buildASTSchema, isEnumType, isScalarType, isSpecifiedScalarType, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { bankSdl } from '../../../subgraphs/bank/schema.ts';
import { propertySdl } from '../../../subgraphs/property/schema.ts';
import { vehicleSdl } from '../../../subgraphs/vehicle/schema.ts';

const court = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible"])
  scalar CaseNumber
  scalar Date
  scalar Money
  type Query {
    party: Party
    order: MeasureOrder
  }
  type Party @key(fields: "caseNumber id") {
    caseNumber: CaseNumber!
    id: ID!
    writ: Writ
    subject: Subject @inaccessible
  }
  type MeasureOrder @key(fields: "caseNumber id") {
    caseNumber: CaseNumber!
    id: ID!
    partyId: ID
    mandate: Mandate @inaccessible
    subject: Subject @inaccessible
  }
  type Mandate @inaccessible {
    agency: String
    action: String
    number: String
    property: String
    bankName: String
    amount: Money
    until: Date
    originId: ID
    isReleased: Boolean
    releaseIds: [[ID!]!]
    signedBy: String
    signedOn: Date
    courtName: String
    courtCode: String
    handlerName: String
    handlerPhone: String
    workIdNumber: String
    dutyCertificateNumber: String
  }
  type Subject @inaccessible {
    name: String
    idType: String
    idNumber: String
  }
  type Writ {
    number: String
    agencies: [String!]
    signedBy: String
    signedOn: Date
    validUntil: Date
    courtName: String
    courtCode: String
    handlerName: String
    handlerPhone: String
    workIdNumber: String
    dutyCertificateNumber: String
  }
`;
const sdls = { bank: bankSdl, vehicle: vehicleSdl, property: propertySdl };

describe('the agencies beside a court', () => {
  const composed = composeServices(
    Object.entries({ court, ...sdls }).map(([name, sdl]) => ({ name, typeDefs: parse(sdl) })),
  );

  it('compose without errors', () => {
    expect(composed.errors?.map(({ message }) => message)).toBeUndefined();
  });

  it('add their fields to Party and show nobody the subject', () => {
    const api = composed.schema!.toAPISchema().toGraphQLJSSchema();
    const fields = api.getType('Party');
    expect(isObjectType(fields) && Object.keys(fields.getFields()).sort()).toEqual(
      ['bank', 'caseNumber', 'id', 'realEstate', 'vehicle', 'writ'].sort(),
    );
    expect(api.getType('Subject')).toBeUndefined();
  });

  it('add their fields to MeasureOrder and show nobody the mandate', () => {
    const api = composed.schema!.toAPISchema().toGraphQLJSSchema();
    const fields = api.getType('MeasureOrder');
    expect(isObjectType(fields) && Object.keys(fields.getFields()).sort()).toEqual(
      ['bank', 'caseNumber', 'id', 'partyId', 'realEstate', 'vehicle'].sort(),
    );
    expect(api.getType('Mandate')).toBeUndefined();
  });

  it.each(Object.entries(sdls))('describe every type, field and value of the %s with its Chinese term', (_, sdl) => {
    const schema = buildASTSchema(parse(sdl), { assumeValid: true, assumeValidSDL: true });
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__') || type.name === 'Query' || isSpecifiedScalarType(type)) continue;
      expect(type.description, type.name).toMatch(/[一-龥]/);
      const members = isObjectType(type) ? type.getFields() : isEnumType(type) ? type.getValues() : [];
      for (const member of Object.values(members))
        expect(member.description, `${type.name}.${member.name}`).toMatch(/[一-龥]/);
      expect(isObjectType(type) || isEnumType(type) || isScalarType(type)).toBe(true);
    }
  });
});

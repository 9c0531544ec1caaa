import { readdirSync, readFileSync } from 'node:fs';

import { buildSchema, isInputObjectType, isObjectType, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';

import { emit, emittedDirectory } from '../../../cli/compose/compose.ts';
import { readCourtRegistry } from '../../../common/court-registry.ts';

const read = (name: string) => readFileSync(new URL(name, emittedDirectory), 'utf8');

describe('schema/emitted', () => {
  const files = emit();

  it.each([...files.keys()])('%s is what the programs emit now', (name) => {
    expect(read(name)).toBe(files.get(name));
  });

  it('holds nothing else', () => {
    expect(readdirSync(emittedDirectory).sort()).toEqual([...files.keys()].sort());
  });
});

describe('the graph that clients see', () => {
  const sdl = read('api.graphql');
  const schema = buildSchema(sdl);

  it.each([
    ['Query', 'case(number: CaseNumber!): Case'],
    [
      'Query',
      'cases(filter: CaseFilter, first: Int = 20, after: String, orderBy: CaseOrder = FILED_ON_DESC, completeness: Completeness = PARTIAL): CaseConnection',
    ],
    ['Query', 'caseStatistics(filter: CaseFilter): CaseStatistics'],
    ['Query', 'person(id: ID!): Person'],
    ['Query', 'courts: [Court!]!'],
    ['Query', 'taskForce(id: ID!): TaskForce'],
    ['Query', 'taskForces(first: Int = 20, after: String): TaskForceConnection'],
    ['Mutation', 'createTaskForce(input: CreateTaskForceInput!, idempotencyKey: ID!): TaskForce'],
    ['Mutation', 'updateTaskForce(id: ID!, input: UpdateTaskForceInput!, idempotencyKey: ID!): TaskForce'],
    ['TaskForce', 'id: ID!'],
    ['TaskForce', 'name: String'],
    ['TaskForce', 'purpose: String'],
    ['TaskForce', 'courts: [Court!]'],
    ['TaskForce', 'criteria: TaskForceCriteria'],
    [
      'TaskForce',
      'cases(first: Int = 20, after: String, orderBy: CaseOrder = FILED_ON_DESC, completeness: Completeness = PARTIAL): CaseConnection',
    ],
    ['CaseConnection', 'edges: [CaseEdge!]!'],
    ['CaseConnection', 'pageInfo: PageInfo!'],
    ['CaseConnection', 'totalCount: Int'],
    ['CaseConnection', 'totalIsLowerBound: Boolean!'],
    ['CaseConnection', 'coverage: Coverage!'],
    ['CaseEdge', 'cursor: String!'],
    ['CaseEdge', 'node: Case!'],
    ['Case', 'number: CaseNumber!'],
    ['Case', 'court: Court'],
    ['Case', 'stage: CaseStage'],
    ['Case', 'filedOn: Date'],
    ['Case', 'amountDue: Money'],
    ['Case', 'amountRecovered: Money'],
    ['Case', 'amountOutstanding: Money'],
    ['Case', 'parties(role: PartyRole): [Party!]'],
    ['Case', 'debtors: [Party!]'],
    ['Party', 'caseNumber: CaseNumber!'],
    ['Party', 'id: ID!'],
    ['Party', 'role: PartyRole'],
    ['Party', 'name: String'],
    ['Party', 'idNumber: String'],
    ['Party', 'person: Person'],
    ['Party', 'writ: Writ'],
    ['Party', 'bank: BankInquiry'],
    ['Party', 'vehicle: VehicleInquiry'],
    ['Party', 'realEstate: RealEstateInquiry'],
    ['Person', 'id: ID!'],
    ['Person', 'name: String'],
    ['Person', 'names: [String!]'],
    ['Person', 'cases(first: Int = 100, role: PartyRole = DEBTOR): [Case!]'],
    [
      'Person',
      'caseConnection(first: Int = 20, after: String, orderBy: CaseOrder = FILED_ON_DESC, completeness: Completeness = PARTIAL, role: PartyRole = DEBTOR): CaseConnection',
    ],
    ['BankInquiry', 'status: CoverageStatus!'],
    ['BankInquiry', 'reason: String'],
    ['BankInquiry', 'answeredAt: DateTime'],
    ['BankInquiry', 'accounts: [BankAccount!]'],
    ['VehicleInquiry', 'vehicles: [Vehicle!]'],
    ['RealEstateInquiry', 'units: [RealEstateUnit!]'],
    ['BankAccount', 'bankName: String'],
    ['BankAccount', 'number: String'],
    ['BankAccount', 'balance: Money'],
    ['Vehicle', 'plateNumber: String'],
    ['Vehicle', 'model: String'],
    ['Vehicle', 'estimatedValue: Money'],
    ['RealEstateUnit', 'location: String'],
    ['RealEstateUnit', 'area: Float'],
    ['RealEstateUnit', 'estimatedValue: Money'],
    ['Coverage', 'complete: Boolean!'],
    ['Coverage', 'courts(only: CoverageSelection = ALL): [CourtCoverage!]!'],
    ['CourtCoverage', 'court: Court!'],
    ['CourtCoverage', 'status: CoverageStatus!'],
    ['CourtCoverage', 'reason: String'],
    ['CourtCoverage', 'asOf: DateTime'],
    ['CourtCoverage', 'elapsedMs: Int'],
    ['CourtCoverage', 'missingFields: [String!]'],
    ['Court', 'code: ID!'],
    ['Court', 'name: String!'],
    ['Court', 'level: CourtLevel!'],
  ])('has %s.%s', (typeName, signature) => {
    expect(signaturesOf(schema, typeName)).toContain(signature);
  });

  it('asks with these filters and orders', () => {
    expect(signaturesOf(schema, 'CaseFilter').sort()).toEqual(
      [
        'amountOutstandingMax: Money',
        'amountOutstandingMin: Money',
        'closingModes: [ClosingMode!]',
        'courts: [ID!]',
        'filedFrom: Date',
        'filedTo: Date',
        'numbers: [CaseNumber!]',
        'partyIdNumber: String',
        'partyName: String',
        'personId: ID',
        'province: String',
        'role: PartyRole',
        'stages: [CaseStage!]',
        'types: [CaseType!]',
      ].sort(),
    );
    expect(valuesOf(schema, 'CaseOrder')).toEqual([
      'FILED_ON_DESC',
      'FILED_ON_ASC',
      'AMOUNT_OUTSTANDING_DESC',
      'AMOUNT_OUTSTANDING_ASC',
      'NUMBER_ASC',
    ]);
    expect(valuesOf(schema, 'CoverageStatus').sort()).toEqual(
      ['FOUND', 'NONE', 'PENDING', 'REFUSED', 'TIMEOUT', 'UNREACHABLE', 'NOT_ASKED', 'DEGRADED'].sort(),
    );
  });

  it('has neither the full identity that only agencies may require, nor any machinery', () => {
    expect(Object.keys(schema.getTypeMap())).not.toContain('Subject');
    expect(signaturesOf(schema, 'Party').filter((signature) => signature.startsWith('subject'))).toEqual([]);
    expect(sdl).not.toMatch(/_entities|_service|@gather|@merge|MergeRule|join__/);
  });

  it('can leave out whatever a court or agency did not answer', () => {
    for (const name of ['case', 'cases', 'caseStatistics', 'person']) {
      expect(signaturesOf(schema, 'Query').find((signature) => signature.startsWith(`${name}(`))).not.toMatch(/!$/);
    }
    for (const [name, keys] of [
      ['Case', ['number']],
      ['Party', ['caseNumber', 'id']],
      ['Person', ['id']],
    ] as const) {
      const required = signaturesOf(schema, name).filter((signature) => signature.endsWith('!'));
      expect(required.map((signature) => signature.split(':')[0])).toEqual(keys);
    }
  });

  it('lists no court: courts are rows of the registry', () => {
    const { courts } = readCourtRegistry('registry/courts.json');
    expect(courts.length).toBeGreaterThan(1);
    const typeNames = Object.keys(schema.getTypeMap());
    const values = typeNames.flatMap((typeName) => valuesOf(schema, typeName));
    for (const { code, name, englishName } of courts) {
      expect(values.filter((value) => value.includes(code.slice(1)))).toEqual([]);
      expect(sdl).not.toContain(name);
      expect(sdl).not.toContain(englishName);
    }
  });
});

/** `name(argument: Type = default): Type` of every field of a type. */
function signaturesOf(schema: GraphQLSchema, typeName: string): string[] {
  const type = schema.getType(typeName);
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => `${field.name}: ${field.type.toString()}`);
  }
  if (!isObjectType(type)) throw new Error(`The graph has no object ${typeName}.`);
  return Object.values(type.getFields()).map((field) => {
    const args = field.args.map(({ name, type: own, defaultValue }) =>
      defaultValue === undefined
        ? `${name}: ${own.toString()}`
        : `${name}: ${own.toString()} = ${JSON.stringify(defaultValue).replaceAll('"', '')}`,
    );
    return `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}: ${field.type.toString()}`;
  });
}

function valuesOf(schema: GraphQLSchema, typeName: string): string[] {
  const type = schema.getType(typeName);
  return type && 'getValues' in type ? type.getValues().map((value) => value.name) : [];
}

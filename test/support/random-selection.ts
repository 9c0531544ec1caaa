/** Random selections over the court contract's types. */

import fc from 'fast-check';

/** What is asked of one object; printed, it begins with a field without a condition. */
export interface Selection {
  readonly type: TypeName;
  readonly anchor: string;
  readonly items: readonly (Field | Spread)[];
}

/** One field, with a fresh alias when `aliased` or when it has arguments. */
export interface Field {
  readonly kind: 'field';
  readonly name: string;
  readonly aliased: boolean;
  readonly condition: Condition | null;
  readonly arguments: readonly Argument[];
  readonly selection: Selection | null;
}

/** A part of a selection, set apart in a fragment. */
export interface Spread {
  readonly kind: 'spread';
  readonly form: 'bare' | 'typed' | 'named';
  readonly condition: Condition | null;
  readonly selection: Selection;
}

/** `@include` or `@skip`, with a variable, one left to its default, or a literal. */
export interface Condition {
  readonly directive: 'include' | 'skip';
  readonly value: boolean;
  readonly given: Given;
}

/** How a value gets into the question. */
export type Given = 'literal' | 'variable' | 'default';

export interface Argument {
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
  readonly given: Given;
}

export type TypeName = keyof typeof shapes;

const words = (text: string): readonly string[] => text.split(' ');

const shapes = {
  Case: {
    leaves: words(
      'number type stage filedOn closedOn closingMode amountDue amountRecovered amountOutstanding ' +
        'predecessorNumber successorNumber transferKind',
    ),
    objects: {
      team: 'Team',
      measures: 'Measure',
      coerciveMeasures: 'CoerciveMeasure',
      debtors: 'Party',
      parties: 'Party',
    },
  },
  Team: { leaves: words('name type judge'), objects: {} },
  Measure: { leaves: words('action property amount from expiresOn queuePosition'), objects: {} },
  CoerciveMeasure: { leaves: words('kind decidedOn partyId'), objects: {} },
  Party: {
    leaves: words('caseNumber id role kind name idType idNumber idMissingReason province county rural'),
    objects: { person: 'Person', writ: 'Writ' },
  },
  Writ: {
    leaves: words(
      'number agencies signedBy signedOn validUntil courtName courtCode handlerName handlerPhone workIdNumber ' +
        'dutyCertificateNumber',
    ),
    objects: {},
  },
  Person: {
    leaves: words('id name names lastFiledOn identified'),
    objects: { cases: 'Case', caseConnection: 'CaseConnection' },
  },
  CaseConnection: {
    leaves: words('totalCount totalIsLowerBound'),
    objects: { edges: 'CaseEdge', pageInfo: 'PageInfo' },
  },
  CaseEdge: { leaves: words('cursor'), objects: { node: 'Case' } },
  PageInfo: { leaves: words('hasNextPage hasPreviousPage startCursor endCursor'), objects: {} },
  CaseStatistics: {
    leaves: words('count amountDue amountRecovered amountOutstanding totalIsLowerBound'),
    objects: { byStage: 'StageStatistics', byClosingMode: 'ClosingModeStatistics', byMonth: 'MonthStatistics' },
  },
  StageStatistics: { leaves: words('stage count amountOutstanding'), objects: {} },
  ClosingModeStatistics: { leaves: words('closingMode count amountRecovered'), objects: {} },
  MonthStatistics: { leaves: words('month count amountDue'), objects: {} },
} as const;

/** The orders of the contract. */
export const orders = words(
  'FILED_ON_DESC FILED_ON_ASC AMOUNT_OUTSTANDING_DESC AMOUNT_OUTSTANDING_ASC NUMBER_ASC',
) as readonly (
  'FILED_ON_DESC' | 'FILED_ON_ASC' | 'AMOUNT_OUTSTANDING_DESC' | 'AMOUNT_OUTSTANDING_ASC' | 'NUMBER_ASC'
)[];

export const randomGiven: fc.Arbitrary<Given> = fc.constantFrom('literal', 'literal', 'variable', 'default');

const condition: fc.Arbitrary<Condition> = fc.record({
  directive: fc.constantFrom('include', 'skip'),
  value: fc.boolean(),
  given: randomGiven,
});
const rareCondition = fc.oneof({ weight: 7, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: condition });
const role = fc.constantFrom('APPLICANT', 'DEBTOR', 'THIRD_PARTY', null);
const argumentsOf: Readonly<Record<string, Readonly<Record<string, readonly [string, fc.Arbitrary<unknown>]>>>> = {
  parties: { role: ['PartyRole', role] },
  cases: { first: ['Int', fc.integer({ min: 1, max: 6 })], role: ['PartyRole', role] },
  // Pages below many people are small and always say how small: together they may have no more than 1,000 rows.
  caseConnection: {
    first: ['Int', fc.integer({ min: 1, max: 2 })],
    orderBy: ['CaseOrder', fc.constantFrom(...orders)],
    role: ['PartyRole', role],
  },
};

/** A selection of a type; `depth` is how many owned objects may still stand below one another. */
export function randomSelection(type: TypeName, depth: number): fc.Arbitrary<Selection> {
  const { leaves, objects } = shapes[type];
  const leaf = fc.constantFrom(...leaves).chain((name) => field(name, fc.constant(null)));
  const deeper = Object.entries(objects as Readonly<Record<string, TypeName>>)
    .filter(([, target]) => depth > 0 || !['Party', 'Case', 'Person', 'CaseConnection'].includes(target))
    .map(([name, target]) => field(name, randomSelection(target, depth - cost(target))));
  const entries = [{ weight: 6, arbitrary: leaf }, ...deeper.map((arbitrary) => ({ weight: 1, arbitrary }))];
  const plain = fc.oneof(...entries);
  const part = fc.record({ anchor: anchorOf(type), items: fc.array(plain, { maxLength: 3 }) });
  const spread = fc.record({
    kind: fc.constant('spread' as const),
    form: fc.constantFrom('bare' as const, 'typed' as const, 'named' as const),
    condition: rareCondition,
    selection: part.map((one) => ({ type, ...one })),
  });
  return fc.record({
    type: fc.constant(type),
    anchor: anchorOf(type),
    items: fc.array(fc.oneof({ weight: 5, arbitrary: plain }, { weight: 1, arbitrary: spread }), { maxLength: 5 }),
  });
}

function field(name: string, selection: fc.Arbitrary<Selection | null>): fc.Arbitrary<Field> {
  const given = Object.entries(argumentsOf[name] ?? {}).map(([argument, [type, value]]) => {
    const one = fc.record({ name: fc.constant(argument), type: fc.constant(type), value, given: randomGiven });
    return name === 'caseConnection' && argument === 'first' ? one : fc.option(one, { freq: 3 });
  });
  return fc.record({
    kind: fc.constant('field' as const),
    name: fc.constant(name),
    aliased: fc.integer({ min: 0, max: 4 }).map((one) => one === 4),
    condition: rareCondition,
    arguments: fc.tuple(...given).map((all) => all.filter((one) => one !== null)),
    selection,
  });
}

function anchorOf(type: TypeName): fc.Arbitrary<string> {
  const [first] = shapes[type].leaves;
  return groups.has(type) ? fc.constant(first!) : fc.constantFrom(first!, '__typename');
}

/** What is counted by: which group one is, is always asked, by its first field. */
const groups: ReadonlySet<TypeName> = new Set(['StageStatistics', 'ClosingModeStatistics', 'MonthStatistics']);

function cost(type: TypeName): number {
  return ['Party', 'Person', 'CaseConnection'].includes(type) ? 1 : 0;
}

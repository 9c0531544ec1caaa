/** Every data source of the hub, with a question that goes through it and somebody who may lie to it. */

import type { Question } from '../../../common/wire.ts';

export interface Source {
  readonly name: string;
  /** Who lies, and to which of its questions. */
  readonly who: string;
  readonly concerns: (question: Question) => boolean;
  readonly query: string;
  /** Whether answers come from several courts and carry coverage, where the liar has to be a gap. */
  readonly isGathered: boolean;
  /** Whether nothing in an entity but its echoed key says which one it is. */
  readonly isKnownByKeyAlone?: boolean;
  /** Whether a null says that the liar does not know an entity. */
  readonly mayBeUnknown?: boolean;
}

/** Two courts, one of which lies: 徐州市铜山区人民法院. */
export const liar = '苏0312';
const filter = 'filter: { courts: ["苏0312", "苏0324"] }';
const covered = 'coverage { complete courts { court { code } status reason } }';
const page = `totalCount totalIsLowerBound ${covered} pageInfo { hasNextPage endCursor }`;

const entitiesOf = (typeName: string) => (question: Question) =>
  question.query.includes('_entities') && question.query.includes(`on ${typeName}`);
const roots = (question: Question) => !question.query.includes('_entities');

const inquiry = 'status reason requestNumber answeredAt expectedBy';
const debtorsWith = (selection: string) =>
  `{ cases(${filter}, first: 20, orderBy: NUMBER_ASC) { edges { node { number debtors { caseNumber id name ${selection} } } } } }`;

/** All of them. Variables: `$number` of a case of the liar, `$person` somebody known to it, `$force` a task force. */
export const sources: readonly Source[] = [
  {
    name: 'city: rows',
    who: liar,
    concerns: roots,
    query: `{ cases(${filter}, first: 20, orderBy: FILED_ON_DESC) { ${page} edges { cursor node {
      number type stage filedOn closedOn closingMode amountDue amountRecovered amountOutstanding } } } }`,
    isGathered: true,
  },
  {
    name: 'city: statistics',
    who: liar,
    concerns: roots,
    query: `{ caseStatistics(${filter}) { count amountDue amountRecovered amountOutstanding totalIsLowerBound ${covered}
      byStage { stage count amountOutstanding } byClosingMode { closingMode count } byMonth { month count amountDue } } }`,
    isGathered: true,
  },
  {
    name: 'city: a person',
    who: liar,
    concerns: roots,
    query: 'query ($person: ID!) { person(id: $person) { id name names lastFiledOn identified } }',
    isGathered: false,
  },
  {
    name: 'reach: persons',
    who: liar,
    concerns: entitiesOf('Person'),
    query: debtorsWith(`person { id name names lastFiledOn identified cases(first: 50) { number filedOn }
      caseConnection(first: 10) { ${page} edges { node { number stage amountOutstanding } } } }`),
    isGathered: false,
    isKnownByKeyAlone: true,
    mayBeUnknown: true,
  },
  {
    name: 'reach: task forces',
    who: liar,
    concerns: entitiesOf('TaskForce'),
    query: `{ taskForces(first: 3) { edges { node { id name cases(first: 40) { ${page} edges { node {
      number stage filedOn amountOutstanding } } } } } } }`,
    isGathered: false,
    isKnownByKeyAlone: true,
  },
  {
    name: 'court: entities',
    who: liar,
    concerns: entitiesOf('Case'),
    query: debtorsWith(`role kind person { id } writ { number signedOn } province } team { name type judge }
      parties { caseNumber id role name } measures { action property amount from } coerciveMeasures { kind decidedOn`),
    isGathered: false,
  },
  {
    name: 'court: entities that agencies need',
    who: liar,
    concerns: entitiesOf('Case'),
    query: debtorsWith('bank { status accounts { number balance } } realEstate { status }'),
    isGathered: false,
  },
  {
    name: 'court: one case',
    who: liar,
    concerns: roots,
    query: `query ($number: CaseNumber!) { case(number: $number) { number type stage filedOn amountDue
      team { name type } debtors { caseNumber id name role writ { number validUntil } } measures { action amount } } }`,
    isGathered: false,
  },
  ...(
    [
      ['bank', `bank { ${inquiry} accounts { bankName number balance } }`],
      ['vehicle', `vehicle { ${inquiry} vehicles { plateNumber model estimatedValue } }`],
      ['property', `realEstate { ${inquiry} units { location area estimatedValue } }`],
    ] as const
  ).map(([who, selection]) => ({
    name: `agency: ${who}`,
    who,
    concerns: entitiesOf('Party'),
    query: debtorsWith(selection),
    isGathered: false,
    isKnownByKeyAlone: true,
  })),
  {
    name: 'command: task forces',
    who: 'command',
    concerns: roots,
    query: `query ($force: ID!) {
      taskForces(first: 2) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id name purpose createdAt } } }
      taskForce(id: $force) { id name criteria { creditorName amountOutstandingMin stages courts } courts { code } } }`,
    isGathered: false,
  },
];

import { ApolloServer } from '@apollo/server';

const typeDefs = `
  scalar CaseNumber scalar Money scalar Date scalar DateTime
  enum CaseOrder { FILED_ON_DESC FILED_ON_ASC AMOUNT_OUTSTANDING_DESC AMOUNT_OUTSTANDING_ASC NUMBER_ASC }
  enum PartyRole { APPLICANT DEBTOR THIRD_PARTY }
  enum CoverageStatus { FOUND NONE PENDING REFUSED TIMEOUT UNREACHABLE NOT_ASKED DEGRADED }
  enum CoverageSelection { ALL GAPS }
  input CaseFilter { numbers: [CaseNumber!] partyName: String role: PartyRole }

  type Query {
    "One enforcement case by its number."
    case(number: CaseNumber!): Case
    "The city's cases, in one global order."
    cases(filter: CaseFilter, first: Int = 20, after: String, orderBy: CaseOrder = FILED_ON_DESC): CaseConnection
    "Counts and sums over all courts."
    caseStatistics(filter: CaseFilter): CaseStatistics
    "Joint task forces, the newest first."
    taskForces(first: Int = 20, after: String): TaskForceConnection
  }
  type TaskForceConnection { edges: [TaskForceEdge!]! totalCount: Int }
  type TaskForceEdge { node: TaskForce! }
  type TaskForce { id: ID! name: String purpose: String courts: [Court!] criteria: TaskForceCriteria
    cases(first: Int = 20, after: String, orderBy: CaseOrder = FILED_ON_DESC): CaseConnection }
  type TaskForceCriteria { creditorName: String stages: [String!] provinces: [String!] }
  type CaseConnection { edges: [CaseEdge!]! pageInfo: PageInfo! totalCount: Int totalIsLowerBound: Boolean! coverage: Coverage! }
  type CaseEdge { cursor: String! node: Case! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Case { number: CaseNumber! type: String stage: String filedOn: Date closedOn: Date closingMode: String
    amountDue: Money amountRecovered: Money amountOutstanding: Money court: Court
    predecessorNumber: CaseNumber successorNumber: CaseNumber transferKind: String team: Team measures: [Measure!]
    coerciveMeasures: [CoerciveMeasure!] parties(role: PartyRole): [Party!] debtors: [Party!] }
  type Team { name: String type: String judge: String }
  type Measure { action: String property: String amount: Money from: Date expiresOn: Date queuePosition: Int }
  type CoerciveMeasure { kind: String decidedOn: Date }
  type Party { role: PartyRole kind: String name: String idType: String idNumber: String idMissingReason: String
    province: String county: String person: Person writ: Writ bank: BankInquiry vehicle: VehicleInquiry realEstate: RealEstateInquiry }
  type Person { id: ID! names: [String!] identified: Boolean cases: [Case!] }
  type Writ { number: String agencies: [String!] signedOn: Date validUntil: Date }
  type BankInquiry { status: CoverageStatus! accounts: [BankAccount!] }
  type BankAccount { bankName: String number: String balance: Money }
  type VehicleInquiry { status: CoverageStatus! vehicles: [Vehicle!] }
  type Vehicle { plateNumber: String model: String estimatedValue: Money }
  type RealEstateInquiry { status: CoverageStatus! units: [RealEstateUnit!] }
  type RealEstateUnit { location: String area: Float estimatedValue: Money }
  type Coverage { complete: Boolean! courts(only: CoverageSelection = ALL): [CourtCoverage!]! }
  type CourtCoverage { court: Court! status: CoverageStatus! reason: String asOf: DateTime }
  type Court { code: ID! name: String! }
  type CaseStatistics { count: Int amountDue: Money amountRecovered: Money amountOutstanding: Money totalIsLowerBound: Boolean!
    coverage: Coverage! byStage: [StageStatistics!] byClosingMode: [ClosingModeStatistics!] byMonth: [MonthStatistics!] }
  type StageStatistics { stage: String! count: Int amountOutstanding: Money }
  type ClosingModeStatistics { closingMode: String! count: Int amountRecovered: Money }
  type MonthStatistics { month: String! count: Int amountDue: Money }
`;

const court = { code: '苏0312', name: '徐州市铜山区人民法院' };
const coverage = {
  complete: true,
  courts: [{ court, status: 'FOUND', reason: null, asOf: '2017-12-01T09:00:00+08:00' }],
};
const lawsuit = {
  number: '（2013）徐执字第1号',
  stage: 'INVESTIGATING',
  filedOn: '2017-03-06',
  amountDue: '48200.00',
  amountRecovered: '1200.50',
  amountOutstanding: '46999.50',
  court,
};
const debtor = {
  name: '王伟',
  role: 'DEBTOR',
  province: '江苏省',
  person: { id: 'p1.example', names: ['王伟'], identified: true, cases: [lawsuit] },
  bank: { status: 'FOUND', accounts: [{ bankName: '铜山农商银行', number: '6228 **** 0001', balance: '320.15' }] },
  vehicle: { status: 'NONE', vehicles: [] },
  realEstate: { status: 'NONE', units: [] },
};
const listed = { ...lawsuit, debtors: [debtor], parties: [debtor] };

const cases = {
  totalCount: 1,
  totalIsLowerBound: false,
  coverage,
  pageInfo: { hasNextPage: false, endCursor: 'c1' },
  edges: [{ cursor: 'c1', node: listed }],
};
const taskForce = {
  id: '1',
  name: '专项行动',
  purpose: null,
  courts: [court],
  criteria: { creditorName: '工程机械', stages: null, provinces: ['江苏省'] },
  cases,
};

/** A server of one case with the parts of the public schema that the examples use; started by `start`. */
export function createSmallCity(): ApolloServer {
  return new ApolloServer({
    typeDefs,
    resolvers: {
      Query: {
        case: (_: unknown, { number }: { number: string }) => (number === lawsuit.number ? listed : null),
        cases: () => cases,
        taskForces: () => ({ totalCount: 1, edges: [{ node: taskForce }] }),
        caseStatistics: () => ({
          count: 1,
          amountDue: lawsuit.amountDue,
          amountRecovered: lawsuit.amountRecovered,
          amountOutstanding: lawsuit.amountOutstanding,
          totalIsLowerBound: false,
          coverage,
          byStage: [{ stage: 'INVESTIGATING', count: 1, amountOutstanding: '46999.50' }],
          byClosingMode: [],
          byMonth: [{ month: '2017-03', count: 1, amountDue: '48200.00' }],
        }),
      },
    },
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
}

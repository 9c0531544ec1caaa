/** A contract that has nothing to do with courts, with every directive and every merge rule: branches of a library. */

/** What every branch serves. */
export const librarySdl = /* GraphQL */ `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible", "@external", "@requires"])
    @link(url: "https://nonet.invalid/horizontal/v1.0", import: ["@route", "@gather", "@owner", "@merge"])

  scalar Money
  scalar Date
  scalar DateTime

  type Query {
    loan(number: ID!): Loan @route(by: "number")
    note(of: NoteKey!): Note @route(by: "of.loanNumber")
    loans(
      filter: LoanFilter
      order: LoanOrder = MADE_ON_DESC
      first: Int = 3
      after: String
      completeness: Completeness = PARTIAL
    ): LoanConnection
      @gather(courts: "filter.branches", keys: "filter.numbers", maxPage: 50)
      @merge(by: PAGE, key: "number")
    statistics(filter: LoanFilter, completeness: Completeness = PARTIAL): Statistics
      @gather(courts: "filter.branches", keys: "filter.numbers")
    reader(id: ID!): Reader @gather
    recent(first: Int = 4, kind: Kind, branches: [ID!]): [Loan!]
      @gather(courts: "branches")
      @merge(by: CONCAT, key: "madeOn DESC, number ASC")
    subjects(branches: [ID!]): [String!] @gather(courts: "branches") @merge(by: UNION)
    shelves: [KindLoans!] @gather @merge(by: UNION, key: "kind")
  }
  type Mutation {
    giveBack(input: GiveBack!): Loan @route(by: "input.number")
  }

  enum Completeness {
    PARTIAL
    COMPLETE
  }
  enum Kind {
    NOVEL
    ATLAS
    SCORE
  }
  enum LoanOrder {
    MADE_ON_DESC
    MADE_ON_ASC
    FEE_DESC
    TITLE_ASC
    TITLE_DESC
    NUMBER_ASC
  }
  input LoanFilter {
    branches: [ID!]
    numbers: [ID!]
    kind: Kind
    made: Period
  }
  input Period {
    from: Date
    days: [Date!]
  }
  input NoteKey {
    loanNumber: ID!
    position: Int!
  }
  input GiveBack {
    number: ID!
    idempotencyKey: ID!
  }

  "What was lent by one branch."
  type Loan @key(fields: "number") @owner(key: "number") {
    number: ID!
    madeOn: Date
    kind: Kind
    fee: Money
    title: String
    isReturned: Boolean
    weight: Float
    pages: Int
    margin: Money @inaccessible
    volume: Volume
    notes: [Note!]
    previous: Loan
    reader: Reader
  }
  "A second key beside the one that names the branch."
  type Note @key(fields: "loanNumber position") @owner(key: "loanNumber") {
    loanNumber: ID!
    position: Int!
    text: String
    marks: [Int!]
    by: Reader
    loan: Loan
  }
  "A value inside a row, with a value of its own."
  type Volume {
    title: String
    edition: Edition
  }
  type Edition {
    year: Int
    places: [String!]
  }

  "Known to any branch, owned by none."
  type Reader @key(fields: "id") {
    id: ID!
    name: String @merge(by: FIRST_BY, key: "namedOn")
    names: [String!] @merge(by: UNION)
    namedOn: Date @merge(by: MAX)
    lastSeenAt: DateTime @merge(by: MAX)
    birthYear: Int @merge(by: SAME)
    isMember: Boolean @merge(by: ANY)
    hasConsented: Boolean @merge(by: ALL)
    favourite: Kind @merge(by: MAX)
    fees: Money @merge(by: SUM)
    visits: Int @merge(by: SUM)
    home: Home
    byKind: [KindLoans!] @merge(by: UNION, key: "kind")
    loans(first: Int = 4, kind: Kind): [Loan!] @gather @merge(by: CONCAT, key: "madeOn DESC, number ASC")
    oldest(first: Int = 4, branches: [ID!]): [Loan!]
      @gather(courts: "branches")
      @merge(by: CONCAT, key: "madeOn ASC, number ASC")
    loanConnection(
      filter: LoanFilter
      order: LoanOrder = NUMBER_ASC
      first: Int = 3
      after: String
      completeness: Completeness = PARTIAL
    ): LoanConnection
      @gather(courts: "filter.branches", keys: "filter.numbers", maxPage: 50)
      @merge(by: PAGE, key: "number")
    statistics(filter: LoanFilter): Statistics @gather(courts: "filter.branches", keys: "filter.numbers")
  }
  type Home {
    city: String @merge(by: SAME)
    visits: Int @merge(by: SUM)
    span: Span
    byYear: [YearLoans!] @merge(by: UNION, key: "year")
  }
  type Span {
    from: Date @merge(by: MIN)
    to: Date @merge(by: MAX)
  }

  type Statistics {
    count: Int @merge(by: SUM)
    fees: Money @merge(by: SUM)
    pages: Int @merge(by: SUM)
    anyKept: Boolean @merge(by: ANY)
    allReturned: Boolean @merge(by: ALL)
    heaviest: Float @merge(by: MAX)
    lightest: Float @merge(by: MIN)
    firstTitle: String @merge(by: MIN)
    lastTitle: String @merge(by: MAX)
    plainest: Kind @merge(by: MIN)
    currency: String @merge(by: SAME)
    latestTitle: String @merge(by: FIRST_BY, key: "latestOn")
    latestOn: Date @merge(by: MAX)
    span: Span
    byKind: [KindLoans!] @merge(by: UNION, key: "kind")
    byYear: [YearLoans!] @merge(by: UNION, key: "year")
    titles: [String!] @merge(by: UNION)
    totalIsLowerBound: Boolean! @merge(by: ANY)
    coverage: Coverage!
  }
  "A group that holds an object, a list, and groups of its own."
  type KindLoans {
    kind: Kind!
    count: Int @merge(by: SUM)
    fees: Money @merge(by: SUM)
    titles: [String!] @merge(by: UNION)
    latestTitle: String @merge(by: FIRST_BY, key: "latestOn")
    latestOn: Date @merge(by: MAX)
    span: Span
    byYear: [YearLoans!] @merge(by: UNION, key: "year")
  }
  type YearLoans {
    year: Int!
    count: Int @merge(by: SUM)
    anyKept: Boolean @merge(by: ANY)
    branches: [String!] @merge(by: UNION)
    span: Span
  }

  type LoanConnection {
    edges: [LoanEdge!]!
    pageInfo: PageInfo!
    totalCount: Int @merge(by: SUM)
    totalIsLowerBound: Boolean! @merge(by: ANY)
    coverage: Coverage!
  }
  type LoanEdge {
    cursor: String!
    node: Loan!
  }
  type PageInfo {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }

  type Coverage {
    complete: Boolean!
    courts(only: CoverageSelection = ALL): [BranchCoverage!]!
  }
  enum CoverageSelection {
    ALL
    GAPS
  }
  type BranchCoverage {
    court: Branch!
    status: CoverageStatus!
    reason: String
    asOf: DateTime
    elapsedMs: Int
    missingFields: [String!]
  }
  enum CoverageStatus {
    FOUND
    NONE
    PENDING
    REFUSED
    TIMEOUT
    UNREACHABLE
    NOT_ASKED
    DEGRADED
  }
  type Branch @key(fields: "code", resolvable: false) {
    code: ID!
  }

  "Kept by the office; branches give the loans that a club's terms describe."
  type Club @key(fields: "id") {
    id: ID!
    terms: Terms @external
    loans(
      order: LoanOrder = MADE_ON_ASC
      first: Int = 3
      after: String
      completeness: Completeness = PARTIAL
    ): LoanConnection
      @requires(fields: "terms { kind branches }")
      @gather(courts: "terms.branches", maxPage: 50)
      @merge(by: PAGE, key: "number")
    statistics: Statistics @requires(fields: "terms { kind branches }") @gather(courts: "terms.branches")
  }
  type Terms {
    kind: String @external
    branches: [ID!] @external
  }
`;

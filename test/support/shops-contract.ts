/** A contract that has nothing to do with courts: shops and their orders. The directives have to be general. */

export const shopsSdl = /* GraphQL */ `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible", "@external", "@requires"])
    @link(url: "https://nonet.invalid/horizontal/v1.0", import: ["@route", "@gather", "@owner", "@merge", "@bounded"])

  scalar Money
  scalar Date
  scalar DateTime

  type Query {
    "One order by its number."
    order(number: ID!): Order @route(by: "number")
    orders(filter: OrderFilter, first: Int = 5, after: String, completeness: Completeness = PARTIAL): OrderConnection
      @gather(courts: "filter.shops", keys: "filter.numbers", maxPage: 50)
      @merge(by: PAGE, key: "number")
    sales(filter: OrderFilter): Sales @gather(courts: "filter.shops", keys: "filter.numbers")
    customer(id: ID!): Customer @gather
    labels: [String!] @gather @merge(by: UNION)
  }
  type Mutation {
    cancel(number: ID!, idempotencyKey: ID!): Order @route(by: "number")
  }

  enum Completeness {
    PARTIAL
    COMPLETE
  }
  enum Size {
    SMALL
    MEDIUM
    LARGE
  }
  input OrderFilter {
    shops: [ID!]
    numbers: [ID!]
    size: Size
    within: Period
  }
  input Period {
    from: Date
    days: [Date!]
  }

  type OrderConnection {
    edges: [OrderEdge!]!
    pageInfo: PageInfo!
    totalCount: Int @merge(by: SUM)
    totalIsLowerBound: Boolean! @merge(by: ANY)
    coverage: Coverage!
  }
  type OrderEdge {
    cursor: String!
    node: Order!
  }
  type PageInfo {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }

  "An order of one shop."
  type Order @key(fields: "number") @owner(key: "number") {
    number: ID!
    "When it was placed."
    placedOn: Date
    size: Size
    price: Money @deprecated(reason: "Ask the lines.")
    margin: Money @inaccessible
    lines: [Line!]
    buyer: Customer
  }
  type Line @key(fields: "orderNumber position") @owner(key: "orderNumber") {
    orderNumber: ID!
    position: Int!
    article: Article
    quantity: Int
  }
  "What is sold: a value inside a line."
  type Article {
    name: String
    price: Money
  }

  type Customer @key(fields: "id") {
    id: ID!
    name: String @merge(by: FIRST_BY, key: "lastOrderOn")
    names: [String!] @merge(by: UNION)
    lastOrderOn: Date @merge(by: MAX)
    firstOrderOn: Date @merge(by: MIN)
    lastSeenAt: DateTime @merge(by: MAX)
    birthYear: Int @merge(by: SAME)
    isMember: Boolean @merge(by: ANY)
    hasConsented: Boolean @merge(by: ALL)
    largest: Size @merge(by: MAX)
    spent: Money @merge(by: SUM)
    address: Address
    orders(first: Int = 10, size: Size): [Order!] @gather @merge(by: CONCAT, key: "placedOn DESC, number ASC")
    oldest(first: Int = 10): [Order!] @gather @merge(by: CONCAT, key: "placedOn ASC, number ASC")
    orderConnection(first: Int = 5, after: String): OrderConnection @gather(maxPage: 50) @merge(by: PAGE, key: "number")
  }
  type Address {
    city: String @merge(by: SAME)
    visits: Int @merge(by: SUM)
  }

  type Sales {
    count: Int @merge(by: SUM)
    revenue: Money @merge(by: SUM)
    anyReturned: Boolean @merge(by: ANY)
    allPaid: Boolean @merge(by: ALL)
    bySize: [SizeSales!] @merge(by: UNION, key: "size")
    byArticle: [ArticleSales!] @merge(by: UNION, key: "article")
    totalIsLowerBound: Boolean! @merge(by: ANY)
    coverage: Coverage!
  }
  type SizeSales {
    size: Size!
    count: Int @merge(by: SUM)
    revenue: Money @merge(by: SUM)
    earliest: Date @merge(by: MIN)
  }
  type ArticleSales {
    article: String!
    count: Int @merge(by: SUM)
  }

  type Coverage {
    complete: Boolean!
    courts(only: CoverageSelection = ALL): [ShopCoverage!]!
  }
  enum CoverageSelection {
    ALL
    GAPS
  }
  type ShopCoverage {
    court: Shop!
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
  type Shop @key(fields: "code", resolvable: false) {
    code: ID!
  }
`;

/** Campaigns are kept elsewhere: shops give the orders that a campaign's terms describe. */
export const campaignsSdl = /* GraphQL */ `
  type Campaign @key(fields: "id") {
    id: ID!
    terms: Terms @external
    orders(first: Int = 5, after: String, completeness: Completeness = PARTIAL): OrderConnection
      @requires(fields: "terms { size shops }")
      @gather(courts: "terms.shops", maxPage: 50)
      @merge(by: PAGE, key: "number")
  }
  type Terms {
    size: String @external
    shops: [ID!] @external
  }
`;

/** The subgraph that keeps the campaigns. */
export const campaignOfficeSdl = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query {
    campaign(id: ID!): Campaign
  }
  type Campaign @key(fields: "id") {
    id: ID!
    title: String
    terms: Terms
  }
  type Terms {
    size: String
    shops: [ID!]
  }
`;

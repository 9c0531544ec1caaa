/** What auditors are told of the trail: part of the subgraph that lives in the hub. */

export const trailSdl = /* GraphQL */ `
  extend type Query {
    "Who asked agencies about somebody, when and on which basis, newest first; for auditors (某人的查询记录)."
    trailOfPerson("Person.id." person: ID!, first: Int! = 50, after: String): TrailConnection
    "The same about one party of one case; for auditors (某当事人的查询记录)."
    trailOfParty(
      "Party.caseNumber."
      caseNumber: CaseNumber!
      "Party.id."
      party: ID!
      first: Int! = 50
      after: String
    ): TrailConnection
    "What an officer asked agencies, newest first; for auditors (某人员的查询行为)."
    trailOfOfficer(
      "The officer as the record names him."
      subject: ID!
      first: Int! = 50
      after: String
    ): TrailConnection
  }

  "An instant (时间), ISO 8601 with the offset +08:00."
  scalar DateTime

  "A page of the record of questions to agencies (查询留痕)."
  type TrailConnection {
    "Records of this page, newest first."
    edges: [TrailEdge!]!
    "Where the page stands."
    pageInfo: TrailPageInfo!
  }

  "One row of a page (分页边)."
  type TrailEdge {
    "Position in the order (游标)."
    cursor: String!
    "The record (记录)."
    node: TrailRecord!
  }

  "Where a page stands: a page that has searched as much as it may ends before it is full, and says that rows may follow."
  type TrailPageInfo {
    "Whether rows may follow (是否有下一页)."
    hasNextPage: Boolean!
    "Cursor to go on by (结束游标); null when there is nothing."
    endCursor: String
  }

  "One question or order to one agency about one party, or an attempt at it (一次查询或控制)."
  type TrailRecord {
    "When (时间)."
    at: DateTime!
    "The request's own name, as in the log (请求号)."
    request: String!
    "Who asked (查询人); null where the hub did not know."
    subject: String
    "In which role (角色)."
    role: String
    "Of which court (所属法院)."
    court: String
    "On which duty certificate (执行公务证编号)."
    dutyCertificate: String
    "Why, as the request said (查询目的)."
    purpose: String
    "Which agency (协助单位)."
    agency: String!
    "In which case (案号)."
    caseNumber: String
    "About whom, as Person.id (被查询人); null where the hub could not know."
    person: String
    "On which writ or ruling (文书编号)."
    writ: String
    "Which measure was to be carried out, as MeasureOrder.id (控制措施裁定); null for a question."
    order: ID
    "What was to be done (控制措施); null for a question."
    action: String
    "Which fields were asked for (查询项)."
    fields: [String!]!
    "What became of it (结果): the status of the inquiry, or why there is none."
    status: String!
    "Why there is no answer (原因)."
    reason: String
    "The answer did not go out, since the record could not be written at the time."
    withheld: Boolean!
  }
`;

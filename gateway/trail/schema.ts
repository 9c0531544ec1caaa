/** What auditors are told of the trail: part of the subgraph that lives in the hub. */

export const trailSdl = /* GraphQL */ `
  extend type Query {
    "Who asked agencies about somebody, searched by his identity number, changed his writs or ordered measures, when and on which basis, newest first, whichever courts answer; what was tried and not made is found by Person.trail, which asks them. For auditors (某人的查询记录)."
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
    "What an officer asked agencies, and what he changed or tried to change at courts and the command centre, newest first; for auditors (某人员的查询行为)."
    trailOfOfficer(
      "The officer as the record names him."
      subject: ID!
      first: Int! = 50
      after: String
    ): TrailConnection
  }

  "Who somebody is over all courts (人员)."
  type Person @key(fields: "id") {
    "The same in every court (人员标识)."
    id: ID!
    "This person as a debtor (作为被执行人)."
    debtorParties("How many (条数): 1 to 100." first: Int = 100): [Party!] @external
    "Who asked agencies about this person, searched by his identity number, changed his writs or ordered measures, or tried to, when and on which basis, newest first. What names a party and nobody is found by the cases in which courts know this person as a debtor. For auditors (对此人的全部查询记录)."
    trail(first: Int! = 50, after: String): TrailConnection @requires(fields: "debtorParties { caseNumber id }")
  }

  "One party of one case (当事人)."
  type Party @key(fields: "caseNumber id", resolvable: false) {
    "The case (案号)."
    caseNumber: CaseNumber!
    "Ordinal within the case (当事人序号)."
    id: ID!
  }

  "An instant (时间), ISO 8601 with the offset +08:00."
  scalar DateTime

  "A page of the record of questions to agencies, of searches and of changes, by when they were written (查询留痕)."
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

  "One question or order to one agency about one party, one search by an identity number, one change at a court or the command centre, or an attempt at it (一次查询、检索、控制或变更)."
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
    "Which agency (协助单位); null for a search and a change."
    agency: String
    "What was searched by an identity number (按证件号码检索), by the query's field; null for a question, an order and a change."
    search: String
    "What was to be changed (变更), by the mutation's field; null for a question or order to an agency, and for a search."
    change: String
    "Whose rows it was to change (变更单位): the court's code, or command for the command centre; null where the hub found nobody, and for what agencies were asked."
    holder: String
    "A mark of the change's idempotency key (幂等键标记): one officer's records with the same mark at one holder are one change that was asked for again."
    idempotencyMark: String
    "In which case (案号); null of a search, and where a change named none, or one that is no court's."
    caseNumber: String
    "About whom, as Person.id (被查询人); null where the hub could not know, as of a change that was not made: Person.trail and trailOfParty find it."
    person: String
    "On which writ or ruling (文书编号); a mark, #…, where a change was not made and what it names has no form of such a number."
    writ: String
    "Which measure was ordered or was to be carried out, as MeasureOrder.id (控制措施裁定); null for a question, and for an order that was not made."
    order: ID
    "What was to be done (控制措施); null for a question."
    action: String
    "Which task force was changed, as TaskForce.id (专项行动); null elsewhere, and for one that was not made."
    taskForce: ID
    "Which fields were asked for (查询项)."
    fields: [String!]!
    "What became of it (结果): the status of the inquiry, or why there is none. Of a search: ASKED, NOT_ASKED where its arguments exclude every court, or REFUSED. Of a change: MADE; REFUSED; UNKNOWN where it may have been made; else why it was never asked for."
    status: String!
    "Why there is no answer (原因); of a change the error's code or reason."
    reason: String
    "The answer did not go out, since the record could not be written at the time."
    withheld: Boolean!
  }
`;

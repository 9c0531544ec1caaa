/** The hub's own subgraph: courts and agencies as the registry knows them, and the trail, without asking anybody. */

import { trailSdl } from '../trail/schema.ts';

export const registrySdl = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])

  "案号: the number of a case, in display form on output, in every written form on input."
  scalar CaseNumber

  type Query {
    "Every court of the registry (法院名录), asked or not, up or down."
    courts: [Court!]!
    "Every agency that the hub is linked with (协助执行单位)."
    agencies: [Agency!]!
  }

  "A court (法院)."
  type Court @key(fields: "code") {
    "法院代字, e.g. 苏0312: the part of a case number that names its court."
    code: ID!
    "Full name (法院全称)."
    name: String!
    "Full name in English."
    englishName: String!
    "法院层级."
    level: CourtLevel!
    "Whether the court answered when it was last asked (连通状态)."
    health: Health!
  }

  "An agency that answers about debtors: bank, vehicle administration, real-estate registry (协助执行单位)."
  type Agency {
    "Its name as a subgraph."
    code: ID!
    "Whether the agency answered when it was last asked (连通状态)."
    health: Health!
  }

  "法院层级."
  enum CourtLevel {
    "中级人民法院."
    INTERMEDIATE
    "基层人民法院."
    BASIC
  }

  "What the last question to a court or agency came to."
  enum Health {
    "It answered (正常)."
    UP
    "It did not answer (不通)."
    DOWN
    "It has not been asked yet (未知)."
    UNKNOWN
    "Its program cannot serve the contract: it stands apart and is not asked (隔离)."
    QUARANTINED
  }

  type Case @key(fields: "number") {
    number: CaseNumber!
    "The court that the case number names, from the registry: known even while that court is down (受理法院)."
    court: Court
  }
  ${trailSdl}
`;

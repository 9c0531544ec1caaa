/** Ordinary subgraphs beside the branches: what they say in SDL. */

/** An ordinary subgraph that keeps clubs, and knows branches by name. */
export const officeSdl = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query {
    club(id: ID!): Club
    clubs: [Club!]
  }
  type Club @key(fields: "id") {
    id: ID!
    title: String
    terms: Terms
  }
  type Terms {
    kind: String
    branches: [ID!]
  }
  type Branch @key(fields: "code") {
    code: ID!
    name: String
  }
`;

/** An ordinary subgraph that adds to what branches own, from what they say, and to what nobody owns. */
export const binderySdl = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
  type Loan @key(fields: "number") {
    number: ID!
    madeOn: Date @external
    volume: Volume @external
    condition: Condition @requires(fields: "madeOn volume { title edition { year } }")
  }
  type Volume {
    title: String @external
    edition: Edition @external
  }
  type Edition {
    year: Int @external
  }
  type Condition {
    text: String
    grade: Int
  }
  type Reader @key(fields: "id") {
    id: ID!
    nickname: String
  }
  scalar Date
`;

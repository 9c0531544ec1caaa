/** Ordinary subgraphs with what a planner can make hard: abstract types, compound and several keys, requirements, interface objects. */

import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

const link = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])`;

export const subgraphs: Readonly<Record<string, string>> = {
  shelf: /* GraphQL */ `
    ${link('"@key", "@shareable"')}
    type Query {
      item(id: ID!): Item
      items(first: Int = 2, kind: Kind): [Item!]
      books(first: Int): [Book]
      mixed: [Thing!]!
      grid: [[Book]!]
      must: Book!
    }
    type Mutation {
      lend(id: ID!): Book
      take(id: ID!, times: Int = 1): Item
    }
    enum Kind {
      NOVEL
      ATLAS
      SCORE
      ESSAY
      DRAMA
    }
    interface Item @key(fields: "id") {
      id: ID!
      title: String
      kind: Kind
      place: Place!
    }
    type Book implements Item @key(fields: "id") @key(fields: "code") {
      id: ID!
      code: String!
      title: String
      kind: Kind
      place: Place!
      pages: Int
      weight: Float
      tags: [String!]
      author: Person
      sequel: Book
      related(first: Int = 2): [Item!]
    }
    type Map implements Item @key(fields: "id") {
      id: ID!
      title: String
      kind: Kind
      place: Place!
      scale: Int!
      surveyor: Person!
      folds: [Boolean!]!
    }
    union Thing = Book | Map | Person
    type Place @shareable {
      room: String!
      row: Int
    }
    type Person @key(fields: "name country { code }") {
      name: String!
      country: Country! @shareable
    }
    type Country @shareable {
      code: ID!
    }
  `,
  press: /* GraphQL */ `
    ${link('"@key", "@external", "@requires", "@shareable"')}
    type Query {
      newest: Book
      people(first: Int = 2): [Person]
    }
    type Book @key(fields: "code") {
      code: String!
      pages: Int @external
      weight: Float @external
      price: Int
      postage: Int! @requires(fields: "pages weight")
      prints: [Print!]
      printer: Person
    }
    type Print {
      year: Int!
      copies: Int
      by: Person
    }
    type Person @key(fields: "name country { code }") {
      name: String!
      country: Country! @shareable
      age: Int
      wrote: [Book!]
      note(upper: Boolean = false): String
    }
    type Country @shareable {
      code: ID!
    }
  `,
  opinion: /* GraphQL */ `
    ${link('"@key", "@interfaceObject"')}
    type Item @key(fields: "id") @interfaceObject {
      id: ID!
      score: Int
      reviews(first: Int = 2): [Review!]!
    }
    type Review {
      stars: Int!
      text: String
      about: Item
    }
  `,
};

/** The composed catalogue; throws with what does not compose. */
export function composeCatalogue(): string {
  const services = Object.entries(subgraphs).map(([name, sdl]) => ({ name, typeDefs: parse(sdl), url: '' }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors.map(String).join('\n'));
  return supergraphSdl;
}

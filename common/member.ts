/** What a program says of itself to the hub that reads it, beside `_service`. Both sides of the wire mean the same by it. */

/** The court contract of this release. A change that an asker cannot route around has the next major version. */
export const contractVersion = '1.0';

/** An extension of `Query`; like `_service`, no part of the contract. */
export const memberSdl = /* GraphQL */ `
  type _Member {
    "Whose rows these are: a court (法院代字), or a hub by its name in the registry of the hub above."
    court: ID!
    "The contract that the program serves."
    contractVersion: String!
    "The mark of the city's key for person ids; tells nothing of the key. A hub that does not know it says nothing."
    personKeyMark: String
    "What the program's clock says, as its as-of does: an instant in ISO 8601."
    now: String!
  }
  extend type Query {
    _member: _Member!
  }
`;

import { personKeyMark } from '../../common/person-id.ts';
import type { Machinery } from '../kit/federation.ts';
import type { CourtContext } from './context.ts';

/** The court contract that this program serves. A change that an asker cannot route around has the next major version. */
export const contractVersion = '1.0';

/** What a court says of itself to the hub that reads its program; like `_service`, no part of the contract. */
export const courtMember: Machinery<CourtContext> = {
  sdl: /* GraphQL */ `
    type _Member {
      "Whose rows these are (法院代字)."
      court: ID!
      "The contract that the program serves."
      contractVersion: String!
      "The mark of the city's key for person ids; tells nothing of the key."
      personKeyMark: String!
      "What the court's clock says, as its as-of does: an instant in ISO 8601."
      now: String!
    }
    extend type Query {
      _member: _Member!
    }
  `,
  query: {
    _member: (_, __, { court, personKey, now }) => ({
      court: court.code,
      contractVersion,
      personKeyMark: personKeyMark(personKey),
      now: now().toISOString(),
    }),
  },
};

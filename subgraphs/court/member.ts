import { contractVersion, memberSdl } from '../../common/member.ts';
import { personKeyMark } from '../../common/person-id.ts';
import type { Machinery } from '../kit/federation.ts';
import type { CourtContext } from './context.ts';

/** What a court says of itself to the hub that reads its program; like `_service`, no part of the contract. */
export const courtMember: Machinery<CourtContext> = {
  sdl: memberSdl,
  query: {
    _member: (_, __, { court, personKey, now }) => ({
      court: court.code,
      contractVersion,
      personKeyMark: personKeyMark(personKey),
      now: now().toISOString(),
    }),
  },
};

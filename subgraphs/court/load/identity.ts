import { parseIdentity } from '../../../common/identity.ts';
import { localPersonId, type PersonKey, personId } from '../../../common/person-id.ts';
import { ValueError } from '../../../common/value-error.ts';
import type { PartyRecord } from '../../../common/case-record.ts';
import type { IdType } from '../../../common/vocabulary.ts';

/** Who a party is, as its row says. */
export interface StoredIdentity {
  readonly personId: string;
  readonly identified: boolean;
  readonly type: IdType | null;
  readonly number: string | null;
  /** What the file says when that cannot be read as a number. */
  readonly unreadable: string | null;
  readonly missingReason: string | null;
}

/** A party without a readable number is kept, a person of its case alone, and says why. */
export function toStoredIdentity(party: PartyRecord, caseKey: string, personKey: PersonKey): StoredIdentity {
  const written = party.idNumber?.trim() ?? '';
  const local = {
    personId: localPersonId(caseKey, party.ordinal),
    identified: false,
    type: party.idType,
    number: null,
  };
  if (written === '') return { ...local, unreadable: null, missingReason: party.idMissingReason };
  try {
    const identity = parseIdentity(written, party.idType ?? undefined);
    return {
      personId: personId(personKey, identity),
      identified: true,
      type: identity.type,
      number: identity.number,
      unreadable: null,
      missingReason: null,
    };
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return { ...local, unreadable: written, missingReason: party.idMissingReason ?? unreadableReason };
  }
}

const unreadableReason = '证件号码无法识别 (the number on file cannot be read)';

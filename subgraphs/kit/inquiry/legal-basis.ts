import { isCalendarDay } from '../../../common/civil-date.ts';
import { parseIdentity, type Identity } from '../../../common/identity.ts';
import { ifReadable } from '../../../common/value-error.ts';
import { type AgencyCode, idTypes, type IdType } from '../../../common/vocabulary.ts';
import type { PartyReference, WritReference } from './party.ts';

/** A writ on which this agency may be asked: its deciding parts are there. */
export type ValidWrit = WritReference & { readonly number: string };

/** Either the lawful ground to ask about somebody, or the reason why there is none. */
export type LegalBasis =
  | { readonly lawful: true; readonly writ: ValidWrit; readonly name: string | null; readonly identity: Identity }
  | { readonly lawful: false; readonly reason: RefusalReason };

/** Why an agency is not contacted about a party. */
export type RefusalReason =
  | 'NO_WRIT'
  | 'WRIT_INCOMPLETE'
  | 'WRIT_NOT_YET_SIGNED'
  | 'WRIT_EXPIRED'
  | 'WRIT_FOR_OTHER_AGENCY'
  | 'WRIT_FOR_OTHER_PARTY'
  | 'NO_IDENTITY_NUMBER'
  | 'INVALID_IDENTITY_NUMBER';

/**
 * Decides whether the agency may be asked about a party on a civil date (法释〔2013〕20号 Art. 3: no query without the
 * 协助查询通知书). A writ is valid from the day on which it was signed to the end of its last day.
 */
export function legalBasis({ writ, subject }: PartyReference, agency: AgencyCode, today: string): LegalBasis {
  if (writ === null) return refuse('NO_WRIT');
  const { number, agencies, signedBy, signedOn, validUntil } = writ;
  if (!number || agencies === null || !signedBy || !signedOn || !validUntil) return refuse('WRIT_INCOMPLETE');
  // Days compare as text only where they are days: anything else would be valid for ever.
  if (!isDay(signedOn) || !isDay(validUntil)) return refuse('WRIT_INCOMPLETE');
  if (signedOn > today) return refuse('WRIT_NOT_YET_SIGNED');
  if (validUntil < today) return refuse('WRIT_EXPIRED');
  if (!agencies.includes(agency)) return refuse('WRIT_FOR_OTHER_AGENCY');
  if (!subject?.idNumber) return refuse('NO_IDENTITY_NUMBER');
  const identity = identityOf(subject.idNumber, subject.idType);
  if (identity === null) return refuse('INVALID_IDENTITY_NUMBER');
  return { lawful: true, writ: { ...writ, number }, name: subject.name, identity };
}

function refuse(reason: RefusalReason): LegalBasis {
  return { lawful: false, reason };
}

/** Whose number it is; null for one that cannot be read. */
export function identityOf(number: string, type: string | null): Identity | null {
  return ifReadable(() => parseIdentity(number, isIdType(type) ? type : undefined)) ?? null;
}

/** Whether text is a day: as text days compare only where they are. */
export function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return isCalendarDay(Number(year), Number(month), Number(day));
}

function isIdType(type: string | null): type is IdType {
  return idTypes.some((known) => known === type);
}

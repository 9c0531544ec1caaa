import { isSocialCreditShaped, organisationCheck, registrationCheck, socialCreditCheck } from './organisation-code.ts';
import { hasBirthDate, residentCheck, toEighteen } from './resident-id.ts';
import { ValueError } from './value-error.ts';
import type { IdType } from './vocabulary.ts';

/**
 * The type that a number (plain, in capitals) shows by its shape and, where two types share a shape, by its check character.
 * Throws ValueError when it shows none.
 */
export function inferIdType(plain: string): IdType {
  const number = plain.replaceAll('-', '');
  if (number.length === 18) {
    const type = inferEighteen(number);
    if (type) return type;
  }
  if (/^\d{15}$/.test(number)) {
    if (hasBirthDate(toEighteen(number))) return 'RESIDENT_ID';
    if (registrationCheck(number.slice(0, 14)) === number[14]) return 'BUSINESS_REGISTRATION';
  }
  if (/^[A-Z]{3}\d{12}$/.test(number)) return 'FOREIGN_PR';
  // Before the organisation codes: these letters begin a code only where its hyphen or its check says so.
  if (/^[HM]\d{8}(?:\d{2})?$/.test(number) && !plain.includes('-')) return 'HK_MO_PERMIT';
  if (/^(?:[EGDSP]\d{8}|E[A-HJ-NP-Z]\d{7})$/.test(number) && !plain.includes('-')) return 'CN_PASSPORT';
  if (/^[0-9A-Z]{8}-[0-9X]$/.test(plain)) return 'ORGANISATION_CODE';
  if (/^[0-9A-Z]{8}[0-9X]$/.test(plain) && organisationCheck(plain) === plain[8]) return 'ORGANISATION_CODE';
  if (/^(?:\d{8}|\d{10}(?:[A-Z]|\([A-Z]\))?)$/.test(plain)) return 'TW_PERMIT';
  if (/^[\u4e00-\u9fa5]+字?第?\d+号?$/.test(plain)) return 'MILITARY';
  if (/^[A-Z]{1,3}\d{5,8}$/.test(plain)) return 'FOREIGN_PASSPORT';
  throw new ValueError(
    'the number is of no type that its shape and check character show, or it is mistyped',
    'a resident number, a unified social credit code or an organisation code with a right check character, ' +
      'a passport or permit number, or the type beside the number',
  );
}

/** Several types share 18 characters; the check characters of GB 11643 and GB 32100 tell them apart. */
function inferEighteen(number: string): IdType | null {
  if (/^\d{17}[\dX]$/.test(number)) {
    const personal = hasBirthDate(number) && residentCheck(number) === number[17];
    const organisational = isSocialCreditShaped(number) && socialCreditCheck(number) === number[17];
    if (/^8[123]0000/.test(number)) return 'HMT_RESIDENCE';
    // Codes of companies begin with 9 as well, and are far more frequent than foreign permanent residents.
    if (number.startsWith('9')) return personal && !organisational ? 'FOREIGN_PR' : 'UNIFIED_SOCIAL_CREDIT_CODE';
    return organisational && !personal ? 'UNIFIED_SOCIAL_CREDIT_CODE' : 'RESIDENT_ID';
  }
  return isSocialCreditShaped(number) ? 'UNIFIED_SOCIAL_CREDIT_CODE' : null;
}

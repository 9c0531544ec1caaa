import { inferIdType } from './id-inference.ts';
import { isSocialCreditShaped, organisationCheck, registrationCheck, socialCreditCheck } from './organisation-code.ts';
import { toPlain } from './plain-text.ts';
import { hasBirthDate, residentCheck, toEighteen, toFifteen } from './resident-id.ts';
import { ValueError } from './value-error.ts';
import type { IdType } from './vocabulary.ts';

/** An identity number in its normal form. It is private: never in a log, a key, a cursor, an address or an error. */
export interface Identity {
  readonly type: IdType;
  /** Capitals and ASCII digits without separators; a resident number has 18 characters. */
  readonly number: string;
  /** The 15-digit form of a resident number, where there was one: old registers still hold it. */
  readonly number15: string | null;
  /** What is odd about the number and yet occurs in lawful ones; never repeats the number. */
  readonly warnings: readonly string[];
}

/**
 * Reads an identity number, tolerant of full-width digits, spaces and lower case; without a `type` the number itself tells it.
 * Throws ValueError, which never repeats the number.
 */
export function parseIdentity(text: string, type?: IdType): Identity {
  if (text.length > MAX_LENGTH)
    throw new ValueError(`the number has more than ${MAX_LENGTH} characters`, 'an identity number');
  const plain = toPlain(text).toUpperCase();
  if (plain === '') throw new ValueError('the identity number is empty', 'a number; null when there is none');
  const chosen = type ?? inferIdType(plain);
  return FREE_TEXT.has(chosen) ? freeText(chosen, plain) : READERS[chosen](plain.replaceAll('-', ''));
}

/** The number with its middle starred: 6 + 8★ + 4 of 18 characters, of shorter ones at most a third and two ninths. */
export function maskIdNumber(number: string): string {
  const characters = Array.from(number);
  const head = Math.min(6, Math.floor(characters.length / 3));
  const tail = Math.min(4, Math.floor((characters.length * 2) / 9));
  const hidden = characters.length - head - tail;
  return characters.slice(0, head).join('') + '★'.repeat(hidden) + characters.slice(head + hidden).join('');
}

const MAX_LENGTH = 100;

type Reader = (number: string) => Identity;

/** Numbers of these types follow no pattern that we know of, so their separators may mean something. */
const FREE_TEXT: ReadonlySet<IdType> = new Set<IdType>(['FOREIGN_PASSPORT', 'MILITARY', 'OTHER']);

const READERS: Readonly<Record<IdType, Reader>> = {
  RESIDENT_ID: residentId,
  UNIFIED_SOCIAL_CREDIT_CODE: socialCreditCode,
  ORGANISATION_CODE: organisationCode,
  BUSINESS_REGISTRATION: businessRegistration,
  CN_PASSPORT: shaped(
    'CN_PASSPORT',
    /^(?:[EGDSPH]\d{8}|E[A-HJ-NP-Z]\d{7})$/,
    'a passport number such as E and 8 digits',
  ),
  HK_MO_PERMIT: shaped('HK_MO_PERMIT', /^[HM]\d{8}(?:\d{2})?$/, 'H or M and 8 or 10 digits'),
  TW_PERMIT: shaped('TW_PERMIT', /^(?:\d{8}|\d{10}(?:[A-Z]|\([A-Z]\))?)$/, '8 digits, or 10 of the older permit'),
  HMT_RESIDENCE: hmtResidence,
  FOREIGN_PR: foreignResident,
  FOREIGN_PASSPORT: (number) => freeText('FOREIGN_PASSPORT', number),
  MILITARY: (number) => freeText('MILITARY', number),
  OTHER: (number) => freeText('OTHER', number),
};

function residentId(number: string): Identity {
  const expected = 'a resident number of 18 characters (the last may be X), or of 15 digits in its old form';
  if (!/^[1-9]\d{14}(?:\d{2}[\dX])?$/.test(number)) {
    throw new ValueError('the resident number does not have 18 or 15 digits', expected);
  }
  if (number.startsWith('9')) {
    throw new ValueError(
      'no resident number begins with 9',
      'type FOREIGN_PR or UNIFIED_SOCIAL_CREDIT_CODE for this number',
    );
  }
  const eighteen = number.length === 15 ? toEighteen(number) : number;
  if (isHmtResidence(eighteen)) {
    throw new ValueError('the number begins as a residence permit does', 'type HMT_RESIDENCE for this number');
  }
  checkPersonNumber(eighteen, 'resident number', expected);
  return { type: 'RESIDENT_ID', number: eighteen, number15: toFifteen(eighteen), warnings: [] };
}

function hmtResidence(number: string): Identity {
  const expected = '18 characters beginning 810000, 820000 or 830000';
  if (!isHmtResidence(number))
    throw new ValueError('this is no number of a residence permit 港澳台居民居住证', expected);
  checkPersonNumber(number, 'residence permit number', expected);
  return { type: 'HMT_RESIDENCE', number, number15: null, warnings: [] };
}

function foreignResident(number: string): Identity {
  const expected = '3 letters and 12 digits, or 18 digits beginning 9';
  if (!/^(?:[A-Z]{3}\d{12}|9\d{16}[\dX])$/.test(number)) {
    throw new ValueError('this is no number of a foreign permanent resident', expected);
  }
  if (number.length === 18) checkPersonNumber(number, 'permanent resident number', expected);
  return { type: 'FOREIGN_PR', number, number15: null, warnings: [] };
}

function socialCreditCode(number: string): Identity {
  if (!isSocialCreditShaped(number)) {
    throw new ValueError(
      'this is no unified social credit code',
      '18 characters: registrar, class, 6 digits of division, organisation code and check (never I, O, S, V or Z)',
    );
  }
  // Early pilot regions gave out codes that fail the check and are valid all the same.
  const valid = socialCreditCheck(number) === number[17];
  return checked('UNIFIED_SOCIAL_CREDIT_CODE', number, valid, 'unified social credit code');
}

function organisationCode(number: string): Identity {
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(number)) {
    throw new ValueError(
      'this is no organisation code',
      '8 digits or capitals and a check character, such as "12345678-X"',
    );
  }
  return checked('ORGANISATION_CODE', number, organisationCheck(number) === number[8], 'organisation code');
}

function businessRegistration(number: string): Identity {
  if (!/^\d{15}$/.test(number)) throw new ValueError('this is no business registration number', '15 digits');
  const valid = registrationCheck(number.slice(0, 14)) === number[14];
  return checked('BUSINESS_REGISTRATION', number, valid, 'business registration number');
}

/** Two people without a true number must not become one person by sharing a placeholder for it. */
function freeText(type: IdType, number: string): Identity {
  const expected = 'the number as printed, at least 4 letters or digits and not all alike; null when there is none';
  if (!/^[\p{L}\p{N}\-/.()#:]+$/u.test(number))
    throw new ValueError('the number has signs that no document bears', expected);
  const meaningful = number.replace(/[^\p{L}\p{N}]/gu, '');
  if (meaningful.length < 4 || new Set(meaningful).size < 2 || !/\d/.test(meaningful)) {
    throw new ValueError('this is a placeholder, not a number', expected);
  }
  return { type, number, number15: null, warnings: [] };
}

function shaped(type: IdType, pattern: RegExp, expected: string): Reader {
  return (number) => {
    if (!pattern.test(number)) throw new ValueError(`this is no number of type ${type}`, expected);
    return { type, number: number.replace(/[()]/g, ''), number15: null, warnings: [] };
  };
}

function isHmtResidence(number: string): boolean {
  return /^8[123]0000\d{11}[\dX]$/.test(number);
}

/** 18 characters after GB 11643: a real day of birth and a right check character. */
function checkPersonNumber(number: string, name: string, expected: string): void {
  if (!hasBirthDate(number)) {
    throw new ValueError(`the date of birth in the ${name} is no day of the calendar`, expected);
  }
  if (residentCheck(number) !== number[17]) {
    throw new ValueError(
      `the check character of the ${name} does not fit its digits: one of them is mistyped`,
      expected,
    );
  }
}

function checked(type: IdType, number: string, valid: boolean, name: string): Identity {
  const warnings = valid ? [] : [`the check character of the ${name} is not the computed one`];
  return { type, number, number15: null, warnings };
}

/**
 * The city's rows answered by plain loops: what a reader of the specification would compute by hand.
 * Nothing of ours is imported but the neutral record types, so that no fault can be shared.
 */

import type { CaseRecord, PartyRecord } from '../../common/case-record.ts';

/** A row with its number, date and amount read. */
export interface PlainCase {
  readonly court: string;
  readonly record: CaseRecord;
  readonly number: PlainNumber;
  /** The number in display form. */
  readonly display: string;
  readonly outstanding: bigint | null;
}

/** What a case number says; `older` marks the 字第 form of the years before 2016. */
export interface PlainNumber {
  readonly year: number;
  readonly court: string;
  readonly word: string;
  readonly serial: number;
  readonly older: boolean;
}

/** The contract's filter; whoever asks by `personId` says which identity that is. */
export interface PlainFilter {
  readonly numbers?: readonly string[] | null;
  readonly courts?: readonly string[] | null;
  readonly stages?: readonly string[] | null;
  readonly types?: readonly string[] | null;
  readonly closingModes?: readonly string[] | null;
  readonly filedFrom?: string | null;
  readonly filedTo?: string | null;
  readonly amountOutstandingMin?: string | null;
  readonly amountOutstandingMax?: string | null;
  readonly partyName?: string | null;
  readonly partyIdNumber?: string | null;
  readonly personId?: string | null;
  readonly role?: string | null;
  readonly province?: string | null;
}

export type PlainOrder =
  'FILED_ON_DESC' | 'FILED_ON_ASC' | 'AMOUNT_OUTSTANDING_DESC' | 'AMOUNT_OUTSTANDING_ASC' | 'NUMBER_ASC';

/** All rows of all courts in one list. */
export function toPlainCity(records: ReadonlyMap<string, readonly CaseRecord[]>): readonly PlainCase[] {
  return [...records].flatMap(([court, cases]) =>
    cases.map((record) => {
      const number = readNumber(record.number);
      return { court, record, number, display: displayOf(number), outstanding: fenOf(record.amountOutstanding) };
    }),
  );
}

/** The rows that the filter lets through; `identityOfPerson` says whose id a `personId` is. */
export function matching(
  city: readonly PlainCase[],
  filter: PlainFilter | null | undefined,
  identityOfPerson: (personId: string) => string | undefined = () => undefined,
): readonly PlainCase[] {
  if (filter == null) return city;
  const numbers = filter.numbers?.map((text) => displayOf(readNumber(text)));
  const identity = filter.personId == null ? null : identityOfPerson(filter.personId);
  return city.filter(
    (one) =>
      among(numbers, one.display) &&
      among(filter.courts, one.court) &&
      among(filter.stages, one.record.stage) &&
      among(filter.types, typeOf(one.number)) &&
      among(filter.closingModes, one.record.closingMode) &&
      between(one.record.filedOn, filter.filedFrom, filter.filedTo) &&
      between(one.outstanding, fenOf(filter.amountOutstandingMin), fenOf(filter.amountOutstandingMax)) &&
      (!speaksOfParty(filter) ||
        one.record.parties.some(
          (party) =>
            (filter.partyName == null || party.name.includes(filter.partyName)) &&
            (filter.partyIdNumber == null || mayMean(filter.partyIdNumber).includes(identityOf(one, party))) &&
            (identity === null || identityOf(one, party) === identity) &&
            (filter.role == null || party.role === filter.role),
        )) &&
      (filter.province == null ||
        one.record.parties.some(({ role, province }) => role === 'DEBTOR' && province === filter.province)),
  );
}

/** The rows in one of the contract's orders: by the value, then by the number; no value comes last in both directions. */
export function ordered(cases: readonly PlainCase[], orderBy: PlainOrder): readonly PlainCase[] {
  const value = (one: PlainCase): string | bigint | null => {
    if (orderBy === 'NUMBER_ASC') return '';
    return orderBy.startsWith('FILED_ON') ? one.record.filedOn : one.outstanding;
  };
  const sign = orderBy.endsWith('_DESC') ? -1 : 1;
  return [...cases].sort((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null) || byNumber(one, other);
    return a === b ? byNumber(one, other) : sign * (a < b ? -1 : 1);
  });
}

/**
 * What each court says over the whole filter: FOUND or NONE, and NOT_ASKED where the listed courts or numbers leave it
 * out. A number belongs to the court whose code or older prefix it bears.
 */
export function coverageOf(
  city: readonly PlainCase[],
  filter: PlainFilter | null | undefined,
  identityOfPerson?: (personId: string) => string | undefined,
): Record<string, 'FOUND' | 'NONE' | 'NOT_ASKED'> {
  const found = new Set(matching(city, filter, identityOfPerson).map(({ court }) => court));
  const owners = new Map(city.map(({ court, number }) => [number.court, court]));
  const numbered = filter?.numbers?.map((text) => owners.get(readNumber(text).court));
  return Object.fromEntries(
    [...new Set(owners.values())].map((court) => {
      const asked = among(filter?.courts, court) && among(numbered, court);
      return [court, asked ? (found.has(court) ? 'FOUND' : 'NONE') : 'NOT_ASKED'];
    }),
  );
}

/** Who a party is: the number in one form for all its forms, or the place in the case when there is none. */
export function identityOf({ display }: PlainCase, { idType, idNumber, ordinal }: PartyRecord): string {
  if (idNumber === null) return `nobody else: ${display} ${ordinal}`;
  const text = bare(idNumber);
  switch (idType) {
    case 'RESIDENT_ID':
      return residentOf(text);
    case 'UNIFIED_SOCIAL_CREDIT_CODE':
    case 'ORGANISATION_CODE':
      return organisationOf(text);
    default:
      return `${String(idType)} ${text}`;
  }
}

/** Reads a case number in the forms that courts write. Throws when it is none. */
export function readNumber(text: string): PlainNumber {
  const plain = text
    .normalize('NFKC')
    .replace(/[〔【[]/g, '(')
    .replace(/[〕】\]]/g, ')')
    .replace(/\s/g, '');
  const older = /^\((\d{4})\)(\D+?)(执\D*?)字第?(\d+)(?:-\d+)?号$/.exec(plain);
  const found = older ?? /^\((\d{4})\)(苏\d*)(执\D*?)(\d+)号(?:之.+)?$/.exec(plain);
  if (found === null) throw new Error(`No case number: ${text}`);
  const [, year, court, word, serial] = found;
  return { year: Number(year), court: court!, word: word!, serial: Number(serial), older: older !== null };
}

/** The display form of a number. */
export function displayOf({ year, court, word, serial, older }: PlainNumber): string {
  return older ? `（${year}）${court}${word}字第${serial}号` : `（${year}）${court}${word}${serial}号`;
}

/** An amount of yuan with at most two decimals, in fen. */
export function fenOf(yuan: string | null | undefined): bigint | null {
  if (yuan == null) return null;
  const [whole, cents = ''] = yuan.split('.');
  return BigInt(whole! + cents.padEnd(2, '0'));
}

/** Fen as yuan with two decimals; amounts of the city are never negative. */
export function yuanOf(fen: bigint | null): string | null {
  if (fen === null) return null;
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** 案件类型 by the type word of the number. */
export function typeOf({ word }: PlainNumber): string | undefined {
  return {
    执: 'FIRST_EXECUTION',
    执恢: 'RESUMED_EXECUTION',
    执保: 'PRESERVATION_EXECUTION',
    执异: 'OBJECTION',
    执复: 'RECONSIDERATION',
    执监: 'SUPERVISION',
    执协: 'COORDINATION',
  }[word];
}

function among(list: readonly unknown[] | null | undefined, value: unknown): boolean {
  return list == null || list.includes(value);
}

function between<Value extends string | bigint>(
  value: Value | null,
  least: Value | null | undefined,
  most: Value | null | undefined,
): boolean {
  if (least == null && most == null) return true;
  return value !== null && (least == null || value >= least) && (most == null || value <= most);
}

function speaksOfParty({ partyName, partyIdNumber, personId, role }: PlainFilter): boolean {
  return [partyName, partyIdNumber, personId, role].some((one) => one != null);
}

function byNumber({ number: a }: PlainCase, { number: b }: PlainCase): number {
  return (
    a.year - b.year ||
    Buffer.compare(Buffer.from(a.court), Buffer.from(b.court)) ||
    Buffer.compare(Buffer.from(a.word), Buffer.from(b.word)) ||
    a.serial - b.serial
  );
}

/** All that a number without its type can mean. */
function mayMean(text: string): readonly string[] {
  const plain = bare(text);
  if (plain.length === 18) return [residentOf(plain), organisationOf(plain)];
  if (plain.length === 15) return [residentOf(plain), `BUSINESS_REGISTRATION ${plain}`];
  const permits = ['HK_MO_PERMIT', 'TW_PERMIT', 'CN_PASSPORT'].map((type) => `${type} ${plain}`);
  return plain.length === 9 ? [organisationOf(plain), ...permits] : permits;
}

function bare(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

/** GB 11643: the fifteen digits of before 1999 lack the century and the check character. */
function residentOf(text: string): string {
  if (text.length === 18) return `RESIDENT_ID ${text}`;
  const body = `${text.slice(0, 6)}19${text.slice(6)}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return `RESIDENT_ID ${body}${'10X98765432'.charAt(sum % 11)}`;
}

/** GB 32100: characters 9 to 17 are the organisation code (GB 11714) of before. */
function organisationOf(text: string): string {
  return `ORGANISATION ${text.length === 18 ? text.slice(8, 17) : text}`;
}

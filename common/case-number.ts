import { toPlain } from './plain-text.ts';
import { ValueError } from './value-error.ts';
import type { CaseType } from './vocabulary.ts';

/** A case number 案号, of the standard form (法〔2015〕137号, since 2016) or of the older one with 字第. */
export interface CaseNumber {
  /** The year of filing. */
  readonly year: number;
  /** 法院代字, e.g. `苏0312`; in an older number the local prefix, e.g. `铜`. */
  readonly court: string;
  /** 类型代字, e.g. `执`, `执恢`. */
  readonly type: string;
  /** 1 … 99,999,999. */
  readonly serial: number;
  /** Written with 字第. The same character may be a province's high court in one form and a county in the other (新, 云). */
  readonly legacy: boolean;
  /** The document within the case, in digits (之二 and -2 are both `2`); no part of the case's identity. */
  readonly sub: string | null;
}

/**
 * Reads a case number in every written form: any brackets, full-width or ASCII, padded serials, white space, 之N and -N.
 * Throws ValueError saying which part is wrong.
 */
export function parseCaseNumber(text: string): CaseNumber {
  // One pattern for the form that every answer carries; the tolerant reading costs several times as much.
  const display = DISPLAY.exec(text);
  if (display) return fromMatch(display, false);
  const legacyDisplay = LEGACY_DISPLAY.exec(text);
  if (legacyDisplay) return fromMatch(legacyDisplay, true);

  if (text.length > MAX_LENGTH) throw fault(`the case number is longer than ${MAX_LENGTH} characters`);
  const plain = toPlain(text)
    .replace(/[〔【[]/g, '(')
    .replace(/[〕】\]]/g, ')');
  // The older form first: 字第 must not be taken for a part of the type word.
  const legacy = LEGACY.exec(plain);
  const match = legacy ?? STANDARD.exec(plain);
  if (!match) throw fault(diagnose(plain));
  if (/^0+$/.test(match[4]!)) throw fault('the serial of the case number is zero');
  if (match[5] !== undefined && match[6] !== undefined) throw fault('the case number has two document suffixes');
  return fromMatch(match, legacy !== null);
}

/** The one written form that we give out, without the document suffix: `（2017）苏0312执1234号`, `（2014）铜执字第1234号`. */
export function formatCaseNumber(number: CaseNumber): string {
  const { year, court, type, serial } = number;
  return number.legacy ? `（${year}）${court}${type}字第${serial}号` : `（${year}）${court}${type}${serial}号`;
}

/**
 * The normal key: `2017 苏0312 执 00001234`, an older number with ` 字` behind it. Two numbers have the same key exactly when
 * they name the same case, and the bytes of UTF-8 order keys by year, court, type, then serial as an integer.
 */
export function caseNumberKey(number: CaseNumber): string {
  // The separator is below every other byte, so 苏03 stands before 苏0312.
  const serial = String(number.serial).padStart(SERIAL_DIGITS, '0');
  return `${number.year} ${number.court} ${number.type} ${serial}${number.legacy ? ' 字' : ''}`;
}

/** The number that a normal key stands for, without a document suffix. Throws ValueError for anything that is no normal key. */
export function caseNumberFromKey(key: string): CaseNumber {
  const standard = KEY.exec(key);
  const match = standard ?? LEGACY_KEY.exec(key);
  if (!match || SPELLINGS.has(match[3]!) || Number(match[4]) === 0) {
    throw new ValueError('not the key of a case number', 'a key such as "2017 苏0312 执 00001234"');
  }
  return fromMatch(match, standard === null);
}

/** What kind of case the type word says it is; a word that is not of enforcement is OTHER. */
export function caseTypeOf(number: CaseNumber): CaseType {
  return TYPES.get(number.type) ?? 'OTHER';
}

/** Whether the text is a court code of 法〔2015〕137号: a province's character with no, two or four digits, or 最高法. */
export function isCourtCode(text: string): boolean {
  return COURT_CODE.test(text);
}

/** Whether the text can be the court's part of an older case number: one to four characters, none that a type word begins with. */
export function isLegacyPrefix(text: string): boolean {
  return LEGACY_PREFIX.test(text);
}

const MAX_LENGTH = 100;
const SERIAL_DIGITS = 8;

const YEAR = '(?:19|20)\\d{2}';
const COURT = '最高法|[京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新军兵](?:\\d{4}|\\d{2})?';
const WORD = '(?:(?![字第号])[\\u4e00-\\u9fa5]){1,3}';
const LEGACY_COURT = '(?:(?![字第号执恢])[\\u4e00-\\u9fa5]){1,4}';
const LEGACY_WORD = '恢执|执[恢异复监督保他请协]?';
const SUFFIXED_SERIAL = '(\\d{1,8})(?:-(\\d{1,3}))?号(?:[之-](\\d{1,3}|[一二三四五六七八九十]{1,3}))?';

const DISPLAY = new RegExp(`^（(${YEAR})）(${COURT})(${WORD})([1-9]\\d{0,7})号$`);
const LEGACY_DISPLAY = new RegExp(`^（(${YEAR})）(${LEGACY_COURT})(${LEGACY_WORD})字第([1-9]\\d{0,7})号$`);
// 字第 after a code with digits is a slip of habit, seen in the first years of the standard form.
const STANDARD = new RegExp(`^\\((${YEAR})\\)(${COURT})(${WORD})字?第?${SUFFIXED_SERIAL}$`);
const LEGACY = new RegExp(`^\\((${YEAR})\\)(${LEGACY_COURT})(${LEGACY_WORD})字第?${SUFFIXED_SERIAL}$`);
const KEY = new RegExp(`^(${YEAR}) (${COURT}) (${WORD}) (\\d{${SERIAL_DIGITS}})$`);
const LEGACY_KEY = new RegExp(`^(${YEAR}) (${LEGACY_COURT}) (${LEGACY_WORD}) (\\d{${SERIAL_DIGITS}}) 字$`);
const COURT_CODE = new RegExp(`^(?:${COURT})$`);
const LEGACY_PREFIX = new RegExp(`^${LEGACY_COURT}$`);

/** 法明传〔2018〕335号 prints 恢执 where the code table has 执恢. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([['恢执', '执恢']]);

const TYPES: ReadonlyMap<string, CaseType> = new Map([
  ['执', 'FIRST_EXECUTION'],
  ['执恢', 'RESUMED_EXECUTION'],
  ['执保', 'PRESERVATION_EXECUTION'],
  ['执异', 'OBJECTION'],
  ['执复', 'RECONSIDERATION'],
  ['执监', 'SUPERVISION'],
  // Before 2016 督 and 请 had numbers of their own; the table of 2015 has 执监 and 执他 for them.
  ['执督', 'SUPERVISION'],
  ['执协', 'COORDINATION'],
  ['执请', 'OTHER'],
  ['执他', 'OTHER'],
]);

/** Groups: year, court, type, serial, and in the tolerant patterns the two places of a document suffix. */
function fromMatch(match: RegExpExecArray, legacy: boolean): CaseNumber {
  const type = match[3]!;
  const sub = match[5] ?? match[6];
  return {
    year: Number(match[1]),
    court: match[2]!,
    type: SPELLINGS.get(type) ?? type,
    serial: Number(match[4]),
    legacy,
    sub: sub === undefined ? null : toDigits(sub),
  };
}

/** `十二` and `012` are both `12`. */
function toDigits(sub: string): string {
  if (/^\d/.test(sub)) return positive(Number(sub));
  const numeral = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(sub);
  if (!numeral || (numeral[2] === undefined && sub.length > 1)) return positive(NaN);
  const units = (character: string | undefined): number => '一二三四五六七八九'.indexOf(character ?? '') + 1;
  if (numeral[2] === undefined) return positive(units(sub));
  return positive((numeral[1] === undefined ? 1 : units(numeral[1])) * 10 + (numeral[3] ? units(numeral[3]) : 0));
}

function positive(sub: number): string {
  if (!(sub > 0)) throw fault('the document suffix of the case number is no positive number');
  return String(sub);
}

function diagnose(plain: string): string {
  if (!/^\((?:19|20)\d{2}\)/.test(plain)) return 'the case number does not begin with a year in brackets';
  const rest = plain.slice(6);
  if (!rest.includes('号')) return 'the case number has no 号 after its serial';
  if (/\d{9,}(?:-\d+)?号/.test(rest)) return `the serial of the case number has more than ${SERIAL_DIGITS} digits`;
  const code = /^(.)(\d+)(?=[^\d号])/.exec(rest);
  if (code && isCourtCode(code[1]!) && !isCourtCode(code[1]! + code[2]!)) {
    return `the court code of the case number has ${code[2]!.length} digits instead of none, two or four`;
  }
  if (!isCourtCode(rest.charAt(0)) && !rest.startsWith('最高法') && !rest.includes('字')) {
    return 'the court code of the case number does not begin with the character of a province, and 字第 is missing';
  }
  return 'the court, type or serial of the case number cannot be read';
}

function fault(problem: string): ValueError {
  return new ValueError(problem, 'a case number such as （2017）苏0312执1234号 or （2014）铜执字第1234号');
}

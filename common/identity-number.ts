import { isSocialCreditShaped, socialCreditCheck } from './organisation-code.ts';
import { hasBirthDate, toEighteen } from './resident-id.ts';

/**
 * Whether a text of people holds what may be an identity or account number, its digits and Latin letters in any width.
 * Written whole, whatever stands about it: fifteen digits or more, a resident number; as a word of its own also the shape of
 * a unified social credit code. Written in groups, between which stands anything but letters and digits, or 年, 月, 日: a
 * resident number with a province and a day of birth whose first group has three digits or more (six, if it is of the older
 * length), a credit code that has a letter and the right check character, and fifteen digits or more in fours that are not
 * all years. Not told are numbers in Chinese numerals and other groups of digits, which are taken for dates and amounts.
 */
export function hasIdentityNumber(text: string): boolean {
  return /\d{15}/.test(toPlain(text)) || wordsOf(text).some((words) => standsIn(words) || standsInFours(words));
}

/**
 * The same of a key, whose digits and letters mix by chance: fifteen digits count only where they are a word of their own,
 * and groups of four, which keys have anyhow, do not count.
 */
export function hasIdentityNumberApart(key: string): boolean {
  return wordsOf(key).some(standsIn);
}

const separators = /(?:[^\p{L}\p{N}]|[年月日])+/u;
const grouped = new RegExp(`[0-9A-Z]+(?:${separators.source}[0-9A-Z]+)*`, 'gu');

function toPlain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toUpperCase();
}

/** Words of digits and Latin letters, those together that nothing but separators parts. */
function wordsOf(text: string): readonly (readonly string[])[] {
  return (toPlain(text).match(grouped) ?? []).map((run) => run.split(separators));
}

function standsIn(words: readonly string[]): boolean {
  return words.some((word, index) => isNumber(word) || holdsResident(word) || isWritten(words.slice(index)));
}

/** A whole word that is one, even mistyped. */
function isNumber(word: string): boolean {
  return /^(?:\d{15,}|\d{17}X)$/.test(word) || isSocialCreditShaped(word);
}

/** `ID` and a number in one word: told by the day of birth. */
function holdsResident(word: string): boolean {
  return (word.match(/\d{17,}X?/g) ?? []).some((digits) =>
    Array.from(digits).some((_, start) => isDated(digits.slice(start, start + 18))),
  );
}

/** Whether the first words together are one: `320323 1985 0101 1234`. */
function isWritten(words: readonly string[]): boolean {
  let joined = '';
  for (const word of words) {
    joined += word;
    if (joined.length > 18) return false;
    if (isResident(joined, words[0]!) || isCredit(joined)) return true;
  }
  return false;
}

/** Whether fifteen digits stand in fours, the last group maybe shorter: `6222 0212 3456 7890 123`. A list of years is none. */
function standsInFours(words: readonly string[]): boolean {
  const runs = words.join(' ').match(/(?<![^ ])\d{4}(?: \d{4})+(?: \d{1,3})?(?![^ ])/g) ?? [];
  return runs.some(
    (run) => run.replaceAll(' ', '').length >= 15 && !/^(?:(?:19|20)\d\d(?: |$))+(?:\d{1,3})?$/.test(run),
  );
}

/** Two digits of GB/T 2260; the permit of a foreigner has a 9 before them. No year of our time begins like this. */
const province = /^9?(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;

/** The first group tells it from dates, whose months and days have two digits, and from amounts, whose groups have three. */
function isResident(text: string, first: string): boolean {
  if (!province.test(text)) return false;
  return /^\d{15}$/.test(text) ? first.length >= 6 && isDated(toEighteen(text)) : first.length >= 3 && isDated(text);
}

function isCredit(text: string): boolean {
  return /[A-Z]/.test(text) && isSocialCreditShaped(text) && socialCreditCheck(text.slice(0, 17)) === text[17];
}

function isDated(text: string): boolean {
  return /^\d{17}[\dX]$/.test(text) && hasBirthDate(text);
}

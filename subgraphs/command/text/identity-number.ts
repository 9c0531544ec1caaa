import { isSocialCreditShaped } from '../../../common/organisation-code.ts';
import { hasBirthDate, toEighteen } from '../../../common/resident-id.ts';

/**
 * Whether a text of people holds what may be an identity or account number, in any width, in groups or with letters about
 * it: fifteen digits or more, a resident number of either length, the shape of a unified social credit code.
 */
export function hasIdentityNumber(text: string): boolean {
  return /\d{15}/.test(toPlain(text)) || standsIn(text);
}

/** The same of a key, whose digits and letters mix by chance: fifteen digits count only where they are a word of their own. */
export function hasIdentityNumberApart(key: string): boolean {
  return standsIn(key);
}

const separators = /[\s.·_/\p{Pd}]+/u;
const grouped = new RegExp(`[0-9A-Z]+(?:${separators.source}[0-9A-Z]+)*`, 'gu');

function toPlain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toUpperCase();
}

function standsIn(text: string): boolean {
  return (toPlain(text).match(grouped) ?? []).some((run) => {
    const words = run.split(separators);
    return words.some((word, index) => isNumber(word) || holdsResident(word) || isWritten(words.slice(index)));
  });
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

/** Whether the first words together are one: `320323 1985 0101 1234`. Digits alone are taken for dates and amounts otherwise. */
function isWritten(words: readonly string[]): boolean {
  let joined = '';
  for (const word of words) {
    joined += word;
    if (joined.length > 18) return false;
    if (isResident(joined) || (/[A-Z]/.test(joined) && isSocialCreditShaped(joined))) return true;
  }
  return false;
}

function isResident(text: string): boolean {
  return isDated(/^\d{15}$/.test(text) ? toEighteen(text) : text);
}

function isDated(text: string): boolean {
  return /^\d{17}[\dX]$/.test(text) && hasBirthDate(text);
}

import { hasIdentityNumber } from '../../common/identity-number.ts';
import { badInput } from './caller-errors.ts';

/** How long a text may be, in characters. */
export interface Length {
  readonly min: number;
  readonly max: number;
}

/** People's text without blanks about it; throws BAD_USER_INPUT for one too long or short, or that cannot or must not be stored. */
export function parseWords(argument: string, text: string, { min, max }: Length, instead?: string): string {
  const trimmed = text.trim();
  // Characters of people: one beyond the BMP is two units of JavaScript.
  const length = trimmed.length > 2 * max ? Infinity : Array.from(trimmed).length;
  if (length < min || length > max) {
    throw badInput(argument, `the text is too ${length < min ? 'short' : 'long'}`, `${min} to ${max} characters`);
  }
  // PostgreSQL stores no null character, and half a surrogate pair would come back as another character.
  if (/[\0\p{Cs}]/u.test(trimmed)) {
    throw badInput(argument, 'the text has a null character or half a character', 'characters of Unicode');
  }
  if (hasIdentityNumber(trimmed)) {
    throw badInput(
      argument,
      'the text seems to hold an identity or account number, which would stand here in clear',
      `text without numbers of fifteen digits and more${instead === undefined ? '' : `; ${instead}`}`,
    );
  }
  return trimmed;
}

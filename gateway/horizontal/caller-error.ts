/** What members say about a question that is wrong, in words that may reach a caller. */

import type { CallerError } from './failed.ts';

/** Argument paths of a contract are words; nothing that could hold a number or an address. */
const argumentForm = /^[A-Za-z]{1,24}(\.[A-Za-z]{1,24}){0,2}$/;

/**
 * One error of the caller. Several members that say the same, word for word, speak for the contract and are quoted; the
 * words of one member alone are not: they may hold anything.
 */
export function toPresentable(errors: readonly CallerError[]): CallerError {
  const [first] = errors as [CallerError];
  if (errors.length > 1 && errors.every((error) => error.message === first.message)) return first;
  const argument = first.facts['argument'];
  const known = typeof argument === 'string' && argumentForm.test(argument) ? argument : undefined;
  return {
    code: first.code,
    message: sentences[first.code](known),
    facts: known === undefined ? {} : { argument: known },
  };
}

const sentences: Readonly<Record<CallerError['code'], (argument: string | undefined) => string>> = {
  BAD_USER_INPUT: (argument) =>
    argument === undefined
      ? 'The court cannot use an argument of this field. Its description says what the court expects.'
      : `The court cannot use ${argument}. Its description says what the court expects.`,
  BAD_CURSOR: () =>
    'The cursor does not belong to this question. Pass one that was given for the same filter and order.',
  UNKNOWN_COURT: () => 'The court does not know a court that the question names.',
};

/** Why a court is not asked, as a person reads it. */

import type { Spared, SparedCode } from './foresight.ts';

/** One sentence; it names arguments, never their values. */
export function reasonOf({ code, argument }: Spared): string {
  return code === 'EXCLUDED' ? `The argument ${argument ?? ''} excludes it.` : sentences[code];
}

/** Whether its rows are missing from the answer, or the question itself has no use for them. */
export function isGap({ code }: Spared): boolean {
  return code === 'UNSUPPORTED' || code === 'QUARANTINED' || code === 'UNREAD';
}

const sentences: Readonly<Record<Exclude<SparedCode, 'EXCLUDED'>, string>> = {
  ONE_COURT: 'Only one other court can know this person.',
  NO_ROWS_BEFORE: 'None of its rows come from the steps before.',
  NOTHING_TO_ASK: 'No field is left to ask it for.',
  UNSUPPORTED: 'Its program does not know a field, an argument or a filter that is asked for.',
  QUARANTINED: 'It does not take part now: its program cannot serve the contract.',
  UNREAD: 'It does not take part now: nobody could read its program yet.',
};

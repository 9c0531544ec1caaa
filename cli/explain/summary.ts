/** The whole of an explanation in a few lines. */

import type { Account } from '../../gateway/explain/account.ts';
import type { Bound } from '../../gateway/explain/bound.ts';

/** Whom, how much at most, and what came of it. */
export function summaryOf({ mode, totals, steps }: Account): readonly string[] {
  const { calls, rows, courts, agencies, happened } = totals;
  const known = courts.asked.length + courts.spared.length;
  const unknown = new Set(steps.flatMap((step) => [step.calls.why ?? [], step.rows.why ?? []].flat()));
  return [
    mode === 'PLAN' ? 'Nobody was asked.' : 'The question was asked.',
    `Courts: ${courts.asked.length} of ${known}${mode === 'PLAN' ? ' would be asked' : ' to ask'}${
      courts.spared.length === 0 ? '' : `; not ${courts.spared.join(', ')}`
    }.`,
    `Agencies: ${agencies.length === 0 ? 'none' : agencies.join(', ')}.`,
    `At most ${text(calls, 'call')} and ${text(rows, 'row')}.`,
    ...[...unknown].map((why) => `Not known before: ${why}`),
    ...(happened ? [`It took ${count(happened.calls, 'call')} and brought ${count(happened.rows, 'row')}.`] : []),
  ];
}

function text({ most }: Bound, noun: string): string {
  return most === null ? `an unknown number of ${noun}s` : count(most, noun);
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

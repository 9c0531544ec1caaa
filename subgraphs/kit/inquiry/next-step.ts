import type { Settled } from './outcome.ts';
import type { Marking } from './marks.ts';
import type { Asking, Ticket } from './ticket.ts';

/** What a reader does about the tickets of a series: take an answer, wait for one that was asked, or ask in a round. */
export type NextStep<Row> =
  | { readonly kind: 'GIVE'; readonly requestNumber: string; readonly settled: Settled<Row> }
  | { readonly kind: 'WAIT'; readonly ticket: Ticket<Row> }
  | { readonly kind: 'ASK'; readonly round: number };

/** Who asks, how old an answer may be for him, and by what tickets are known again. */
export interface NextStepOptions {
  readonly asking: Asking;
  readonly maxAgeMs: number;
  readonly now: Date;
  readonly marking: Marking;
}

/**
 * The next step. An answer's age counts from when it came in. Under the number of one person nobody else is answered or
 * asked about. A question that failed or expired is asked again under its number when it is the same, since the agency may
 * know it; one that was answered, under a new one. What was asked before a measure is not waited for: its answer may show the
 * property as it was.
 */
export function nextStep<Row>(
  tickets: readonly Ticket<Row>[],
  { asking, maxAgeMs, now, marking }: NextStepOptions,
): NextStep<Row> {
  const fit = ({ marks }: Ticket<Row>) => marking.fit(marks, asking);
  const latestFirst = [...tickets].sort((one, other) => other.round - one.round);
  const isFresh = ({ settledAt, isOutdated }: Ticket<Row>) =>
    settledAt !== null && !isOutdated && Math.max(0, now.getTime() - settledAt.getTime()) <= maxAgeMs;
  const answered = latestFirst.find((ticket) => isLasting(ticket) && isFresh(ticket));
  if (answered?.settled) {
    const { requestNumber, settled } = answered;
    return { kind: 'GIVE', requestNumber, settled: fit(answered).about ? settled : forAnother };
  }
  const [latest] = latestFirst;
  if (latest === undefined) return { kind: 'ASK', round: 1 };
  if (latest.settledAt === null && !latest.isOutdated) {
    if (fit(latest).about) return { kind: 'WAIT', ticket: latest };
    return { kind: 'GIVE', requestNumber: latest.requestNumber, settled: forAnother };
  }
  // A measure is carried out once: whatever became of it, it is the same request.
  if (asking.measure !== undefined) return { kind: 'ASK', round: latest.round };
  const { about, wording } = fit(latest);
  const isSame = about && wording;
  return { kind: 'ASK', round: isSame && !isLasting(latest) && !latest.isOutdated ? latest.round : latest.round + 1 };
}

function isLasting({ state }: Ticket<unknown>): boolean {
  return state === 'ANSWERED' || state === 'RETURNED';
}

/** What is said to somebody who comes with the number of another's question. */
export const forAnother: Settled<never> = {
  kind: 'FAILED',
  status: 'REFUSED',
  reason: 'WRIT_FOR_OTHER_PARTY',
  lasting: false,
};

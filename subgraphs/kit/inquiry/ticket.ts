import { numberOfRound, type Inquiry } from './inquiry.ts';
import type { Marking, Marks } from './marks.ts';
import type { Settled } from './outcome.ts';

/**
 * The life of an inquiry. The first three are open. EXPIRED: the agency let its deadline pass, and an answer may still come.
 * FAILED: it could not be asked, or its answer not be read; whoever reads next asks again.
 */
export const ticketStates = ['DRAFTED', 'SUBMITTED', 'ACCEPTED', 'ANSWERED', 'RETURNED', 'EXPIRED', 'FAILED'] as const;
export type TicketState = (typeof ticketStates)[number];

/** A question before it has a number of its own: `series` is what all rounds of it have in common. */
export interface Asking extends Omit<Inquiry, 'requestNumber'> {
  readonly series: string;
  /** What the asker says that the answer is for. */
  readonly purpose?: string;
}

/** One inquiry as it is kept. */
export interface Ticket<Row> {
  readonly requestNumber: string;
  readonly series: string;
  /** From 1. */
  readonly round: number;
  readonly state: TicketState;
  readonly marks: Marks;
  readonly expectedBy: Date;
  /** When the answer came in, or the failure; null while it is open. */
  readonly settledAt: Date | null;
  readonly settled: Settled<Row> | null;
  /** A measure was taken on this person's property after it was asked: its answer may show what was before. */
  readonly isOutdated: boolean;
}

/** A ticket that is to be asked, or asked again under the same number. */
export interface Draft {
  readonly requestNumber: string;
  readonly series: string;
  readonly round: number;
  readonly marks: Marks;
  /** The mark of whom it is about, the same in every series. */
  readonly person: string;
  readonly inquiry: Inquiry;
  readonly purpose: string | null;
  readonly draftedAt: Date;
  readonly expectedBy: Date;
  /** The agency's own deadline. */
  readonly answerBy: Date;
}

/** A ticket whose answer is still to be fetched. */
export interface OpenTicket extends Pick<Draft, 'requestNumber' | 'inquiry' | 'expectedBy' | 'answerBy'> {
  readonly series: string;
  readonly state: TicketState;
  /** The agency's number of the batch that holds it, once it was accepted. */
  readonly batch: string | null;
}

/** What a draft is made with; times are milliseconds. */
export interface DraftOptions {
  readonly expectedMs: number;
  /** The agency's own. */
  readonly deadlineMs: number;
  readonly marking: Marking;
}

/** A ticket to be asked in a round, from now on. */
export function toDraft(
  asking: Asking,
  round: number,
  now: Date,
  { expectedMs, deadlineMs, marking }: DraftOptions,
): Draft {
  const { series, purpose = null, ...question } = asking;
  const requestNumber = numberOfRound(series, round);
  const after = (ms: number) => new Date(now.getTime() + ms);
  return {
    requestNumber,
    series,
    round,
    marks: marking.marksOf(asking),
    person: marking.personMark(asking.identity),
    inquiry: { requestNumber, ...question },
    purpose,
    draftedAt: now,
    expectedBy: after(Math.min(expectedMs, deadlineMs)),
    answerBy: after(deadlineMs),
  };
}

/** How a ticket stands once it is settled. */
export function stateOf<Row>(settled: Settled<Row>): TicketState {
  if (settled.kind === 'ANSWERED') return 'ANSWERED';
  return settled.lasting ? 'RETURNED' : 'FAILED';
}

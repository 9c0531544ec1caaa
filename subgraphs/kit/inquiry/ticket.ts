import { createHash } from 'node:crypto';
import type { Identity } from '../../../common/identity.ts';
import { numberOfRound, type Inquiry } from './inquiry.ts';
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

/** By which two questions are told apart when the questions themselves are gone: whom about, and in which words. */
export interface Marks {
  readonly about: string;
  readonly wording: string;
}

/**
 * The marks of a question. 32 bits each, and another for each series: enough to notice that a question has changed. By itself a mark fits
 * some dozen resident numbers; beside the ten characters that masks leave it confirms a guess, so it is kept as the rest of a ticket is.
 */
export function toMarks({ series, identity, caseNumber, name, writ }: Asking): Marks {
  const mark = (...parts: unknown[]) =>
    createHash('sha256')
      .update(JSON.stringify([series, ...parts]))
      .digest('hex')
      .slice(0, 8);
  return { about: mark(identity.type, identity.number), wording: mark(caseNumber, name, writ) };
}

/**
 * The mark of a person over all series of an agency, by which answers about him are found when they are outdated. Of 32 bits
 * as well: who shares it with him is asked about once more, and nothing else.
 */
export function personMark({ type, number }: Identity): string {
  return createHash('sha256')
    .update(JSON.stringify(['nonet person mark 1', type, number]))
    .digest('hex')
    .slice(0, 8);
}

/** A ticket to be asked in a round, from now on. */
export function toDraft(
  asking: Asking,
  round: number,
  now: Date,
  { expectedMs, deadlineMs }: { readonly expectedMs: number; readonly deadlineMs: number },
): Draft {
  const { series, purpose = null, ...question } = asking;
  const requestNumber = numberOfRound(series, round);
  const after = (ms: number) => new Date(now.getTime() + ms);
  return {
    requestNumber,
    series,
    round,
    marks: toMarks(asking),
    person: personMark(asking.identity),
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

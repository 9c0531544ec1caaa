import type { Inquiry } from './inquiry.ts';
import type { FailureStatus, ReturnedRequest, Settled } from './outcome.ts';
import type { OpenTicket, Ticket, TicketState } from './ticket.ts';

/** A ticket as the database gives it. */
export interface TicketRow<Row> {
  readonly request_number: string;
  readonly series: string;
  readonly round: number;
  readonly state: TicketState;
  readonly about: string;
  readonly wording: string;
  readonly expected_by: string;
  readonly settled_at: string | null;
  readonly answered_at: string | null;
  readonly records: readonly Row[] | null;
  readonly status: FailureStatus | null;
  readonly reason: string | null;
  readonly returned: ReturnedRequest | null;
  readonly outdated: boolean;
}

/** An open one, with its question. */
export interface OpenRow extends Pick<TicketRow<unknown>, 'request_number' | 'series' | 'state' | 'expected_by'> {
  readonly question: Inquiry;
  readonly batch: string | null;
  readonly answer_by: string;
}

/** The ticket that a row stands for. */
export function toTicket<Row>(row: TicketRow<Row>): Ticket<Row> {
  return {
    requestNumber: row.request_number,
    series: row.series,
    round: row.round,
    state: row.state,
    marks: { about: row.about, wording: row.wording },
    expectedBy: new Date(row.expected_by),
    settledAt: row.settled_at === null ? null : new Date(row.settled_at),
    settled: toSettled(row),
    isOutdated: row.outdated,
  };
}

function toSettled<Row>({
  state,
  answered_at,
  records,
  status,
  reason,
  returned,
}: TicketRow<Row>): Settled<Row> | null {
  if (answered_at !== null && records !== null) return { kind: 'ANSWERED', answeredAt: new Date(answered_at), records };
  if (status === null || reason === null) return null;
  return { kind: 'FAILED', status, reason, lasting: state === 'RETURNED', ...(returned && { returned }) };
}

/** The open ticket that a row stands for. */
export function toOpenTicket(row: OpenRow): OpenTicket {
  return {
    requestNumber: row.request_number,
    series: row.series,
    state: row.state,
    inquiry: row.question,
    batch: row.batch,
    expectedBy: new Date(row.expected_by),
    answerBy: new Date(row.answer_by),
  };
}

import type { Inquiry } from './inquiry.ts';
import type { Settled } from './outcome.ts';
import type { Draft, OpenTicket, Ticket, TicketState } from './ticket.ts';

/** Who fetches the answers of tickets, and for how long that stands when nothing more is heard of it. */
export interface Lease {
  readonly holder: string;
  readonly ms: number;
}

/** What became of a ticket. */
export interface Settlement<Row> {
  readonly requestNumber: string;
  readonly state: TicketState;
  readonly settledAt: Date;
  readonly settled: Settled<Row>;
}

/** Why a ticket is closed before it was asked. */
export type Closed = Extract<Settled<never>, { kind: 'FAILED' }>;

/**
 * The tickets of one agency. What a call has resolved is there after kill -9 where the store is a database. Two programs on
 * one store never both draft a ticket; which of them leases it fetches its answer.
 */
export interface TicketStore<Row> {
  /** All tickets of these series, in no order. */
  read(series: readonly string[]): Promise<Ticket<Row>[]>;
  /** The questions of tickets by their own numbers; null for one of which nothing more is expected. Unknown numbers are left out. */
  questions(requestNumbers: readonly string[]): Promise<ReadonlyMap<string, Inquiry | null>>;
  /**
   * Writes drafts of different numbers, leased; resolves with the numbers that are now this holder's to ask: those that were
   * not there, or had failed or expired.
   */
  draft(drafts: readonly Draft[], lease: Lease): Promise<ReadonlySet<string>>;
  /** Writes a ticket that is settled and will never be asked, unless one of its number is there; whether it was written. */
  close(draft: Draft, settled: Closed): Promise<boolean>;
  /** They are about to be sent. */
  submitting(requestNumbers: readonly string[]): Promise<void>;
  /** The agency has taken them as this batch; null keeps what was expected. */
  accepted(requestNumbers: readonly string[], batch: string, expectedBy: Date | null): Promise<void>;
  /**
   * Writes what became of them, unless an answer is there already. All but an expired one forget the question, and an answer
   * takes the place of its series' earlier ones.
   */
  settle(settlements: readonly Settlement<Row>[]): Promise<void>;
  /** Answers about these persons, by their marks, are young no more, those that are still to come included. */
  outdate(persons: readonly string[]): Promise<void>;
  /** What was answered about a person, by whichever of his marks, in whatever series; the latest answer first. */
  recordsAbout(marks: readonly string[]): Promise<readonly Row[]>;
  /** The questions of expired tickets are forgotten: nothing more is expected of them. */
  giveUp(requestNumbers: readonly string[]): Promise<void>;
  /** Takes over tickets whose answers nobody fetches, the oldest first. */
  claim(lease: Lease, most: number): Promise<OpenTicket[]>;
  /** The lease of these goes on from now. */
  renew(requestNumbers: readonly string[], lease: Lease): Promise<void>;
  /** Whatever this holder leases is free for others; without one, whatever anybody leases. */
  release(holder?: string): Promise<void>;
}

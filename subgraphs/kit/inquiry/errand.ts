import type { Line, Report } from './line.ts';
import type { Inquiry } from './inquiry.ts';
import { UpstreamFailure, type Settled } from './outcome.ts';
import type { Settlement, TicketStore } from './store.ts';
import { stateOf, type OpenTicket } from './ticket.ts';

/** What an errand stands on. */
export interface ErrandSetting<Row> {
  readonly line: Line<Row>;
  readonly store: TicketStore<Row>;
  readonly now: () => Date;
  /** How long after its deadline an agency's answer is still fetched, in milliseconds. */
  readonly lateMs: number;
  /** Ends every errand; their tickets stay open. */
  readonly stopping: AbortSignal;
  /** Told when it stands in the store. */
  readonly settled: (settlements: readonly Settlement<Row>[]) => void;
  readonly expected: (requestNumbers: readonly string[], expectedBy: Date) => void;
}

/** How the answers are fetched: for the inquiries that are left, since some may be settled already. */
export type Fetching<Row> = (left: () => Inquiry[], report: Report<Row>, signal: AbortSignal) => Promise<void>;

/** The longest that a timer takes. */
const longestTimerMs = 2 ** 31 - 1;

/** One that is on its way. */
export interface Errand {
  /**
   * Resolves when nothing more will come of its tickets, or with the tickets open when it is told to stop; rejects for a fault
   * of our own, which leaves them open too.
   */
  readonly ended: Promise<void>;
  /** Goes for these no further: what became of them stands in the store. */
  drop(requestNumbers: readonly string[]): void;
}

/** Goes for the answers of tickets and writes down what becomes of each. */
export function startErrand<Row>(
  { line, store, now, lateMs, stopping, settled, expected }: ErrandSetting<Row>,
  tickets: readonly OpenTicket[],
  fetching: Fetching<Row> = askBy(store, line),
): Errand {
  const open = new Map(tickets.map((ticket) => [ticket.requestNumber, ticket]));
  const expired = new Set(tickets.filter(({ state }) => state === 'EXPIRED').map(({ requestNumber }) => requestNumber));
  const lost: string[] = [];
  const ending = new AbortController();
  let told: Settlement<Row>[] = [];
  let writing = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  /** What is told in one go is written in one go. */
  const write = () => {
    writing = writing.then(async () => {
      const settlements = told;
      told = [];
      if (settlements.length === 0) return;
      await store.settle(settlements);
      settled(settlements);
    });
    writing.catch((fault: unknown) => ending.abort(fault));
  };
  const settle: Report<Row>['settle'] = (requestNumber, word) => {
    if (!open.delete(requestNumber)) return;
    // Another question may stand under the number of an expired one by now: only an answer is better than that.
    if (expired.has(requestNumber) && stateOf(word) === 'FAILED') lost.push(requestNumber);
    else told.push({ requestNumber, state: stateOf(word), settledAt: now(), settled: word });
    write();
  };
  const report: Report<Row> = {
    settle,
    async accepted(batch, expectedBy) {
      const requestNumbers = [...open.keys()];
      await store.accepted(requestNumbers, batch, expectedBy);
      if (expectedBy !== null) expected(requestNumbers, expectedBy);
    },
  };
  const watchDeadlines = () => {
    const nowMs = now().getTime();
    const ends = [...open.values()].map(({ requestNumber, answerBy }) => {
      const endMs = answerBy.getTime();
      if (expired.has(requestNumber)) return endMs + lateMs;
      if (endMs > nowMs) return endMs;
      expired.add(requestNumber);
      told.push({ requestNumber, state: 'EXPIRED', settledAt: new Date(nowMs), settled: overdue });
      return endMs + lateMs;
    });
    write();
    const [next] = ends.filter((end) => end > nowMs).sort((one, other) => one - other);
    if (next === undefined) ending.abort(tooLate);
    else timer = setTimeout(watchDeadlines, Math.min(next - nowMs, longestTimerMs)).unref();
  };

  const stop = () => ending.abort(stopping.reason);
  const run = async (): Promise<void> => {
    if (stopping.aborted) stop();
    stopping.addEventListener('abort', stop, { once: true });
    try {
      watchDeadlines();
      const left = () => [...open.values()].map(({ inquiry }) => inquiry);
      await fetching(left, report, ending.signal);
      for (const requestNumber of [...open.keys()]) settle(requestNumber, failed('UNREACHABLE', 'GARBLED'));
    } catch (error) {
      if (stopping.aborted) return;
      const reason: unknown = ending.signal.aborted ? ending.signal.reason : error;
      if (!(reason instanceof UpstreamFailure)) throw reason;
      for (const requestNumber of [...open.keys()]) settle(requestNumber, failed(reason.status, reason.message));
    } finally {
      clearTimeout(timer);
      stopping.removeEventListener('abort', stop);
      await writing;
    }
    if (lost.length > 0) await store.giveUp(lost);
  };

  return {
    ended: run(),
    drop(requestNumbers) {
      for (const requestNumber of requestNumbers) open.delete(requestNumber);
      if (open.size === 0) ending.abort(nothingLeft);
    },
  };
}

/** Hands inquiries in, and says so before. */
export function askBy<Row>(store: TicketStore<Row>, line: Line<Row>): Fetching<Row> {
  return async (left, report, signal) => {
    const inquiries = left();
    await store.submitting(inquiries.map(({ requestNumber }) => requestNumber));
    await line.ask(inquiries, report, signal);
  };
}

const nothingLeft = new UpstreamFailure('TIMEOUT', 'DROPPED');
const tooLate = new UpstreamFailure('TIMEOUT', 'EXPIRED');
const overdue = failed('TIMEOUT', 'EXPIRED');

function failed(status: 'TIMEOUT' | 'REFUSED' | 'UNREACHABLE', reason: string): Settled<never> {
  return { kind: 'FAILED', status, reason, lasting: false };
}

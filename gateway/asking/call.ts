/** One call to one upstream, from the moment it is made to its end. */

import type { Question } from '../../common/wire.ts';
import type { CallOutcome, RequestRecord, UpstreamKind } from '../operating/record.ts';
import type { Verdict } from './breaker.ts';
import type { Failure, Reply } from './reply.ts';

/** A call that is under way, however often and wherever it is sent. */
export interface OpenCall {
  readonly kind: UpstreamKind;
  readonly question: Question;
  /** Whether it changes nothing, so that it may be sent again. */
  readonly isRead: boolean;
  /** Whether it asks for more than has to be, so that to fail at it is no failure of the endpoint. */
  readonly isTentative?: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly deadlineMs: number;
  /** Ends with the call's own deadline, or with the request. */
  readonly signal: AbortSignal;
  /** Ends with the request. */
  readonly request: AbortSignal;
  readonly record: RequestRecord;
  readonly startedAtMs: number;
}

/** One call that has ended: for whoever asked, and for whoever watches. */
export interface EndedCall {
  readonly reply: Reply | Failure;
  readonly outcome: CallOutcome;
  /** For the breaker and the health book. */
  readonly verdict: Verdict;
}

/** What a call comes to that no breaker lets through. */
export const refusedByBreaker: EndedCall = {
  reply: { kind: 'failed', status: 'UNREACHABLE', reason: 'BREAKER_OPEN', wasSent: false, elapsedMs: 0 },
  outcome: 'breaker_open',
  verdict: 'unknown',
};

/** What a call comes to that would have to go to an endpoint that may not be asked. */
export const notAskable: EndedCall = {
  reply: { kind: 'failed', status: 'UNREACHABLE', reason: 'DOWN', wasSent: false, elapsedMs: 0 },
  outcome: 'down',
  verdict: 'unknown',
};

/** Whether a question changes nothing. In doubt it counts as one that does, and is sent once. */
export function isRead({ query }: Question): boolean {
  return !/(^|[\s,}\uFEFF])mutation\b/.test(query);
}

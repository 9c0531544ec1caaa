/** What the end of a call says about the upstream, for its breaker and its health alike. */

import type { CallOutcome } from '../operating/record.ts';
import type { Verdict } from './breaker.ts';
import type { FailureReason } from './reply.ts';

/** Whoever refuses, or sends too much, is alive. */
export const verdicts: Readonly<Record<CallOutcome, Verdict>> = {
  answered: 'alive',
  forbidden: 'alive',
  rate_limited: 'alive',
  too_large: 'alive',
  timeout: 'failed',
  down: 'failed',
  garbled: 'failed',
  server_error: 'failed',
  breaker_open: 'unknown',
  quarantined: 'unknown',
  left: 'unknown',
};

export const outcomeOf: Readonly<Record<FailureReason, CallOutcome>> = {
  DEADLINE: 'timeout',
  DOWN: 'down',
  GARBLED: 'garbled',
  TOO_LARGE: 'too_large',
  SERVER_ERROR: 'server_error',
  FORBIDDEN: 'forbidden',
  RATE_LIMITED: 'rate_limited',
  BREAKER_OPEN: 'breaker_open',
  QUARANTINED: 'quarantined',
};

/** What a passed deadline is held against. */
export interface Lateness {
  readonly deadlineMs: number;
  /** How much of it was left when the question was sent; the rest was spent here, waiting for a slot or on an earlier try. */
  readonly givenMs: number;
  /** For so long the hub's own event loop stood still meanwhile. */
  readonly stoodMs: number;
  /** Whether the same request has been let down by this endpoint before: one heavy request is one failure. */
  readonly isRepeated: boolean;
}

/** A passed deadline is the endpoint's failure only when it had a fair chance to keep it. */
export function verdictOfLate({ deadlineMs, givenMs, stoodMs, isRepeated }: Lateness): Verdict {
  const isOurs = stoodMs > Math.max(250, deadlineMs / 10) || givenMs < deadlineMs / 2;
  return isOurs || isRepeated ? 'unknown' : 'failed';
}

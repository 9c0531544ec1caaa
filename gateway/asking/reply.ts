/** What came of asking one upstream once: an answer, or why there is none. */

import type { Answer } from '../../common/wire.ts';

/** Why an upstream gave no answer, in the words of coverage. */
export type FailureReason =
  | 'DEADLINE'
  | 'DOWN'
  | 'GARBLED'
  | 'TOO_LARGE'
  | 'SERVER_ERROR'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'BREAKER_OPEN'
  | 'QUARANTINED';

export interface Failure {
  readonly kind: 'failed';
  readonly status: 'TIMEOUT' | 'UNREACHABLE' | 'REFUSED';
  readonly reason: FailureReason;
  readonly elapsedMs: number;
}

export interface Reply {
  readonly kind: 'answered';
  readonly answer: Answer;
  readonly elapsedMs: number;
}

/** `BUSY`: the time was over before the question could be sent. Coverage calls it DEADLINE; it says nothing of the upstream. */
export type AskFault = FailureReason | 'BUSY';

/** Thrown by an `Ask` that knows why there is no answer. The message stays inside the hub. */
export class AskError extends Error {
  readonly reason: AskFault;

  constructor(reason: AskFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AskError';
    this.reason = reason;
  }
}

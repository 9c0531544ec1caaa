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
  /** False when the question certainly never left the hub: what it would have changed was not changed. */
  readonly wasSent: boolean;
  readonly elapsedMs: number;
}

export interface Reply {
  readonly kind: 'answered';
  readonly answer: Answer;
  readonly elapsedMs: number;
}

/** `BUSY`: the time was over before the question could be sent. Coverage calls it DEADLINE; it says nothing of the upstream. */
export type AskFault = FailureReason | 'BUSY';

export interface AskErrorOptions extends ErrorOptions {
  /** Whether the question may have gone out; true where nobody knows. */
  readonly wasSent?: boolean;
}

/** Thrown by an `Ask` that knows why there is no answer. The message stays inside the hub. */
export class AskError extends Error {
  readonly reason: AskFault;
  readonly wasSent: boolean;

  constructor(reason: AskFault, message: string, { wasSent = reason !== 'BUSY', ...options }: AskErrorOptions = {}) {
    super(message, options);
    this.name = 'AskError';
    this.reason = reason;
    this.wasSent = wasSent;
  }
}

/** GraphQL over HTTP: an answer has `data`, or `errors`, or both. */
export function isAnswer(value: unknown): value is Answer {
  if (typeof value !== 'object' || value === null) return false;
  const { data, errors } = value as Answer;
  const hasData = typeof data === 'object' && !Array.isArray(data);
  const hasErrors = Array.isArray(errors) && errors.every((error) => typeof error === 'object' && error !== null);
  return (hasData || data === undefined) && (hasErrors || errors === undefined) && (hasData || hasErrors);
}

/**
 * Every error code that the hub itself gives, in one table. `caller`: mend the question. `partial`: part of the answer is
 * missing, the rest is true. `upstream`: a court or agency answered wrongly. `ours`: the hub is broken.
 */

export const errorCodes = {
  BAD_USER_INPUT: 'caller',
  BAD_CURSOR: 'caller',
  UNKNOWN_COURT: 'caller',
  NOT_FOUND: 'caller',
  FORBIDDEN: 'caller',
  TOO_MANY_SEARCHES: 'caller',
  IDEMPOTENCY_CONFLICT: 'caller',
  OPERATION_RESOLUTION_FAILURE: 'caller',
  UNKNOWN: 'partial',
  INCOMPLETE: 'partial',
  LIST_TRUNCATED: 'partial',
  UPSTREAM_TIMEOUT: 'partial',
  UPSTREAM_UNREACHABLE: 'partial',
  UPSTREAM_REFUSED: 'partial',
  UPSTREAM_ERROR: 'upstream',
  GONE: 'partial',
  MISPLACED_ROW: 'upstream',
  BAD_ORDER: 'upstream',
  MISSING_VALUE: 'upstream',
  CONFLICT: 'upstream',
  NOT_RECORDED: 'ours',
  INTERNAL: 'ours',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** Thrown in a source when the whole field cannot be answered; becomes one error entry with this code. */
export class HubError extends Error {
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, facts: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'HubError';
    this.code = code;
    this.facts = facts;
  }
}

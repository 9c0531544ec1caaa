/** What a call's outcome says about the upstream, for its breaker and its health alike. */

import type { CallOutcome } from '../operating/record.ts';
import type { Verdict } from './breaker.ts';

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

/** What one request carries through planner and sources. */

import type { Ledger } from './ledger/ledger.ts';

export interface RequestContext {
  readonly ledger: Ledger;
  /** Ends when the client leaves or the request's own deadline passes. */
  readonly signal: AbortSignal;
  /** To be called when the request has been answered. */
  release(): void;
}

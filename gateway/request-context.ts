/** What one request carries through planner and sources. */

import type { InquiryTerms } from '../common/inquiry-terms.ts';
import type { Viewer } from '../common/viewer.ts';
import type { Failure, Reply } from './asking/reply.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Membership } from './membership/membership.ts';
import type { RequestRecord } from './operating/record.ts';
import type { RequestTrail } from './trail/request-trail.ts';
import type { Grants } from './viewer/grants.ts';

export interface RequestContext {
  /** Who asks, known by a token; null where a program asks that speaks for nobody. Sources alone look at it. */
  readonly viewer: Viewer | null;
  /** What a task force was found to contain, where the viewer's rights come from one. */
  readonly grants?: Grants | null;
  /** Who takes part, from the request's beginning to its end. */
  readonly membership: Membership;
  readonly ledger: Ledger;
  /** The day and time of the city, as the hub has it. */
  readonly now: () => Date;
  /** For those who run the hub: who was asked, how long it took, how it ended. */
  readonly record: RequestRecord;
  /** What agencies were asked, and what was changed: written down before the request is answered. */
  readonly trail: RequestTrail;
  /** Courts and agencies that let a deadline pass: not waited for a second time in the same request. */
  readonly late: Set<string>;
  /** Told what came of every question, and by whose it is: only where the client wants to know what happened. */
  readonly witness?: (upstream: string, reply: Reply | Failure) => void;
  /** The hubs that the question came through, where another hub asks. */
  readonly through?: readonly string[];
  /** Nobody is waited for longer, in milliseconds: whoever asked waits no longer than that itself. */
  readonly patienceMs?: number;
  /** The request's own deadline, in milliseconds from its beginning. */
  readonly requestMs?: number;
  /** What the request says of inquiries to agencies, once it was read. */
  inquiry?: InquiryTerms;
  /** Ends when the client leaves or the request's own deadline passes. */
  readonly signal: AbortSignal;
  /** To be called when the request has been answered. */
  release(): void;
}

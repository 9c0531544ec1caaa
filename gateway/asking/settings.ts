/** All settings of asking and their defaults; OPERATIONS.md ("Asking") has them one by one. Times are milliseconds. */

import type { UpstreamKind } from '../operating/record.ts';
import type { BreakerSettings } from './breaker.ts';
import type { HedgeSettings } from './hedge.ts';
import type { RetrySettings } from './retry.ts';
import type { Policies } from './upstream.ts';

export interface AskingSettings {
  readonly deadlines: Deadlines;
  /** Questions at once at each endpoint; the others wait in order. */
  readonly slots: Readonly<Record<UpstreamKind, number>>;
  readonly answers: AnswerSettings;
  readonly pages: PageSettings;
  /** Null: every question is asked. */
  readonly breaker: BreakerSettings | null;
  /** Null: nothing is asked again or elsewhere. */
  readonly retry: RetrySettings | null;
  /** Null: no second endpoint is asked beside the first. */
  readonly hedge: HedgeSettings | null;
}

/** A court's and an agency's deadline lie below the request's. */
export interface Deadlines {
  readonly requestMs: number;
  readonly courtMs: number;
  /** Of agencies and the command centre. */
  readonly agencyMs: number;
}

export interface AnswerSettings {
  /** The largest answer that is read, decompressed, in bytes. */
  readonly maxBytes: number;
  /** Whether answers over HTTP are asked for compressed. */
  readonly compressed: boolean;
}

export interface PageSettings {
  /** Whether courts are asked for whole rows with a page, or for keys first and for the rows of the page in a hop of their own. */
  readonly wholeRows: boolean;
  /** The longest that a court for which whole rows were too much, time and again, is asked in two hops, in milliseconds. */
  readonly restMs: number;
}

/** What is to be otherwise than by default; a policy can be null. */
export type AskingOptions = {
  readonly [Section in keyof AskingSettings]?: Partial<NonNullable<AskingSettings[Section]>> | OrNull<Section>;
};

type OrNull<Section extends keyof AskingSettings> = null extends AskingSettings[Section] ? null : never;

export const defaultAsking = {
  deadlines: { requestMs: 15_000, courtMs: 3_000, agencyMs: 5_000 },
  // An agency's program holds a question for up to two seconds while its upstream thinks.
  slots: { court: 8, agency: 32, subgraph: 8 },
  answers: { maxBytes: 8 * 1024 * 1024, compressed: false },
  pages: { wholeRows: true, restMs: 300_000 },
  breaker: {
    consecutiveFailures: 5,
    windowCalls: 20,
    windowMs: 10_000,
    failedShare: 0.5,
    probeEveryMs: 500,
    probeDeadlineMs: 2_000,
  },
  retry: { share: 0.1, floor: 1, most: 10, backoffMs: 50, leastLeftMs: 100 },
  hedge: { share: 0.05, floor: 1, most: 10, soonestMs: 10, window: 128, fewest: 32 },
} satisfies AskingSettings;

/** The defaults with what is given in their place. */
export function toAsking(given: AskingOptions = {}): AskingSettings {
  const { deadlines, slots, answers, pages, breaker, retry, hedge } = defaultAsking;
  return {
    deadlines: { ...deadlines, ...given.deadlines },
    slots: { ...slots, ...given.slots },
    answers: { ...answers, ...given.answers },
    pages: { ...pages, ...given.pages },
    breaker: given.breaker === null ? null : { ...breaker, ...given.breaker },
    retry: given.retry === null ? null : { ...retry, ...given.retry },
    hedge: given.hedge === null ? null : { ...hedge, ...given.hedge },
  };
}

/** What of it concerns one upstream of a kind. */
export function policiesOf({ breaker, retry, hedge, slots }: AskingSettings, kind: UpstreamKind): Policies {
  return { breaker, retry, hedge, slots: slots[kind] };
}

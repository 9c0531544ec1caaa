/**
 * Calls of one request that begin at one moment, with equally long deadlines, have one together: the signals, timers and listeners of nine
 * courts would all say the same at the same time.
 */

import { createDeadline, type Deadline } from '../../common/deadline.ts';
import { keptWith } from '../../common/kept-with.ts';
import type { RequestRecord } from '../operating/record.ts';

interface Common {
  readonly deadline: Deadline;
  readonly request: AbortSignal;
  readonly ms: number;
  readonly beganAtMs: number;
  /** How many have not ended. */
  calls: number;
}

/** The one that began last, by the request's record. */
const latestOf = keptWith<RequestRecord, { common: Common | null }>();

/** So much earlier may a common deadline have begun, in milliseconds: no more than by what a timer is off. */
const oneMoment = 1;

/** A deadline inside the request's own, which others may have too: to be released once, when the call has ended. */
export function joinDeadline(record: RequestRecord, request: AbortSignal, ms: number): Omit<Deadline, 'end'> {
  let latest = latestOf.of(record);
  if (!latest) {
    latest = { common: null };
    latestOf.keep(record, latest);
  }
  const nowMs = performance.now();
  const known = latest.common;
  const isCommon =
    known !== null && known.ms === ms && known.request === request && nowMs - known.beganAtMs <= oneMoment;
  const common = isCommon ? known : { deadline: createDeadline(request, ms), request, ms, beganAtMs: nowMs, calls: 0 };
  common.calls += 1;
  latest.common = common;
  return {
    signal: common.deadline.signal,
    release() {
      common.calls -= 1;
      if (common.calls > 0) return;
      common.deadline.release();
      // Who begins now has to have a timer.
      if (latest.common === common) latest.common = null;
    },
  };
}

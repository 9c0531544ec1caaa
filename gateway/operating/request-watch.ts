/** Watches the door: one line of the log and one count in the metrics for each GraphQL request. */

import type { Log } from '../../common/log.ts';
import type { Metrics } from './metrics.ts';
import type { Call, RequestOutcome, RequestRecord } from './record.ts';

/** What became of a request at the door: the status that was sent, null when the client was gone. */
export interface Answered {
  readonly status: number | null;
  /** The door's own code when GraphQL did not see the request. */
  readonly refusal: string | null;
  /** Why, where the code alone does not say it. */
  readonly reason?: string | null;
}

export interface RequestWatch {
  /** A GraphQL request has come; the function is to be called once when it has been answered. */
  began(record: RequestRecord): (answered: Answered) => void;
}

/** Watches with this log and these metrics. */
export function watchRequests(log: Log, metrics: Metrics): RequestWatch {
  return {
    began(record) {
      const startedAt = performance.now();
      const count = metrics.requestBegan();
      return ({ status, refusal, reason = null }) => {
        const { id, end, calls } = record;
        const outcome = outcomeOf(record, status);
        count(outcome, end);
        const facts: Record<string, unknown> = {
          request: id,
          operation: end?.operation ?? null,
          outcome,
          status,
          ms: Math.round(performance.now() - startedAt),
        };
        if (refusal !== null) facts['refusal'] = refusal;
        if (reason !== null) facts['reason'] = reason;
        if (end && Object.keys(end.errors).length > 0) facts['errors'] = end.errors;
        if (end && end.gaps.length > 0) facts['gaps'] = end.gaps;
        if (calls.length > 0) facts['calls'] = summed(calls);
        log.info('answered', facts);
        for (const fault of record.faults) {
          metrics.faulted();
          log.error('a fault of our own', fault, { request: id });
        }
      };
    },
  };
}

function outcomeOf({ end, faults }: RequestRecord, status: number | null): RequestOutcome {
  if (status === null) return 'left';
  if (faults.length > 0 || status === 500) return 'fault';
  return end?.outcome ?? 'refused';
}

/** One entry per court or agency: how often it was asked, for how long in all, and what came of it. */
function summed(calls: readonly Call[]): Record<string, unknown>[] {
  const sums = new Map<string, { kind: string; upstream: string; calls: number; ms: number; outcomes: Set<string> }>();
  for (const { kind, upstream, outcome, elapsedMs } of calls) {
    const sum = sums.get(upstream) ?? { kind, upstream, calls: 0, ms: 0, outcomes: new Set() };
    sum.calls += 1;
    sum.ms += elapsedMs;
    sum.outcomes.add(outcome);
    sums.set(upstream, sum);
  }
  return Array.from(sums.values(), ({ kind, upstream, calls: count, ms, outcomes }) => {
    return { kind, upstream, calls: count, ms, outcome: [...outcomes].join(',') };
  });
}

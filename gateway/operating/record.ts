/** The account of one request for those who run the hub: no text of the question, no value of the answer. */

import { ROOT_CONTEXT, trace, type Context } from '@opentelemetry/api';

import { requestIdHeader } from '../../common/request-id.ts';
import { toRequestId } from './request-id.ts';
import { parseTraceparent, traceparentHeader } from './traceparent.ts';

export type UpstreamKind = 'court' | 'agency' | 'subgraph';

/** What one call to an upstream came to; `left`: the client left or the request's own time was over. */
export type CallOutcome =
  | 'answered'
  | 'timeout'
  | 'down'
  | 'garbled'
  | 'too_large'
  | 'server_error'
  | 'forbidden'
  | 'rate_limited'
  | 'breaker_open'
  | 'quarantined'
  | 'left';

export interface Call {
  readonly kind: UpstreamKind;
  readonly upstream: string;
  readonly outcome: CallOutcome;
  readonly elapsedMs: number;
}

/** One court's gap under one of the request's gathered fields. */
export interface Gap {
  readonly upstream: string;
  readonly status: string;
  readonly reason: string;
}

/** `whole`: no error and no gap. `refused`: the caller's mistake. `left`: nobody was there to be answered. */
export type RequestOutcome = 'whole' | 'partial' | 'refused' | 'left' | 'fault';

/** How the operation ended, as far as GraphQL got to see it. */
export interface OperationEnd {
  readonly operation: string | null;
  readonly outcome: RequestOutcome;
  /** How many errors of each code the client was told. */
  readonly errors: Readonly<Record<string, number>>;
  readonly gaps: readonly Gap[];
}

export interface RequestRecord {
  readonly id: string;
  readonly calls: Call[];
  /** For each endpoint, whether its breaker let this request through: the first word stands for the whole request. */
  readonly passed: Map<string, boolean>;
  /** Endpoints that let a deadline of this request pass: their breaker is told once. */
  readonly overdue: Set<string>;
  /** Where the request's spans belong. */
  trace: Context;
  end: OperationEnd | null;
  /** Faults of our own that the client saw as INTERNAL only. */
  readonly faults: unknown[];
}

/** An empty account, under the client's own request id and trace when it sent usable ones. */
export function openRecord(headers: Readonly<Record<string, string | string[] | undefined>> = {}): RequestRecord {
  const caller = parseTraceparent(headers[traceparentHeader]);
  return {
    id: toRequestId(headers[requestIdHeader]),
    calls: [],
    passed: new Map(),
    overdue: new Set(),
    trace: caller ? trace.setSpanContext(ROOT_CONTEXT, caller) : ROOT_CONTEXT,
    end: null,
    faults: [],
  };
}

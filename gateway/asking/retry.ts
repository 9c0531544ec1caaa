/**
 * Asking again what may have failed by chance. Reads only, once, with enough of the deadline left, and out of a budget.
 *
 * | end of the call | at the same endpoint | at another of the same court |
 * | --- | --- | --- |
 * | no connection, or it broke (`DOWN`) | again | asked |
 * | HTTP 5xx without an answer (`SERVER_ERROR`) | again | asked |
 * | nonsense, a broken or cut encoding (`GARBLED`) | no: it would say it again | asked |
 * | `DEADLINE`, `TOO_LARGE`, `FORBIDDEN`, `RATE_LIMITED`, an error inside an answer | no | no |
 *
 * A change, and a question to an agency (which may come to an inquiry that is on record for ever), are asked again only when
 * they certainly never left the hub.
 */

import { createBudget, type BudgetSettings } from './budget.ts';
import type { EndedCall, OpenCall } from './call.ts';

export interface RetrySettings extends BudgetSettings {
  /** So long it is waited before the same endpoint is asked again, in milliseconds: between half and one and a half of it. */
  readonly backoffMs: number;
  /** Nothing is asked again with less than this left of the deadline, in milliseconds. */
  readonly leastLeftMs: number;
}

export interface Retry {
  /** A call was made. */
  called(): void;
  /** Milliseconds to wait before the same endpoint is asked again; null when it is not. Takes from the budget. */
  againAfterMs(ended: EndedCall, call: OpenCall, leftMs: number): number | null;
  /** Whether another endpoint is asked now. What was never sent is free; else it takes from the budget. */
  mayMoveOn(ended: EndedCall, call: OpenCall, leftMs: number): boolean;
}

export interface RetryOptions {
  readonly settings: RetrySettings;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** The retries of one upstream. */
export function createRetry({ settings, random }: RetryOptions): Retry {
  const { backoffMs, leastLeftMs } = settings;
  const budget = createBudget(settings);
  return {
    called: () => budget.called(),
    againAfterMs(ended, call, leftMs) {
      const waitMs = Math.round(backoffMs * (0.5 + random()));
      if (!isMendable(ended) || !mayAskTwice(ended, call)) return null;
      return leftMs - waitMs >= leastLeftMs && budget.take() ? waitMs : null;
    },
    mayMoveOn(ended, call, leftMs) {
      const isHope = isMendable(ended) || ended.outcome === 'garbled';
      if (!isHope || !mayAskTwice(ended, call) || leftMs < leastLeftMs) return false;
      return !wasSent(ended) || budget.take();
    },
  };
}

function isMendable({ outcome }: EndedCall): boolean {
  return outcome === 'down' || outcome === 'server_error';
}

function mayAskTwice(ended: EndedCall, { isRead, kind }: OpenCall): boolean {
  return !wasSent(ended) || (isRead && kind !== 'agency');
}

function wasSent({ reply }: EndedCall): boolean {
  return reply.kind === 'answered' || reply.wasSent;
}

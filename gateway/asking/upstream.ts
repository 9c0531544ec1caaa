/** One court or agency as the hub knows it: how to ask it, who guards it, and who is told what came of it. */

import type { Ask } from '../../common/wire.ts';
import type { CallOutcome, UpstreamKind } from '../operating/record.ts';
import { createBreaker, type Breaker, type BreakerSettings, type BreakerState, type Verdict } from './breaker.ts';
import type { Failure, Reply } from './reply.ts';

export interface Upstream {
  readonly kind: UpstreamKind;
  readonly id: string;
  readonly ask: Ask;
  readonly breaker: Breaker<EndedCall> | null;
  readonly watcher: Watcher;
}

/** One call that has ended: for whoever asked, and for whoever watches. */
export interface EndedCall {
  readonly reply: Reply | Failure;
  readonly outcome: CallOutcome;
  /** For the breaker. */
  readonly verdict: Verdict;
}

/** Told of every call to one upstream. */
export interface Watcher {
  began(): void;
  ended(outcome: CallOutcome, elapsedMs: number): void;
  breakerChanged(state: BreakerState['kind']): void;
}

export interface UpstreamOptions {
  readonly kind: UpstreamKind;
  readonly id: string;
  readonly ask: Ask;
  /** Null for none. */
  readonly breaker?: BreakerSettings | null;
  readonly watcher?: Watcher;
}

const nobody: Watcher = { began: () => undefined, ended: () => undefined, breakerChanged: () => undefined };

/** Puts an upstream together; without settings it has no breaker. */
export function createUpstream({ kind, id, ask, breaker = null, watcher = nobody }: UpstreamOptions): Upstream {
  return {
    kind,
    id,
    ask,
    watcher,
    breaker:
      breaker &&
      createBreaker({
        settings: breaker,
        now: () => performance.now(),
        verdictOf: ({ verdict }) => verdict,
        refused: () => refusedByBreaker,
        changed: (state) => watcher.breakerChanged(state),
      }),
  };
}

/** What a call comes to that the breaker does not let through. */
export const refusedByBreaker: EndedCall = {
  reply: { kind: 'failed', status: 'UNREACHABLE', reason: 'BREAKER_OPEN', elapsedMs: 0 },
  outcome: 'breaker_open',
  verdict: 'unknown',
};

/** One place where an upstream answers, with what is known and bounded for this place alone. */

import type { Ask } from '../../common/wire.ts';
import type { Breaker, BreakerKind } from './breaker.ts';
import type { Latency } from './latency.ts';
import type { Slots } from './slots.ts';

export interface Endpoint {
  /** Under it a request remembers whether it was let through. Never an address. */
  readonly id: string;
  readonly ask: Ask;
  /** Whether it may be asked: one whose program nobody knows, or that has another one than the others, may not. */
  readonly isAskable: boolean;
  /** Null for no limit. */
  readonly slots: Slots | null;
  /** Null for none: every question is asked. */
  readonly breaker: Breaker | null;
  /** Null where nobody asks for it. */
  readonly latency: Latency | null;
}

/** How somebody at several endpoints can be asked now: as the best of them can; and how many are not asked. */
export function stateOf(endpoints: readonly Endpoint[]): readonly [state: BreakerKind, unasked: number] {
  const kinds = endpoints.map(({ breaker }) => breaker?.kind() ?? 'closed');
  const state = (['closed', 'half-open'] as const).find((kind) => kinds.includes(kind)) ?? 'open';
  return [state, kinds.filter((kind) => kind !== 'closed').length];
}

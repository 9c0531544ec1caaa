/**
 * Members for whom whole rows beside a page were too much: for a while they are asked for their page alone, and for its rows in a
 * question of their own (decision 0049).
 */

export interface WholeRest {
  /** Whether this member is to be asked for its page alone. */
  isResting(member: string): boolean;
  /** Whole rows were too much for it. */
  begin(member: string): void;
}

/**
 * Nobody rests yet. A first rest is short: who is late because everybody is, for a moment, would otherwise be asked twice as often just
 * when that is what it cannot bear. When whole rows are too much again soon after it, the next one is twice as long, up to `mostMs`. That
 * small pages come whole in between says nothing of large ones.
 */
export function createWholeRest(mostMs: number): WholeRest {
  const nowMs = () => performance.now();
  const rests = new Map<string, { readonly untilMs: number; readonly lengthMs: number }>();
  const isResting = (member: string) => (rests.get(member)?.untilMs ?? 0) > nowMs();
  return {
    isResting,
    begin(member) {
      // Questions that were under way tell nothing new.
      if (isResting(member)) return;
      const last = rests.get(member);
      const isSoon = last !== undefined && nowMs() - last.untilMs < soon * last.lengthMs;
      const lengthMs = Math.min(mostMs, isSoon ? 2 * last.lengthMs : firstMs);
      rests.set(member, { untilMs: nowMs() + lengthMs, lengthMs });
    },
  };
}

const firstMs = 5_000;

/** So many times as long as it rested: who did well for that long begins anew. */
const soon = 10;

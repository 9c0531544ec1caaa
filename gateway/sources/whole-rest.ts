/**
 * Members for whom whole rows beside a page were too much: for some minutes they are asked for their page alone, and for its rows in a
 * question of their own (decision 0049).
 */

export interface WholeRest {
  /** Whether this member is to be asked for its page alone. */
  isResting(member: string): boolean;
  begin(member: string): void;
}

/** Nobody rests yet; whoever begins to rests for so many milliseconds. */
export function createWholeRest(restMs: number): WholeRest {
  const nowMs = () => performance.now();
  const until = new Map<string, number>();
  return {
    isResting: (member) => (until.get(member) ?? 0) > nowMs(),
    begin: (member) => void until.set(member, nowMs() + restMs),
  };
}

/** How old a proof may be, and how far the hub's clock may go before ours, in milliseconds. */
export const proofWindowMs = 30_000;

/** For how long a proof has to be remembered: one may be signed a window ahead of our clock, and then holds for two. */
export const proofLifeMs = 2 * proofWindowMs;

/** What other programs of the same name have taken. */
export interface SharedProofs {
  /** False when any of them has taken it; true when none has, and also when nobody could say so. */
  take(audience: string, salt: string): Promise<boolean>;
}

/** What this program has taken. Two generations: what neither holds is older than any proof that would still be taken. */
export function createUsedProofs() {
  let [older, newer] = [new Set<string>(), new Set<string>()];
  let turnsAtMs = 0;
  return {
    /** False when it was taken before. */
    take(salt: string, nowMs: number): boolean {
      if (nowMs >= turnsAtMs) {
        older = nowMs >= turnsAtMs + proofLifeMs ? new Set() : newer;
        newer = new Set();
        turnsAtMs = nowMs + proofLifeMs;
      }
      if (older.has(salt) || newer.has(salt)) return false;
      newer.add(salt);
      return true;
    },
  };
}

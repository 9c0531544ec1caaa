/** How many identity numbers somebody may search by: who works on cases has one, and has no thousands to try. */

import { createHmac, randomBytes } from 'node:crypto';

/** Above what an officer needs; below the thousand numbers that one district has for one birthday. */
export const defaultSearchesPerHour = 600;

const hourMs = 3_600_000;

/** Who has searched by how many, in this process and for an hour. */
export interface Searches {
  /** Null where he may search by this number; else the seconds after which he may by one more. One that he has asked by counts once. */
  take(subject: string, number: string): number | null;
  readonly perHour: number;
}

/** Counts different numbers in each last hour. They are kept as digests under a key that ends with the process. */
export function createSearches(perHour = defaultSearchesPerHour, nowMs = () => performance.now()): Searches {
  const key = randomBytes(32);
  // Of each subject when he first asked by which, the oldest first.
  const known = new Map<string, Map<string, number>>();
  let sweepsAtMs = nowMs() + hourMs;
  const forgetOld = (own: Map<string, number>, now: number) => {
    for (const [digest, at] of own) {
      if (now - at < hourMs) return;
      own.delete(digest);
    }
  };
  const sweep = (now: number) => {
    if (now < sweepsAtMs) return;
    sweepsAtMs = now + hourMs;
    for (const [subject, own] of known) {
      forgetOld(own, now);
      if (own.size === 0) known.delete(subject);
    }
  };
  return {
    perHour,
    take(subject, number) {
      const now = nowMs();
      sweep(now);
      const own = known.get(subject) ?? new Map<string, number>();
      known.set(subject, own);
      forgetOld(own, now);
      const digest = createHmac('sha256', key).update(folded(number)).digest('base64url');
      if (own.has(digest)) return null;
      if (own.size < perHour) {
        own.set(digest, now);
        return null;
      }
      const [oldest = now] = own.values();
      return Math.max(1, Math.ceil((oldest + hourMs - now) / 1_000));
    },
  };
}

/** Written otherwise it is the same number. */
function folded(number: string): string {
  return number.normalize('NFKC').replace(/\s/gu, '').toUpperCase();
}

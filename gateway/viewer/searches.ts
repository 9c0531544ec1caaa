/** How many identity numbers somebody may search by: who works on cases has one, and has no thousands to try. */

import { createHmac, randomBytes } from 'node:crypto';

import { parseIdentity } from '../../common/identity.ts';
import { toPlain } from '../../common/plain-text.ts';
import { ValueError } from '../../common/value-error.ts';

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

/** As courts read it, so that one person is one however his number is written. What they refuse is told apart by its signs. */
function folded(text: string): string {
  try {
    const { type, number } = parseIdentity(text);
    return JSON.stringify([type, number]);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return toPlain(text).toUpperCase();
  }
}

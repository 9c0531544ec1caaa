/** Tokens that were verified a moment ago, so that one is verified once for many questions, and no longer than it holds. */

import { createHash } from 'node:crypto';

import type { Viewer } from '../../common/viewer.ts';

/** The state of the issuer's keys: another object after each reading of them. */
export type Edition = object;

export interface VerifiedTokens {
  /** Whom it names, if it was verified by these very keys and is not over at this time; else null. */
  recall(token: string, keys: Edition, nowS: number): Viewer | null;
  /** Remembers one that ends at this time; the oldest goes when there are too many. */
  keep(token: string, keys: Edition, verified: { readonly viewer: Viewer; readonly endsAtS: number }): void;
}

const most = 2_000;

/** Remembers tokens by their digest: what stands in memory is good for nothing. */
export function createVerifiedTokens(): VerifiedTokens {
  let edition: Edition | null = null;
  const tokens = new Map<string, { readonly viewer: Viewer; readonly endsAtS: number }>();
  return {
    recall(token, keys, nowS) {
      if (edition !== keys) return null;
      const known = tokens.get(digestOf(token));
      return known !== undefined && nowS < known.endsAtS ? known.viewer : null;
    },
    keep(token, keys, verified) {
      if (edition !== keys) tokens.clear();
      edition = keys;
      tokens.set(digestOf(token), verified);
      const oldest = tokens.keys().next();
      if (tokens.size > most && oldest.done === false) tokens.delete(oldest.value);
    },
  };
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}

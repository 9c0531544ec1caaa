/** A program behind HTTP answers its hub alone: each question brings a proof of where it comes from. */

import type { KeyObject } from 'node:crypto';

import { bodyHash, readProof } from '../../common/proof.ts';
import { Refusal } from './http-refusal.ts';

/** What is asked, as it came. */
export interface ProvedRequest {
  readonly proof: string | readonly string[] | undefined;
  readonly method: string;
  /** Path and query string. */
  readonly path: string;
  readonly body: Uint8Array;
}

/** Says on whose behalf a question comes, null for the hub itself; throws Refusal 401 (`NOT_FROM_HUB`) unless a hub sends it, here, now, and for the first time. */
export type CheckProof = (request: ProvedRequest) => Readonly<Record<string, unknown>> | null;

export interface ProofOptions {
  /** Who this program is. */
  readonly audience: string;
  /** The hub's public keys by thumbprint, as they are now: two while one follows the other. */
  readonly keys: () => ReadonlyMap<string, KeyObject>;
  /** Milliseconds since 1970, of the real clock. */
  readonly nowMs?: () => number;
}

/** How old a proof may be, and how far the hub's clock may go before ours, in milliseconds. */
export const proofWindowMs = 30_000;

/** Checks proofs, and remembers those that were used for as long as they would hold. */
export function createProofCheck({ audience, keys, nowMs = Date.now }: ProofOptions): CheckProof {
  const used = createUsed();
  return ({ proof, method, path, body }) => {
    if (typeof proof !== 'string')
      throw refusal('the question has no proof of the hub; ask the hub, not this program.');
    const known = keys();
    const claims = readProof(proof, (kid) => known.get(kid));
    if (!claims) throw refusal('the proof is not signed by a hub that this program knows.');
    if (claims.aud !== audience) throw refusal('the proof is meant for another program.');
    if (claims.htm !== method || claims.htu !== path || claims.bh !== bodyHash(body)) {
      throw refusal('the proof is that of another question.');
    }
    const now = nowMs();
    if (Math.abs(now - claims.iat * 1_000) > proofWindowMs) {
      throw refusal(`the proof was not signed within ${proofWindowMs / 1_000} s of now; do the clocks agree?`);
    }
    if (!used.take(claims.jti, now)) throw refusal('the proof was used before.');
    return claims.viewer ?? null;
  };
}

/**
 * Two generations: what neither holds is older than any proof that would still be taken. A proof may be signed a window ahead of
 * our clock and then holds for two.
 */
function createUsed() {
  const lifeMs = 2 * proofWindowMs;
  let [older, newer] = [new Set<string>(), new Set<string>()];
  let turnsAtMs = 0;
  return {
    /** False when it was taken before. */
    take(jti: string, nowMs: number): boolean {
      if (nowMs >= turnsAtMs) {
        older = nowMs >= turnsAtMs + lifeMs ? new Set() : newer;
        newer = new Set();
        turnsAtMs = nowMs + lifeMs;
      }
      if (older.has(jti) || newer.has(jti)) return false;
      newer.add(jti);
      return true;
    },
  };
}

function refusal(message: string): Refusal {
  return new Refusal(401, 'NOT_FROM_HUB', message);
}

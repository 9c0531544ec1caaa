/** A program behind HTTP answers its hub alone: each question brings a proof of where it comes from. */

import type { KeyObject } from 'node:crypto';

import { readProof, sha256 } from '../../common/proof.ts';
import { Refusal } from './http-refusal.ts';
import { createUsedProofs, proofLifeMs, proofWindowMs, type SharedProofs } from './used-proofs.ts';

/** What is asked, as it came. */
export interface ProvedRequest {
  readonly proof: string | readonly string[] | undefined;
  readonly method: string;
  /** Path and query string. */
  readonly path: string;
  readonly body: Uint8Array;
}

/** Says on whose behalf a question comes, null for the hub itself; rejects with Refusal 401 (`NOT_FROM_HUB`) unless a hub sends it, here, now, and for the first time. */
export type CheckProof = (request: ProvedRequest) => Promise<Readonly<Record<string, unknown>> | null>;

export interface ProofOptions {
  /** Who this program is. */
  readonly audience: string;
  /** The hub's public keys by thumbprint, as they are now: two while one follows the other. */
  readonly keys: () => ReadonlyMap<string, KeyObject>;
  /** Where programs of this name tell one another what they have taken; absent: this one is alone. */
  readonly shared?: SharedProofs | undefined;
  /** Milliseconds since 1970, of the real clock. */
  readonly nowMs?: () => number;
}

/**
 * Checks proofs, and remembers those that were used for as long as they would hold. What was signed before this program was
 * there is refused: the program that was there before it may have taken it, and has forgotten.
 */
export function createProofCheck({ audience, keys, shared, nowMs = Date.now }: ProofOptions): CheckProof {
  const used = createUsedProofs();
  const startedMs = nowMs();
  return async ({ proof, method, path, body }) => {
    if (typeof proof !== 'string')
      throw refusal('the question has no proof of the hub; ask the hub, not this program.');
    const known = keys();
    const claims = readProof(proof, (kid) => known.get(kid));
    if (!claims) throw refusal('the proof is not signed by a hub that this program knows.');
    if (claims.aud !== audience) throw refusal('the proof is meant for another program.');
    if (claims.htm !== method || claims.htu !== path || claims.bh !== sha256(body)) {
      throw refusal('the proof is that of another question.');
    }
    const now = nowMs();
    // Whole, as a clock tells them: seconds with fractions lie beside them by less than one.
    const signedMs = Math.round(claims.iat * 1_000);
    if (Math.abs(now - signedMs) > proofWindowMs) {
      throw refusal(`the proof was not signed within ${proofWindowMs / 1_000} s of now; do the clocks agree?`);
    }
    // Not for longer than such a proof would hold: a clock that was an hour ahead at the start costs no hour.
    if (signedMs < startedMs && Math.abs(now - startedMs) <= proofLifeMs) {
      throw refusal('the proof was signed before this program was started; do the clocks agree?');
    }
    // First what is known here, at once: of two that come together one waits for the others' word.
    if (!used.take(claims.salt, now) || (shared && !(await shared.take(audience, claims.salt)))) {
      throw refusal('the proof was used before.');
    }
    return claims.viewer;
  };
}

function refusal(message: string): Refusal {
  return new Refusal(401, 'NOT_FROM_HUB', message);
}

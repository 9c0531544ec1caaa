/** Proofs put together by hand, so that they may say whatever a test wants. */

import { createHash, sign, type KeyObject } from 'node:crypto';

import type { ProofClaims, SigningKey } from '../../common/proof.ts';

/** JSON, base64url. */
export function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** SHA-256, base64url. */
export function digestOf(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** The head of the hub's signatures. */
export function headBy({ kid }: Pick<SigningKey, 'kid'>) {
  return { alg: 'EdDSA', typ: 'nonet-proof+sd-jwt', kid };
}

/** A JWS, whatever it says. */
export function jwsOf(head: object, payload: unknown, by: KeyObject): string {
  const text = `${encoded(head)}.${encoded(payload)}`;
  return `${text}.${sign(null, Buffer.from(text), by).toString('base64url')}`;
}

/** What is disclosed of a question. */
export function disclosureOf({ salt, aud, htm, htu, bh, viewer }: ProofClaims): string {
  return encoded([salt, { aud, htm, htu, bh, ...(viewer && { viewer }) }]);
}

/** What is signed of questions that leave together. */
export function payloadOf(iat: number, disclosures: readonly string[]) {
  return { iat, _sd_alg: 'sha-256', questions: disclosures.map((one) => ({ '...': digestOf(one) })) };
}

/** The proof of one question that leaves alone. */
export function handmadeProof(key: SigningKey, claims: ProofClaims): string {
  const disclosure = disclosureOf(claims);
  return `${jwsOf(headBy(key), payloadOf(claims.iat, [disclosure]), key.privateKey)}~${disclosure}~`;
}

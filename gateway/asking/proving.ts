/** Signs what leaves the hub, so that programs know it from anybody else's question. */

import { randomBytes } from 'node:crypto';

import { bodyHash, proofHeader, signProof, type SigningKey } from '../../common/proof.ts';

/** Makes the proof of one request: its header. */
export type Prove = (request: {
  /** Whom it is meant for. */
  readonly audience: string;
  readonly method: string;
  /** Path and query string. */
  readonly path: string;
  readonly body: string | Uint8Array;
  readonly viewer: Readonly<Record<string, unknown>> | null;
}) => Readonly<Record<string, string>>;

/** Proves by the key that the hub has at the moment. */
export function createProving(keyNow: () => SigningKey): Prove {
  return ({ audience, method, path, body, viewer }) => ({
    [proofHeader]: signProof(keyNow(), {
      aud: audience,
      htm: method,
      htu: path,
      bh: bodyHash(body),
      iat: Date.now() / 1_000,
      jti: randomBytes(12).toString('base64url'),
      ...(viewer && { viewer }),
    }),
  });
}

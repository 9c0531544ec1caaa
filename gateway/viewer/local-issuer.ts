/**
 * An issuer for a hub that nobody but this machine reaches: whoever may reach it may be whom he likes. Every person whom
 * such a hub knows is made up.
 */

import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

import { errors, SignJWT } from 'jose';

import { toClaims, type Viewer } from '../../common/viewer.ts';
import { createAuthenticate, type Authenticate } from './authenticate.ts';

/** What tokens of such an issuer are from, and for; no other issuer may have these names. */
export const localIssuerName = 'nonet-local';

/** The longest that a token of it may hold, in seconds: a day. */
export const longestLocalTtlS = 86_400;

export interface LocalIssuer {
  /** A token for this viewer that holds for so many seconds, which are at most `longestLocalTtlS`. */
  issue(viewer: Viewer, ttlS: number): Promise<string>;
  /** Believes tokens of this issuer alone. */
  readonly authenticate: Authenticate;
}

/** A key for a local issuer; nobody has it but this process. */
export function makeLocalKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

/** Issues under a private key of Ed25519. */
export function createLocalIssuer(key: KeyObject, now: () => number = Date.now): LocalIssuer {
  const verifying = createPublicKey(key);
  const kid = createHash('sha256')
    .update(verifying.export({ type: 'spki', format: 'der' }))
    .digest('base64url');
  return {
    issue(viewer, ttlS) {
      const nowS = Math.floor(now() / 1000);
      return new SignJWT({ ...toClaims(viewer) })
        .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'JWT' })
        .setIssuer(localIssuerName)
        .setAudience(localIssuerName)
        .setIssuedAt(nowS)
        .setExpirationTime(nowS + Math.min(ttlS, longestLocalTtlS))
        .sign(key);
    },
    authenticate: createAuthenticate({
      issuer: localIssuerName,
      audience: localIssuerName,
      algorithms: ['EdDSA'],
      keys: {
        edition: () => Promise.resolve(verifying),
        keyOf: (header) =>
          header.kid === kid ? Promise.resolve(verifying) : Promise.reject(new errors.JWKSNoMatchingKey()),
      },
      now,
    }),
  };
}

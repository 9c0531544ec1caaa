/** A set of public keys as an issuer shows it (RFC 7517): what of it can be used, and what is unfit for anybody. */

import { createPublicKey } from 'node:crypto';

import type { JSONWebKeySet, JWK } from 'jose';
import { z } from 'zod';

export interface ReadKeySet {
  /** Those that tokens can be verified by. */
  readonly jwks: JSONWebKeySet;
  /** A sentence about each key that nobody may sign by, without the key. */
  readonly unfit: readonly string[];
}

/** The least bits of an RSA key (RFC 7518 §3.3). */
const leastRsaBits = 2048;
const mostKeys = 100;

const keySet = z.looseObject({ keys: z.array(z.record(z.string(), z.unknown())).max(mostKeys) });

/**
 * Reads a key set. Keys of kinds that verify no token of ours, and keys without a name, are passed over, as the RFC wants
 * it; those that are secrets, too short, or known to the whole world are told. Throws when it is no key set at all.
 */
export function readKeySet(value: unknown): ReadKeySet {
  const read = keySet.safeParse(value);
  if (!read.success) throw new Error(`what it gives is no JSON Web Key Set of at most ${mostKeys} keys.`);
  const keys: JWK[] = [];
  const unfit: string[] = [];
  for (const [index, key] of read.data.keys.entries()) {
    const fault = faultOf(key);
    if (fault !== null) unfit.push(`key ${index + 1} ${fault}.`);
    else if (isForUs(key)) keys.push(key);
  }
  return { jwks: { keys }, unfit };
}

type UnreadKey = Readonly<Record<string, unknown>>;

function faultOf(key: UnreadKey): string | null {
  if (key['kty'] === 'oct') return 'is a shared secret (oct): show public keys only';
  if ('d' in key) return 'shows its private part: it belongs to everybody now, make another';
  const publicPart = key['x'] ?? key['n'];
  if (typeof publicPart === 'string' && examples.some((example) => publicPart.startsWith(example))) {
    return 'is an example printed in a standard, whose private part everybody has: make one of your own';
  }
  const bits = publicKeyOf(key)?.asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && bits < leastRsaBits) return `is an RSA key of ${bits} bits: it needs ${leastRsaBits}`;
  return null;
}

/** Public parts of the keys of RFC 7515 A.2 and A.3, RFC 7517 A.1, and RFC 8037 A.2, or what they begin with. */
const examples = [
  'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPd',
  'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
  '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbf',
  '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
];

function isForUs(key: UnreadKey): boolean {
  const { kty, kid, use = 'sig', crv } = key;
  if (typeof kid !== 'string' || kid === '' || use !== 'sig') return false;
  const isKnown = kty === 'RSA' || kty === 'EC' || (kty === 'OKP' && crv === 'Ed25519');
  return isKnown && publicKeyOf(key) !== null;
}

/** Null for what is no key that this process can read. */
function publicKeyOf(key: UnreadKey) {
  try {
    return createPublicKey({ key: { ...key }, format: 'jwk' });
  } catch {
    return null;
  }
}

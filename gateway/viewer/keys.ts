/** The keys that tokens are signed by, wherever they come from. */

import type { CompactJWSHeaderParameters, CryptoKey, FlattenedJWSInput } from 'jose';
import type { KeyObject } from 'node:crypto';

import type { Edition } from './verified.ts';

/** What a token says about its own making before anybody has believed it. */
export type TokenHeader = CompactJWSHeaderParameters;

export interface Keys {
  /**
   * The state of the keys once it may be believed; what was verified by them holds as long as it is the same. Rejects with
   * KeysUnavailable where none could ever be had.
   */
  edition(): Promise<Edition>;
  /**
   * The public key that a token's header names. Rejects with jose's errors where there is none that fits, and with
   * KeysUnavailable where none could ever be had.
   */
  keyOf(header: TokenHeader, token: FlattenedJWSInput): Promise<CryptoKey | KeyObject>;
}

/** No key of the issuer was ever had, or the last ones are too old: nothing is wrong with the token. */
export class KeysUnavailable extends Error {}

/** Signatures that a hub believes: of a private key that the hub does not have. A shared secret is none of them. */
export const tokenAlgorithms = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
] as const;

export type TokenAlgorithm = (typeof tokenAlgorithms)[number];

/** The key of the local issuer: made once and kept beside the rows, so that a token outlives a restart. */

import { createPrivateKey, type KeyObject } from 'node:crypto';
import { join } from 'node:path';

import { makeSecretFile, readSecretFile } from '../../common/secret-file.ts';
import { makeLocalKey } from '../../gateway/viewer/local-issuer.ts';

/** Its name in a data directory. */
export const issuerKeyName = 'issuer.key';

/** Where the key of a data directory is. */
export function issuerKeyFile(directory: string): string {
  return join(directory, issuerKeyName);
}

/** Reads the key of a data directory, or makes one that only its owner can read; null directory: a key for this process. */
export function keepIssuerKey(directory: string | null): KeyObject {
  if (directory === null) return makeLocalKey();
  const file = issuerKeyFile(directory);
  makeSecretFile(file, () => toKeyText(makeLocalKey()));
  return readIssuerKey(file);
}

/** Reads a key that has to be there, and that nobody else may read: whoever has it is whom he likes. */
export function readIssuerKey(file: string): KeyObject {
  const key = parseIssuerKey(readSecretFile(file));
  if (key !== null) return key;
  throw new Error(`${file} does not hold the key of a local issuer (Ed25519). Delete it, and another is made.`);
}

/** The key as text, for a file or for a process of ours. */
export function toKeyText(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The key in such a text; null for any other. */
export function parseIssuerKey(text: string): KeyObject | null {
  try {
    const key = createPrivateKey(text);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

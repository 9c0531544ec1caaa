/** The trail's own keys: what signs its heads, and the secret behind the marks of parties. Made once, kept for as long as the trail. */

import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeSecretFile, readSecretFile, SecretFileError } from '../../common/secret-file.ts';
import { markOfKey } from './head.ts';

export interface TrailKeys {
  /** Ed25519. */
  readonly signing: KeyObject;
  readonly public: KeyObject;
  /** Names the pair in a head. */
  readonly mark: string;
  /** 32 bytes: case and ordinal of a party are few enough to try them all. */
  readonly partySecret: Buffer;
}

/** Where the public key is that a trail is verified by, unless told. */
export function publicKeyFile(directory: string): string {
  return join(directory, 'signing.pub');
}

/**
 * Reads the keys of a trail's directory, or makes those that are not there; `signingFile` is where the key that signs is kept
 * elsewhere, and that has to be there. Throws Error that names the file that cannot be used.
 */
export function keepTrailKeys(directory: string, signingFile: string | null = null): TrailKeys {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = signingFile ?? join(directory, 'signing.key');
  if (signingFile === null)
    makeSecretFile(file, () => newSigningKey().export({ type: 'pkcs8', format: 'pem' }).toString());
  const signing = readKey(file, () => createPrivateKey(readSecretFile(file)));
  const own = createPublicKey(signing);
  const shown = publicKeyFile(directory);
  makeSecretFile(shown, () => own.export({ type: 'spki', format: 'pem' }).toString());
  if (markOfKey(readPublicKey(shown)) !== markOfKey(own)) {
    throw new Error(`${shown} is not the public half of ${file}; give the key that this trail was begun with.`);
  }
  const secretFile = join(directory, 'party.key');
  makeSecretFile(secretFile, () => randomBytes(32).toString('base64url'));
  const partySecret = Buffer.from(readSecretFile(secretFile).trim(), 'base64url');
  if (partySecret.length !== 32) throw new Error(`${secretFile} does not hold a key of 32 bytes; restore it.`);
  return { signing, public: own, mark: markOfKey(own), partySecret };
}

/** Keys for a trail that is kept in memory only. */
export function newTrailKeys(): TrailKeys {
  const signing = newSigningKey();
  const own = createPublicKey(signing);
  return { signing, public: own, mark: markOfKey(own), partySecret: randomBytes(32) };
}

/** An Ed25519 public key in a file of PEM. Throws Error that names the file. */
export function readPublicKey(file: string): KeyObject {
  return readKey(file, () => createPublicKey(readFileSync(file)));
}

function newSigningKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

function readKey(file: string, read: () => KeyObject): KeyObject {
  const wanted = `${file} does not hold an Ed25519 key in PEM`;
  let key: KeyObject;
  try {
    key = read();
  } catch (cause) {
    if (cause instanceof SecretFileError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    throw new Error(code === 'ENOENT' ? `${file} is not there.` : `${wanted}.`, { cause });
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${wanted}, but one of ${key.asymmetricKeyType ?? 'none'}.`);
  return key;
}

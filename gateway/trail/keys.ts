/** The trail's own keys: what signs its heads, and the secret behind the marks of parties. Made once, kept for as long as the trail. */

import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { makeSecretFile, readSecretFile, SecretFileError } from '../../common/secret-file.ts';
import { markOfKey } from './head.ts';
import { isSegment } from './segments.ts';

export interface TrailKeys {
  /** Ed25519. */
  readonly signing: KeyObject;
  readonly public: KeyObject;
  /** Names the pair in a head. */
  readonly mark: string;
  /** 32 bytes: case and ordinal of a party are few enough to try them all. */
  readonly partySecret: Buffer;
}

/** A file of a trail's keys that cannot be used. Its text names the file and what is wrong: starting again does not mend it. */
export class TrailKeyError extends Error {}

/** Where the public key is that a trail is verified by, unless told. */
export function publicKeyFile(directory: string): string {
  return join(directory, 'signing.pub');
}

/**
 * Reads the keys of a trail's directory, or makes those that are not there; `signingFile` is where the key that signs is kept
 * elsewhere, and that has to be there. Throws TrailKeyError for a file that cannot be used, SecretFileError for one that is open to others.
 */
export function keepTrailKeys(directory: string, signingFile: string | null = null): TrailKeys {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = signingFile ?? join(directory, 'signing.key');
  const secretFile = partyFile(directory);
  checkKept(directory, secretFile);
  // Before the public key: a directory that has that one has had all.
  makeSecretFile(secretFile, () => randomBytes(32).toString('base64url'));
  if (signingFile === null)
    makeSecretFile(file, () => newSigningKey().export({ type: 'pkcs8', format: 'pem' }).toString());
  const signing = readSigningKey(file);
  const own = createPublicKey(signing);
  const shown = publicKeyFile(directory);
  makeSecretFile(shown, () => own.export({ type: 'spki', format: 'pem' }).toString());
  checkPublicHalf(shown, file, own);
  return { signing, public: own, mark: markOfKey(own), partySecret: readPartySecret(secretFile) };
}

/** What is wrong with the keys of a trail's directory that are there already, a sentence each; nothing is made. */
export function trailKeyFaults(directory: string, signingFile: string | null = null): readonly string[] {
  const file = signingFile ?? join(directory, 'signing.key');
  const reads: readonly (readonly [file: string, read: (file: string) => unknown])[] = [
    [file, readSigningKey],
    [partyFile(directory), readPartySecret],
    [directory, () => checkKept(directory, partyFile(directory))],
    [publicKeyFile(directory), (shown) => checkPublicHalf(shown, file, createPublicKey(readSigningKey(file)))],
  ];
  const faults = reads.flatMap(([own, read]) => {
    if (own !== signingFile && !existsSync(own)) return [];
    try {
      read(own);
      return [];
    } catch (error) {
      if (error instanceof TrailKeyError || error instanceof SecretFileError) return [error.message];
      throw error;
    }
  });
  return [...new Set(faults)];
}

/** Keys for a trail that is kept in memory only. */
export function newTrailKeys(): TrailKeys {
  const signing = newSigningKey();
  const own = createPublicKey(signing);
  return { signing, public: own, mark: markOfKey(own), partySecret: randomBytes(32) };
}

/** An Ed25519 public key in a file of PEM. Throws TrailKeyError that names the file. */
export function readPublicKey(file: string): KeyObject {
  return readEd25519(file, () => createPublicKey(readFileSync(file)));
}

/** Throws TrailKeyError where the file with the public key has another one, or none. */
function checkPublicHalf(shown: string, file: string, own: KeyObject): void {
  if (markOfKey(readPublicKey(shown)) === markOfKey(own)) return;
  throw new TrailKeyError(`${shown} is not the public half of ${file}; give the key that this trail was begun with.`);
}

/** Throws TrailKeyError where a trail has lost the secret of its marks: a new one would find nobody again, without a word. */
function checkKept(directory: string, secretFile: string): void {
  if (existsSync(secretFile) || !isBegun(directory)) return;
  throw new TrailKeyError(`${secretFile} is not there; restore it: without it no party of this trail is found again.`);
}

/** Whether somebody has recorded anything here, or was about to. */
function isBegun(directory: string): boolean {
  if (existsSync(publicKeyFile(directory))) return true;
  return (
    existsSync(directory) &&
    readdirSync(directory, { recursive: true }).some((name) => isSegment(basename(String(name))))
  );
}

function partyFile(directory: string): string {
  return join(directory, 'party.key');
}

function readSigningKey(file: string): KeyObject {
  return readEd25519(file, () => createPrivateKey(readSecretFile(file)));
}

function readPartySecret(file: string): Buffer {
  const wanted = `${file} does not hold a key of 32 bytes; restore it`;
  const secret = readKey(file, wanted, () => Buffer.from(readSecretFile(file).trim(), 'base64url'));
  if (secret.length !== 32) throw new TrailKeyError(`${wanted}.`);
  return secret;
}

function newSigningKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

function readEd25519(file: string, read: () => KeyObject): KeyObject {
  const wanted = `${file} does not hold an Ed25519 key in PEM`;
  const key = readKey(file, wanted, read);
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new TrailKeyError(`${wanted}, but one of ${key.asymmetricKeyType ?? 'none'}.`);
  }
  return key;
}

/** `wanted` is what is told of a file that can be read, and holds no key. */
function readKey<Key>(file: string, wanted: string, read: () => Key): Key {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof SecretFileError) throw cause;
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new TrailKeyError(`${file} is not there.`, { cause });
    throw new TrailKeyError(syscall === undefined ? `${wanted}.` : `${file} cannot be read (${code}).`, { cause });
  }
}

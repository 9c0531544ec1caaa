/**
 * The key by which programs know their hub: private in `hub.key`, public in `hub-keys.json` (a JWK set, RFC 7517). Both files
 * are followed, so that one key can follow another without a restart.
 */

import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { toPublicJwk, toSigningKey, type PublicJwk, type SigningKey } from '../../common/proof.ts';
import { readSecretFile, makeSecretFile, type SecretOwner } from '../../common/secret-file.ts';
import { createProving, type Prove } from '../../gateway/asking/proving.ts';
import { createProofCheck, type CheckProof } from '../../subgraphs/kit/http-proof.ts';
import type { RedisProofs, RedisProofsOptions } from '../../subgraphs/kit/redis-proofs.ts';
import type { PartOperating } from '../operating/part.ts';
import type { Settings } from '../settings.ts';
import { watchFiles } from './file-watch.ts';
import type { Stack } from './stack.ts';

/** The two files of a data directory. */
export function hubKeyFiles(directory: string): { readonly privateFile: string; readonly publicFile: string } {
  return { privateFile: join(directory, 'hub.key'), publicFile: join(directory, 'hub-keys.json') };
}

/** Makes both files where neither is; several processes may start over one directory at once. */
export function keepHubKeys(directory: string, whose?: SecretOwner): void {
  const { privateFile, publicFile } = hubKeyFiles(directory);
  if (!existsSync(privateFile) && !existsSync(publicFile)) {
    makeSecretFile(privateFile, () => toPem(newHubKey()));
  }
  // Made of the key that is there, by whichever process made it.
  if (!existsSync(publicFile))
    writeWhole(publicFile, toKeySet([toPublicJwk(readHubKey(privateFile, whose).privateKey)]), 0o644);
}

/** A key that nobody has had. */
export function newHubKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

/** A private key as it stands in its file. */
export function toPem(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** A key set as it stands in its file. */
export function toKeySet(keys: readonly PublicJwk[]): string {
  return `${JSON.stringify({ keys }, null, 2)}\n`;
}

/** Reads the key that a hub signs with, and that nobody else may read; throws an Error that says what the file has to be. */
export function readHubKey(file: string, whose?: SecretOwner): SigningKey {
  return parseHubKey(
    readText(file, "the hub's key", (path) => readSecretFile(path, whose)),
    file,
  );
}

/** Reads the keys of hubs that a program answers; throws an Error that says what the file has to hold. */
export function readHubKeySet(file: string): readonly PublicJwk[] {
  return parseHubKeySet(readText(file, "the hub's public keys"), file);
}

/** Writes a file whole or not at all, in the place of what is there. */
export function writeWhole(file: string, text: string, mode: number): void {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, text, { mode });
  renameSync(draft, file);
}

export const hubKeyOption = { 'hub-key': 'string' } as const;
export const hubKeysOption = { 'hub-keys': 'string' } as const;

/** The help of a part that asks others, and of one that is asked; as wide as their other options. */
export const hubKeyHelp = [
  '  --hub-key FILE            the key that questions are signed with (NONET_HUB_KEY_FILE, default hub.key in the data',
  '                            directory, where it is made when there is none); followed: see nonet hub-key',
];
export const hubKeysHelp = [
  '  --hub-keys FILE           the public keys of the hub whose questions are answered (NONET_HUB_KEYS_FILE, default',
  '                            hub-keys.json in the data directory, where it is made when there is none); followed.',
  '                            none: whoever is on this machine is answered, for an engine that cannot sign.',
  '                            Several programs of one name tell one another at REDIS_URL (redis://host:port) which',
  '                            questions they have taken, so that one is never put again to another of them',
];

/** How the hub proves its questions, by its setting; to be opened after `settings.check()`. */
export function readProving(settings: Settings, data: string): (stack: Stack) => Prove {
  const file = fileOf(settings, { option: 'hub-key', variable: 'NONET_HUB_KEY_FILE' }, data, 'privateFile');
  const first = settings.read(() => readHubKey(file));
  return (stack) => {
    let key = first!;
    follow(stack, file, () => {
      key = readHubKey(file);
    });
    return createProving(() => key);
  };
}

/** Opens the check of whose questions a part is asked; undefined where somebody chose that anybody on this machine is answered. */
export type OpenProofCheck = (
  stack: Stack,
  audience: string,
  operating: Pick<PartOperating, 'faulted' | 'unshared'>,
) => Promise<CheckProof | undefined>;

/**
 * How a part checks it, by its setting; to be opened after `settings.check()`. With a Redis programs of one name tell one
 * another there which proofs they have taken.
 */
export function readProofCheck(settings: Settings, data: string, redisUrl: string | undefined): OpenProofCheck {
  const place = { option: 'hub-keys', variable: 'NONET_HUB_KEYS_FILE' };
  if (settings.text(place) === 'none') return () => Promise.resolve(undefined);
  const file = fileOf(settings, place, data, 'publicFile');
  const first = settings.read(() => readHubKeySet(file));
  return async (stack, audience, { faulted, unshared }) => {
    let keys = toKeyMap(first!);
    follow(stack, file, (text) => {
      keys = toKeyMap(parseHubKeySet(text, file));
    });
    const options = { url: redisUrl ?? '', onFault: faulted, onUnshared: unshared };
    const shared = redisUrl === undefined ? undefined : stack.keep(await openShared(options));
    return createProofCheck({ audience, keys: () => keys, shared });
  };
}

/** Redis is loaded by those who have one. */
async function openShared(options: RedisProofsOptions): Promise<RedisProofs> {
  const { openRedisProofs } = await import('../../subgraphs/kit/redis-proofs.ts');
  return openRedisProofs(options);
}

function fileOf(
  settings: Settings,
  place: Parameters<Settings['text']>[0],
  data: string,
  which: 'privateFile' | 'publicFile',
): string {
  const named = settings.text(place);
  // One that was named has to be there: another made in its place would be nobody's hub.
  if (named !== undefined) return named;
  settings.read(() => keepHubKeys(data));
  return hubKeyFiles(data)[which];
}

/** A file that cannot be read keeps what was read before: a question is refused for no slip of a hand. */
function follow(stack: Stack, file: string, take: (text: string) => void): void {
  stack.keep(
    watchFiles({
      files: [file],
      everyMs: followEveryMs,
      changed(texts) {
        const text = texts.get(file) ?? null;
        try {
          if (text === null) throw new Error(`${file} is not there or cannot be read.`);
          take(text);
        } catch (error) {
          process.emitWarning(`${(error as Error).message} The keys that were read before are kept.`);
        }
      },
    }),
  );
}

const followEveryMs = 1_000;

function toKeyMap(keys: readonly PublicJwk[]): ReadonlyMap<string, KeyObject> {
  return new Map(keys.map((jwk) => [jwk.kid, createPublicKey({ key: { ...jwk }, format: 'jwk' })]));
}

function parseHubKey(pem: string, file: string): SigningKey {
  try {
    return toSigningKey(createPrivateKey(pem));
  } catch {
    // Without the cause: it may repeat what stands in the file.
    throw new Error(`${file} does not hold an Ed25519 private key in PEM; nonet hub-key makes one.`);
  }
}

function parseHubKeySet(text: string, file: string): readonly PublicJwk[] {
  try {
    const { keys } = JSON.parse(text) as { readonly keys: readonly object[] };
    const read = keys.map((key) => toPublicJwk(createPublicKey({ key: { ...key }, format: 'jwk' })));
    if (read.length > 0) return read;
  } catch {
    // What is wrong is said below.
  }
  throw new Error(
    `${file} does not hold Ed25519 public keys: { "keys": [{ "kty": "OKP", "crv": "Ed25519", "x": … }] }.`,
  );
}

function readText(file: string, what: string, read = (path: string) => readFileSync(path, 'utf8')): string {
  try {
    return read(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // What is wrong with its mode says so itself.
    if (code === undefined) throw error;
    throw new Error(`${what} cannot be read in ${dirname(file)} (${code}); nonet hub-key makes them.`, {
      cause: error,
    });
  }
}

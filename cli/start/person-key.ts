/** The city's key for person ids: made once, kept beside the rows, so that ids are the same after a restart. */

import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';

import { personKeyMark, type PersonKey } from '../../common/person-id.ts';
import { makeSecretFile, readSecretFile } from '../../common/secret-file.ts';
import { SettingsFault } from '../command.ts';
import type { Settings } from '../settings.ts';

/** Where the key of a data directory is. */
export function personKeyFile(directory: string): string {
  return join(directory, 'person.key');
}

/** Reads the key of a data directory, or makes one that only its owner can read; null directory: a key for this process. */
export function keepPersonKey(directory: string | null): PersonKey {
  if (directory === null) return { version: 1, secret: randomBytes(32) };
  const file = personKeyFile(directory);
  makeSecretFile(file, () => randomBytes(32).toString('base64url'));
  return readPersonKey(file);
}

/** Reads a key that has to be there, and that nobody else may read. */
export function readPersonKey(file: string): PersonKey {
  const secret = Buffer.from(readSecretFile(file).trim(), 'base64url');
  if (secret.length !== 32)
    throw new Error(`${file} does not hold a key of 32 bytes. Restore it, or start anew with --fresh.`);
  return { version: 1, secret };
}

/**
 * The city's key as `--person-key` names it, else that of the data directory. A key that was named has to be there: one
 * made in its place would not be the city's.
 */
export function readKeySetting(settings: Settings, data: string): () => PersonKey {
  return readNamedKey(settings)?.read ?? (() => keepPersonKey(data));
}

/** A key that was named, and the file it stands in. */
export interface NamedKey {
  readonly file: string;
  /** Only after `settings.check()`: it was read by then. */
  readonly read: () => PersonKey;
}

/** The key that `--person-key` or its variable names; null where neither does. One that cannot be read is a fault. */
export function readNamedKey(settings: Settings): NamedKey | null {
  const file = settings.text({ option: 'person-key', variable: 'NONET_PERSON_KEY_FILE' });
  if (file === undefined) return null;
  const key = settings.read(() => {
    try {
      return readPersonKey(file);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      throw new Error(`the person key cannot be read in ${dirname(file)} (${code}); give the file of the city's key.`, {
        cause: error,
      });
    }
  });
  return { file, read: () => key! };
}

/**
 * The mark of the city's key, given as such or as the file of the key, for a hub to compare courts with; null where neither
 * is. To be called after `settings.check()`.
 */
export function readKeyMark(settings: Settings, key = readNamedKey(settings)): () => string | null {
  const mark = settings.text({ option: 'person-key-mark', variable: 'NONET_PERSON_KEY_MARK' });
  if (mark !== undefined && !isKeyMark(mark)) {
    settings.fault('the mark of the person key is none; give it as a court tells it at its start: k1.…');
  }
  return () => {
    const own = key && personKeyMark(key.read());
    if (mark !== undefined && own !== null && mark !== own) {
      throw new SettingsFault(['the mark of the person key and its file are not of one key; give one of the two.']);
    }
    return mark ?? own;
  };
}

function isKeyMark(text: string): boolean {
  return /^k(?:0|[1-9]\d{0,5})\.[A-Za-z0-9_-]{43}$/.test(text);
}

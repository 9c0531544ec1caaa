/** The city's key for person ids: made once, kept beside the rows, so that ids are the same after a restart. */

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { PersonKey } from '../../common/person-id.ts';

/** Reads the key of a data directory, or makes one that only its owner can read; null directory: a key for this process. */
export function keepPersonKey(directory: string | null): PersonKey {
  if (directory === null) return { version: 1, secret: randomBytes(32) };
  const file = join(directory, 'person.key');
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true });
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  }
  const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  if (secret.length !== 32)
    throw new Error(`${file} does not hold a key of 32 bytes. Restore it, or start anew with --fresh.`);
  return { version: 1, secret };
}

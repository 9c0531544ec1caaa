/** Files that hold a secret: made once, whole or not at all, for their owner's eyes, and read only while nobody else has them. */

import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A secret that others may read. Its text names the file, and how to close it. */
export class SecretFileError extends Error {
  constructor(file: string) {
    super(`${file} holds a secret and may be read by others than its owner: chmod 600 ${file}`);
  }
}

/**
 * The text of a file that its owner alone may open. Throws SecretFileError for one that is open to others; the system's own error where it cannot be read. Windows has no such modes, and nothing is looked at there.
 */
export function readSecretFile(file: string): string {
  const open = openSync(file, 'r');
  try {
    // Of what was opened, and not of what stands under the name a moment later.
    if (process.platform !== 'win32' && (fstatSync(open).mode & 0o077) !== 0) {
      throw new SecretFileError(file);
    }
    return readFileSync(open, 'utf8');
  } finally {
    closeSync(open);
  }
}

/** Makes the file, readable by its owner alone; one that is there already stays: several may start over one directory at once. */
export function makeSecretFile(file: string, make: () => string): void {
  if (existsSync(file)) return;
  const directory = dirname(file);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const draft = join(directory, `draft-${randomUUID()}.key`);
  writeFileSync(draft, make(), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

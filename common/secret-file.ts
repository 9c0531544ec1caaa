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

/** A secret that others may read, or that is somebody else's. Its text names the file, and how to mend it. */
export class SecretFileError extends Error {
  constructor(file: string, owner: number | null = null) {
    super(
      owner === null
        ? `${file} holds a secret and may be read by others than its owner: chmod 600 ${file}`
        : `${file} holds a secret and belongs to another user (${owner}), who may read and replace it: run as that user, or chown ${ownUser()} ${file}`,
    );
  }
}

/** `any` for a tool by which root tends to the keys of the users that programs run as. */
export type SecretOwner = 'own' | 'any';

/**
 * The text of a file that its owner alone may open, who is the process's own user or root. Throws SecretFileError for any other;
 * the system's own error where it cannot be read. Windows has no such modes, and nothing is looked at there.
 */
export function readSecretFile(file: string, whose: SecretOwner = 'own'): string {
  const open = openSync(file, 'r');
  try {
    // Of what was opened, and not of what stands under the name a moment later.
    if (process.platform !== 'win32') {
      const { mode, uid } = fstatSync(open);
      if ((mode & 0o077) !== 0) throw new SecretFileError(file);
      // Root may read anybody's file; whose it is may still put another secret there.
      if (whose === 'own' && uid !== 0 && uid !== ownUser()) throw new SecretFileError(file, uid);
    }
    return readFileSync(open, 'utf8');
  } finally {
    closeSync(open);
  }
}

function ownUser(): number {
  return process.geteuid?.() ?? 0;
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

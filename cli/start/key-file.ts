/** Files that hold a secret of a data directory: made once, whole or not at all, for their owner's eyes. */

import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Makes the file, readable by its owner alone; one that is there already stays: several may start over one directory at once. */
export function makeKeyFile(file: string, text: string): void {
  const directory = dirname(file);
  mkdirSync(directory, { recursive: true });
  const draft = join(directory, `draft-${randomUUID()}.key`);
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

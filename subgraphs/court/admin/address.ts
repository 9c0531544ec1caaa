import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSecretFile } from '../../../common/secret-file.ts';
import { parseAdminAddress, type AdminAddress } from './wire.ts';

/** The file beside a court's data that says where its admin door is; only its owner may read it. */
export function adminFile(directory: string): string {
  return join(directory, 'admin.json');
}

/** Writes the file whole, readable by its owner alone, in the place of an older one. */
export function writeAdminAddress(directory: string, address: AdminAddress): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const draft = join(directory, `admin-${randomUUID()}.json`);
  writeFileSync(draft, JSON.stringify(address), { flag: 'wx', mode: 0o600 });
  renameSync(draft, adminFile(directory));
}

/** The address of a running court's door; null when there is none. Throws SyntaxError or ZodError for a damaged file, SecretFileError for one that others may read. */
export function readAdminAddress(directory: string): AdminAddress | null {
  try {
    return parseAdminAddress(readSecretFile(adminFile(directory)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Removes the file, unless another process has put its own there. */
export function removeAdminAddress(directory: string, { secret }: AdminAddress): void {
  try {
    if (readAdminAddress(directory)?.secret !== secret) return;
  } catch {
    // Somebody else's file, and damaged: not ours to remove.
    return;
  }
  rmSync(adminFile(directory), { force: true });
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a registry file of the first few courts; with a url they all run elsewhere. */
export function writeSmallRegistry(directory: string, courts: number, url?: string): string {
  const registry = JSON.parse(readFileSync(new URL('../../registry/courts.json', import.meta.url), 'utf8')) as {
    courts: object[];
  };
  const few = registry.courts
    .slice(0, courts)
    .map((court) => (url === undefined ? court : { ...court, endpoint: { url } }));
  const file = join(directory, 'registry.json');
  writeFileSync(file, JSON.stringify({ courts: few }));
  return file;
}

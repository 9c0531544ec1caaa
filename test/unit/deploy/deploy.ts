import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const root = new URL('../../../', import.meta.url);

/** A file of the project as text. */
export function text(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}

/** A YAML file of the project with its anchors merged; the file is ours, so its aliases may be many. */
export function yaml(path: string): unknown {
  return parse(text(path), { merge: true, maxAliasCount: -1 });
}

/** The names of a folder's files. */
export function filesOf(folder: string): string[] {
  return readdirSync(new URL(folder, root)).sort();
}

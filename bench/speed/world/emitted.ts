/** What is emitted of the product's programs, read without loading them: a process of the benchmark is not to wait for what it does not use. */

import { readFileSync } from 'node:fs';

/** The text of a file in schema/emitted/. */
export function readEmitted(name: string): string {
  return readFileSync(new URL(`../../../schema/emitted/${name}`, import.meta.url), 'utf8');
}

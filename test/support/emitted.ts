/** The graph as it is committed: cheaper to read than to build from the programs, and a test holds the two equal. */

import { readFileSync } from 'node:fs';

/** One file of schema/emitted/ by name, such as `court` or `supergraph`. */
export function emitted(name: string): string {
  return readFileSync(new URL(`../../schema/emitted/${name}.graphql`, import.meta.url), 'utf8');
}

/** The ordinary subgraphs by name: everything but the courts. */
export function emittedSubgraphs(): Map<string, string> {
  return new Map(['registry', 'bank', 'vehicle', 'property', 'command'].map((name) => [name, emitted(name)]));
}

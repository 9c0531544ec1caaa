/** What came, put into what is there. */

import { getOperationAST, Kind, type DocumentNode, type SelectionSetNode } from 'graphql';

import { evaluated, quoted } from '../../generated-code.ts';
import { Verbatim } from '../../verbatim.ts';
import { isRow, type Row } from './places.ts';

/** Puts what came into what is there: objects and lists of one length are united, everything else takes the place, and so does what stays as it came. */
export function unite(target: Row, source: Row): void {
  for (const key in source) {
    const value = source[key];
    if (value !== undefined) target[key] = united(target[key], value);
  }
}

/** What stands in a place where there was something, or undefined. */
function united(known: unknown, value: unknown): unknown {
  if (known === undefined || known === value || known instanceof Verbatim || value instanceof Verbatim) return value;
  if (isRow(known) && isRow(value)) unite(known, value);
  else if (Array.isArray(known) && Array.isArray(value) && known.length === value.length) uniteItems(known, value);
  else return value;
  return known;
}

function uniteItems(target: unknown[], source: readonly unknown[]): void {
  for (let index = 0; index < source.length; index += 1) {
    const value = source[index];
    const known = target[index];
    target[index] = united(known, value);
  }
}

/**
 * The same for the entities of a question: by the keys that it asks for, and what they echo beside them is left behind. The code for
 * `{ bank { status } name }`:
 *
 *     return (target, source) => {
 *       const v0 = source["bank"];
 *       if (v0 !== undefined) target["bank"] = united(target["bank"], v0);
 *       …
 *     };
 *
 * Each has its own, since V8 remembers for each place in the code what objects look like there.
 */
export function compileUnite(document: DocumentNode): typeof unite {
  const [only, ...others] = getOperationAST(document)?.selectionSet.selections ?? [];
  if (only?.kind !== Kind.FIELD || only.name.value !== '_entities' || others.length > 0) return unite;
  const keys = new Set<string>();
  if (!only.selectionSet || !collectKeys(only.selectionSet, keys)) return unite;
  const lines = [...keys].map(
    (key, index) =>
      `const v${index} = source[${quoted(key)}];\n` +
      `if (v${index} !== undefined) target[${quoted(key)}] = united(target[${quoted(key)}], v${index});`,
  );
  return evaluated(`return (target, source) => {\n${lines.join('\n')}\n};`, { united }) as typeof unite;
}

/** The response keys of all the fields that stand here; false where they are not to be seen, or mean something to every object. */
function collectKeys({ selections }: SelectionSetNode, keys: Set<string>): boolean {
  return selections.every((one) => {
    if (one.kind === Kind.INLINE_FRAGMENT) return collectKeys(one.selectionSet, keys);
    if (one.kind !== Kind.FIELD) return false;
    const key = (one.alias ?? one.name).value;
    keys.add(key);
    return !(key in Object.prototype);
  });
}

/** The response keys of a question: what errors may point at, and which fields they are. */

import { visit, type DocumentNode } from 'graphql';

import type { Answer } from '../../common/wire.ts';

export interface AskedKeys {
  /** Whether a response key stands in the question. */
  has(key: string): boolean;
  /** The field that is asked for under a key; the key itself where several are. */
  nameOf(key: string): string;
}

/** The keys of a document, read when the first is asked for. */
export function keysOf(document: DocumentNode): AskedKeys {
  let names: ReadonlyMap<string, string> | null = null;
  const read = () => (names ??= namesIn(document));
  return { has: (key) => read().has(key), nameOf: (key) => read().get(key) ?? key };
}

function namesIn(document: DocumentNode): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  visit(document, {
    Field({ alias, name }) {
      const key = alias?.value ?? name.value;
      names.set(key, (names.get(key) ?? name.value) === name.value ? name.value : key);
    },
  });
  return names;
}

/** The answer with paths that end where they leave the question, and none where there is no path at all: the rest is a stranger's text. */
export function withLawfulPaths(answer: Answer, keys: AskedKeys): Answer {
  const { errors } = answer;
  if (!errors || errors.length === 0) return answer;
  return {
    ...answer,
    errors: errors.map(({ path, ...error }) => (Array.isArray(path) ? { ...error, path: lawful(path, keys) } : error)),
  };
}

function lawful(path: readonly unknown[], keys: AskedKeys): (string | number)[] {
  const steps: (string | number)[] = [];
  for (const step of path) {
    const isPlace = typeof step === 'number' ? Number.isSafeInteger(step) : typeof step === 'string' && keys.has(step);
    if (!isPlace) break;
    steps.push(step as string | number);
  }
  return steps;
}

/** Paths of errors as far as they are places of the question: whatever else stands in them is a stranger's text. */

import type { Answer } from '../../common/wire.ts';

/** Whether a word stands in a question, and so may be a response key of its answer. */
export type IsKey = (step: string) => boolean;

/** The words of a question, read when the first is asked for. */
export function keysIn(query: string): IsKey {
  let words: ReadonlySet<string> | null = null;
  return (step) => (words ??= new Set(query.match(/[_A-Za-z]\w*/g))).has(step);
}

/** The answer with paths that end where they leave the question, and none where there is no path at all. */
export function withLawfulPaths(answer: Answer, isKey: IsKey): Answer {
  const { errors } = answer;
  if (!errors || errors.length === 0) return answer;
  return {
    ...answer,
    errors: errors.map(({ path, ...error }) => (Array.isArray(path) ? { ...error, path: lawful(path, isKey) } : error)),
  };
}

function lawful(path: readonly unknown[], isKey: IsKey): (string | number)[] {
  const steps: (string | number)[] = [];
  for (const step of path) {
    if (typeof step === 'number' ? !Number.isSafeInteger(step) : typeof step !== 'string' || !isKey(step)) break;
    steps.push(step as string | number);
  }
  return steps;
}

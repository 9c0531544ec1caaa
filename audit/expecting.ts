/** How audits say what they expected and what came: one sentence, with counts, courts and codes, and nobody's number. */

import type { Answer } from '../common/wire.ts';

/** Throws the sentence unless it holds. */
export function expectThat(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence);
}

/** Requires plain values to be equal, in JSON; only for what may be shown: counts, statuses, codes, sums. */
export function expectEqual(what: string, came: unknown, expected: unknown): void {
  const [is, should] = [toText(came), toText(expected)];
  expectThat(is === should, `${what}: expected ${cut(should)}; came ${cut(is)}.`);
}

/** Requires values to be equal without showing them: rows, names, persons. */
export function expectSame(what: string, came: unknown, expected: unknown): void {
  if (toText(came) === toText(expected)) return;
  throw new Error(`${what}: ${differenceOf(came, expected)}.`);
}

/** Requires these items in this order, each once; says how many are missing, too many or out of place. */
export function expectItems(what: string, came: readonly string[], expected: readonly string[]): void {
  const missing = expected.filter((item) => !came.includes(item)).length;
  const foreign = came.filter((item) => !expected.includes(item)).length;
  const twice = came.length - new Set(came).size;
  const at = expected.findIndex((item, index) => came[index] !== item);
  if (came.length === expected.length && at === -1) return;
  const faults = [
    missing > 0 && `${missing} missing`,
    foreign > 0 && `${foreign} that should not be there`,
    twice > 0 && `${twice} given twice`,
    missing + foreign + twice === 0 && `out of order from place ${at + 1} on`,
  ].filter(Boolean);
  throw new Error(`${what}: expected ${expected.length}; came ${came.length}, ${faults.join(', ')}.`);
}

/** The codes of an answer's errors. */
export function codesOf({ errors = [] }: Answer): string[] {
  return errors.map(({ extensions }) => (typeof extensions?.['code'] === 'string' ? extensions['code'] : 'no code'));
}

/** Requires an answer without errors. */
export function expectWhole(what: string, answer: Answer): void {
  expectThat(
    (answer.errors ?? []).length === 0,
    `${what}: expected no error; came ${answer.errors?.length ?? 0}: ${cut([...new Set(codesOf(answer))].join(', '))}.`,
  );
}

/** Requires exactly one error, with this code and about this court, and returns its facts. */
export function expectOneError(what: string, answer: Answer, code: string, court?: string): Record<string, unknown> {
  expectEqual(`${what}: codes of the errors`, codesOf(answer), [code]);
  const facts = answer.errors![0]!.extensions ?? {};
  if (court !== undefined) expectEqual(`${what}: the court that the error names`, facts['court'], court);
  return facts;
}

function differenceOf(came: unknown, expected: unknown): string {
  if (Array.isArray(came) && Array.isArray(expected)) {
    const at = expected.findIndex((item, index) => toText(item) !== toText(came[index]));
    const place = at === -1 ? '' : `; they differ first at place ${at + 1}`;
    return `expected ${expected.length} items, came ${came.length}${place}`;
  }
  return `expected another value than the ${came == null ? 'null' : 'one'} that came`;
}

function toText(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function cut(text: string): string {
  const plain = text.replace(/\d{9,}[\dXx]?/g, '…');
  return plain.length > 300 ? `${plain.slice(0, 300)}…` : plain;
}

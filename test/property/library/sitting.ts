/** What a program notes while it answers one question, beside the answer. */

/** Paths are texts with `@` for every item of a list, as the hub writes them with `[]`. */
export interface Sitting {
  /** How many values differ that have to agree. */
  conflicts: number;
  /** Lists that have more than was asked for, by the path in the answer. */
  readonly truncated: (readonly (string | number)[])[];
  /** Who answered each gathered field, by its path without list positions. */
  readonly covered: Map<string, Coverage>;
}

/** The status of each branch. */
export type Coverage = Readonly<Record<string, string>>;

export function openSitting(): Sitting {
  return { conflicts: 0, truncated: [], covered: new Map() };
}

interface Path {
  readonly prev: Path | undefined;
  readonly key: string | number;
}

/** The steps of graphql-js's own linked path. */
export function stepsOf(path: Path | undefined): (string | number)[] {
  return path ? [...stepsOf(path.prev), path.key] : [];
}

/** A path as the hub writes it: lists without positions. */
export function textOf(steps: readonly (string | number)[]): string {
  return steps
    .map((step) => (typeof step === 'number' ? '@' : step))
    .join('.')
    .replaceAll('.@', '[]');
}

const weights = ['NOT_ASKED', 'NONE', 'FOUND'];

/** One path may stand for many fields: found in one is found. */
export function cover(sitting: Sitting, steps: readonly (string | number)[], coverage: Coverage): void {
  const path = textOf(steps);
  const known = sitting.covered.get(path) ?? coverage;
  const united = Object.entries(coverage).map(([code, status]) => {
    return [code, weights.indexOf(known[code]!) > weights.indexOf(status) ? known[code]! : status];
  });
  sitting.covered.set(path, Object.fromEntries(united) as Coverage);
}

/** Where objects stand in what has been fetched so far. */

/** An object of an answer. */
export type Row = Record<string, unknown>;

/** Every object at a path, in order; `@` is every item of a list. What is null, absent or no object is left out. */
export function rowsAt(root: Row, path: readonly string[]): Row[] {
  const rows: Row[] = [];
  visit(root, path, 0, (row) => rows.push(row));
  return rows;
}

/** The paths of the same objects, in the same order, with the indexes of lists. */
export function pathsAt(root: Row, path: readonly string[]): (string | number)[][] {
  const paths: (string | number)[][] = [];
  const steps: (string | number)[] = [];
  visit(root, path, 0, () => paths.push([...steps]), steps);
  return paths;
}

function visit(
  value: unknown,
  path: readonly string[],
  at: number,
  found: (row: Row) => void,
  steps?: (string | number)[],
): void {
  if (typeof value !== 'object' || value === null) return;
  if (at === path.length) {
    if (!Array.isArray(value)) found(value as Row);
    else for (const [index, item] of value.entries()) stepInto(item, index, path, at, found, steps);
    return;
  }
  const step = path[at]!;
  if (step === '@') {
    if (!Array.isArray(value)) return;
    if (steps) for (const [index, item] of value.entries()) stepInto(item, index, path, at + 1, found, steps);
    else for (const item of value as unknown[]) visit(item, path, at + 1, found);
  } else if (Object.hasOwn(value, step)) {
    stepInto((value as Row)[step], step, path, at + 1, found, steps);
  }
}

function stepInto(
  value: unknown,
  step: string | number,
  path: readonly string[],
  at: number,
  found: (row: Row) => void,
  steps?: (string | number)[],
): void {
  steps?.push(step);
  visit(value, path, at, found, steps);
  steps?.pop();
}

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

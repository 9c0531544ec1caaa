/** Whether an answer of which something is lacking may be what it is. */

/**
 * What is wrong with a value, if anything: each is the one that all courts give together (`whole`), the one of all but the court that
 * lacks something (`apart`), or null.
 */
export function unexplained(value: unknown, whole: unknown, apart: unknown, path: string): string | undefined {
  if (value === null || isSame(value, whole) || isSame(value, apart)) return undefined;
  // What stands in that court's rows is nobody's without it; with it, the others say of it what they know: nothing, or less than all.
  if (apart === undefined && (neutral.has(JSON.stringify(value)) || isLess(value, whole))) return undefined;
  if (Array.isArray(value)) {
    const pairs = pairsOf(value, whole, apart);
    if (pairs === null) return `${path} is nobody's list`;
    return firstOf(pairs, ([item, one, other], index) => unexplained(item, one, other, `${path}.${index}`));
  }
  if (typeof value === 'object') {
    return firstOf(Object.entries(value), ([key, one]) =>
      unexplained(one, fieldOf(whole, key), fieldOf(apart, key), `${path}.${key}`),
    );
  }
  // Whatever misses something is a lower bound.
  return value === true ? undefined : `${path} is ${JSON.stringify(value)}, not ${JSON.stringify([whole, apart])}`;
}

const neutral: ReadonlySet<string> = new Set(['0', '"0.00"', '[]', 'false']);

/** Of numbers counts alone are lower bounds, and a small city has no hundred of anything; years are greater. */
function isLess(value: unknown, whole: unknown): boolean {
  return typeof value === 'number' && typeof whole === 'number' && value >= 0 && value < whole && whole < 1_000;
}

type Pairs = readonly (readonly [item: unknown, one: unknown, other: unknown])[];

/**
 * Each item with its counterparts: the same case or person, what stands at its place where that is not to be seen, or, in groups of which that
 * court alone may have one, what is of the same group. Null when it is as long as neither list, or has the groups of neither.
 */
function pairsOf(items: readonly unknown[], whole: unknown, apart: unknown): Pairs | null {
  const lists = [whole, apart].map((list): readonly unknown[] => (Array.isArray(list) ? list : []));
  const like = lists.filter((list) => list.length === items.length);
  if (like.length === 0) return null;
  const key = groupKeys.find((name) => lists.every((list) => isGroupedBy(list, name)));
  if (like.length === 2 || key === undefined) {
    if (!like.some((list) => areNamedAlike(items, list))) return null;
    return items.map((item, at) => {
      const [one, other] = lists.map((list) => counterpartOf(item, list, at));
      return [item, one, other];
    });
  }
  const groupAt = (list: readonly unknown[], at: number) => fieldOf(list[at], key);
  const same = like.find((list) =>
    items.every((item, at) => (fieldOf(item, key) ?? groupAt(list, at)) === groupAt(list, at)),
  );
  if (!same) return null;
  return items.map((item, at) => {
    const [one, other] = lists.map((list) => list.find((row) => fieldOf(row, key) === groupAt(same, at)));
    return [item, one, other];
  });
}

/** Whether both have the same cases or persons, each in its place, as far as they are to be seen. */
function areNamedAlike(items: readonly unknown[], list: readonly unknown[]): boolean {
  return items.every((item, at) => (nameOf(item) ?? nameOf(list[at])) === nameOf(list[at]));
}

/** A page without that court's rows has others in their places. */
function counterpartOf(item: unknown, list: readonly unknown[], at: number): unknown {
  const name = nameOf(item);
  return name === undefined ? list[at] : list.find((row) => nameOf(row) === name);
}

/** Of a case its number, of a person his id; undefined where neither was asked for. */
function nameOf(row: unknown): unknown {
  const own = fieldOf(row, 'node') ?? row;
  return fieldOf(own, 'number') ?? fieldOf(own, 'id');
}

/** By which statistics are grouped, under its own name. */
const groupKeys = ['month', 'closingMode', 'stage'];

/** Whether all of a list are groups, each of another. */
function isGroupedBy(list: readonly unknown[], name: string): boolean {
  const groups = list.map((row) => fieldOf(row, name));
  return groups.every((group) => typeof group === 'string') && new Set(groups).size === groups.length;
}

function firstOf<T>(items: readonly T[], faultOf: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const fault = faultOf(item, index);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Upper bounds: a number that is never exceeded, or unknown with the reason. Never a guess. */

export interface Bound {
  /** Null when nobody can say before asking. */
  readonly most: number | null;
  /** Why it cannot be said; null when it can. */
  readonly why: string | null;
}

/** At most so many. What counting cannot hold exactly is not known. */
export function atMost(most: number): Bound {
  return Number.isSafeInteger(most) ? { most, why: null } : unbounded('It is more than can be counted exactly.');
}

export function unbounded(why: string): Bound {
  return { most: null, why };
}

export const none = atMost(0);
export const one = atMost(1);

/** Nothing of what is unbounded is nothing. */
export function times(left: Bound, right: Bound): Bound {
  if (left.most === 0 || right.most === 0) return none;
  if (left.most === null) return left;
  return right.most === null ? right : atMost(left.most * right.most);
}

export function plus(left: Bound, right: Bound): Bound {
  if (left.most === null) return left;
  return right.most === null ? right : atMost(left.most + right.most);
}

export function sumOf(bounds: readonly Bound[]): Bound {
  return bounds.reduce(plus, none);
}

/** Both hold, so the smaller one does. */
export function least(left: Bound, right: Bound): Bound {
  if (left.most === null) return right;
  return right.most === null || left.most <= right.most ? left : right;
}

/** One of the two holds, so the greater one does. */
export function greatest(left: Bound, right: Bound): Bound {
  if (left.most === null) return left;
  return right.most === null || right.most > left.most ? right : left;
}

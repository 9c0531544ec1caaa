/** What of two answers can be compared: everything but the text of cursors and whose rows an answer speaks of. */

import type { Answer } from '../../common/wire.ts';

/** The data with every cursor told apart from null only, and the codes of the errors, each once. */
export interface Comparable {
  readonly data: unknown;
  readonly codes: readonly string[];
}

/** An answer without what may differ between one court and many. */
export function toComparable({ data, errors = [] }: Answer): Comparable {
  const codes = errors.map(({ message, extensions }) => {
    return typeof extensions?.code === 'string' ? extensions.code : `no code: ${message}`;
  });
  return { data: withoutCursors(data ?? null), codes: [...new Set(codes)].sort() };
}

function withoutCursors(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutCursors);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => {
      if (key === 'covered') return [];
      // Aliases of cursors begin with `cu`; no field but `cursor` does.
      if (/^cu|Cursor$/.test(key)) return [[key, one === null ? null : 'a cursor']];
      return [[key, withoutCursors(one)]];
    }),
  );
}

/** What stands where in the answer as the hub builds it up: how many, and whose rows they may be. */

import type { ResponsePath } from '../ledger/ledger.ts';
import { atMost, greatest, none, one, times, unbounded, type Bound } from './bound.ts';
import type { Foresight } from './foresight.ts';
import type { Place } from './places.ts';
import { pagesAtMost } from './rows.ts';

export interface Position {
  readonly count: Bound;
  /** The courts whose rows may stand here; null when they may be anybody's. */
  readonly rowsOf: ReadonlySet<string> | null;
}

export interface Positions {
  at(path: ResponsePath): Position;
  /** Adds what a fetch puts into the answer. */
  add(path: ResponsePath, foresight: Foresight, places: readonly Place[]): void;
}

/** The answer before anything was fetched: its root alone. */
export function createPositions(): Positions {
  const known = new Map<string, Position>([['', { count: one, rowsOf: null }]]);
  const at = (path: ResponsePath): Position =>
    known.get(path.join('.')) ?? { count: unbounded('The plan leads where no question is read.'), rowsOf: null };
  const note = (path: ResponsePath, position: Position): void => {
    const before = known.get(path.join('.'));
    known.set(path.join('.'), before ? either(before, position) : position);
  };
  const walk = (path: ResponsePath, place: Place, position: Position, asked: readonly string[]): void => {
    const answers = place.isUnited ? atMost(asked.length) : one;
    const count = times(times(position.count, place.most), answers);
    const rowsOf = place.gather ? new Set(asked) : position.rowsOf;
    for (const key of place.keys) {
      const own = place.isList ? [...path, key, '@'] : [...path, key];
      note(own, { count, rowsOf });
      for (const below of place.places) walk(own, below, { count, rowsOf }, asked);
    }
  };
  return {
    at,
    add(path, { questions, kind }, places) {
      const here = at(path);
      for (const { key, asked, refused } of questions) {
        const place = places.find(({ keys }) => keys.includes(key ?? '_entities'));
        if (!place) continue;
        // Where nobody is asked, nothing comes.
        const from = asked.length === 0 ? { ...here, count: none } : here;
        if (key === null) {
          for (const below of place.places) {
            walk(path, below, { ...from, count: pagesAtMost(below, from.count, refused) }, asked);
          }
        } else {
          // Rows of a routed field are those of the one court asked.
          walk(path, place, kind === 'ROUTED' ? { ...from, rowsOf: new Set(asked) } : from, asked);
        }
      }
    },
  };
}

function either(left: Position, right: Position): Position {
  return {
    count: greatest(left.count, right.count),
    rowsOf: left.rowsOf && right.rowsOf ? new Set([...left.rowsOf, ...right.rowsOf]) : null,
  };
}

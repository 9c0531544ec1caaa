/** Rows on the wire: how many there may be, and how many there were. A row is something with a key. */

import { atMost, least, none, one, plus, sumOf, times, type Bound } from './bound.ts';
import type { Foresight } from './foresight.ts';
import { mostPages } from '../horizontal/targets.ts';
import type { Place } from './places.ts';

/** The most rows that all answers to a fetch hold together. */
export function rowsAtMost({ questions, isShared }: Foresight, places: readonly Place[], entities: Bound): Bound {
  return sumOf(
    questions.map(({ key, asked, refused }) => {
      const answers = atMost(isShared ? asked.length : Math.min(1, asked.length));
      const [place] = places.filter(({ keys }) => keys.includes(key ?? '_entities'));
      if (!place) return none;
      return times(answers, key === null ? rowsOfEntities(place, refused, entities) : rowsAt(place));
    }),
  );
}

/** Entities, and what stands below them: of pages only as many are lawful as have so many rows together. */
function rowsOfEntities({ places }: Place, refused: ReadonlySet<string>, entities: Bound): Bound {
  const below = places.map((place) => times(pagesAtMost(place, entities, refused), rowsAt(place)));
  return plus(entities, sumOf(below));
}

/** How many entities have this field answered. */
export function pagesAtMost(place: Place, entities: Bound, refused: ReadonlySet<string>): Bound {
  if (place.keys.every((key) => refused.has(key))) return none;
  const lawful = place.gather && place.first !== null ? mostPages(place.gather, place.first) : null;
  return lawful === null ? entities : least(entities, atMost(lawful));
}

function rowsAt({ most, isRow, places }: Place): Bound {
  return times(most, plus(isRow ? one : none, sumOf(places.map(rowsAt))));
}

/** The rows in an answer. What stands in it under several keys is counted once. */
export function countRows(places: readonly Place[], answer: unknown): number {
  return countBelow(places, [answer].filter(isObject));
}

type Face = Readonly<Record<string, unknown>>;

/** `faces`: one thing, as each key of it shows it. */
function countBelow(places: readonly Place[], faces: readonly Face[]): number {
  let count = 0;
  for (const place of places) {
    const lists = faces.flatMap((face) => place.keys.map((key) => itemsOf(face[key])));
    const length = Math.max(0, ...lists.map((list) => list.length));
    for (let at = 0; at < length; at += 1) {
      const items = lists.map((list) => list[at]).filter(isObject);
      if (items.length > 0) count += (place.isRow ? 1 : 0) + countBelow(place.places, items);
    }
  }
  return count;
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

function isObject(value: unknown): value is Face {
  return typeof value === 'object' && value !== null;
}

/** Every place of an answer at which a value can be spoiled, and the ways of spoiling one. */

import type { Answer } from '../../../common/wire.ts';

export type Path = readonly (string | number)[];

/** One value of an answer that is there. */
export interface Place {
  readonly path: Path;
  readonly value: unknown;
}

/** A spoiled value, as it comes from a wire; `undefined` when this way does not exist for this value. */
export type Spoil = (answer: Answer, place: Place) => Answer | undefined;

/** The places of an answer, of each list its last item: the first of a generalised path stands for all like it. */
export function placesOf({ data }: Answer): Place[] {
  const places: Place[] = [];
  const walk = (value: unknown, path: Path): void => {
    if (path.length > 0 && typeof path.at(-1) === 'string' && value !== null) places.push({ path, value });
    if (Array.isArray(value)) {
      if (value.length > 0) walk(value.at(-1), [...path, value.length - 1]);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, own] of Object.entries(value)) walk(own, [...path, key]);
    }
  };
  walk(data, []);
  return places;
}

export const spoils: Readonly<Record<string, Spoil>> = {
  'left out': (answer, { path }) => {
    Reflect.deleteProperty(holderOf(answer, path), path.at(-1)!);
    return answer;
  },
  'null, with an error at its path': (answer, { path }) => {
    holderOf(answer, path)[path.at(-1)!] = null;
    return { ...answer, errors: [{ message: 'no', path, extensions: { code: 'INTERNAL' } }] };
  },
  'an object instead': (answer, { path }) => set(answer, path, { year: 2017 }),
  'a list of it': (answer, { path, value }) => set(answer, path, [value]),
  'of another type': (answer, { path, value }) => {
    if (typeof value === 'object') return set(answer, path, 'a text');
    return set(answer, path, typeof value === 'string' ? 20.5 : 'a text');
  },
  'a text of the wrong form': (answer, { path, value }) =>
    // Free text has no form; what has one is written without spaces.
    typeof value === 'string' && /^[A-Z_]+$|^\d{4}-\d\d-\d\d|^-?\d+\.\d\d$/.test(value) && !isFree(path)
      ? set(answer, path, `${value} or so`)
      : undefined,
};

/** Texts for people, and codes that one side alone knows. */
const free = new Set([
  'name',
  'reason',
  'purpose',
  'agencies',
  'idType',
  'id',
  'requestNumber',
  'signedBy',
  'typename',
]);

function isFree(path: Path): boolean {
  return free.has(String(path.at(-1)).replace(/^_nonet_/, ''));
}

function set(answer: Answer, path: Path, value: unknown): Answer {
  holderOf(answer, path)[path.at(-1)!] = value;
  return answer;
}

function holderOf({ data }: Answer, path: Path): Record<string | number, unknown> {
  return path
    .slice(0, -1)
    .reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], data) as Record<
    string | number,
    unknown
  >;
}

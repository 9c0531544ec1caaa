/**
 * Objects of which a fetch tells nothing but their type. The planner asks about them where a condition on the type excludes them, below a
 * fragment of a type that they are not: nobody could be asked about an object without a key, and nothing is wanted of it.
 */

import type { Source } from '../explain/foresight.ts';
import { fetchOf, type FetchOptions } from '../sources/fetch.ts';

type Row = Readonly<Record<string, unknown>>;

/** The source without these objects: each is null in the answer. */
export function sparedKeyless(source: Source): Source {
  return {
    ...source,
    process(options) {
      const { variables } = fetchOf(options);
      const { representations } = variables;
      if (!Array.isArray(representations) || !(representations as Row[]).some(isKeyless))
        return source.process(options);
      return processOthers(source, options, variables, representations as Row[]);
    },
  };
}

async function processOthers(
  source: Source,
  options: FetchOptions,
  variables: Row,
  representations: readonly Row[],
): ReturnType<Source['process']> {
  const places = representations.flatMap((own, place) => (isKeyless(own) ? [] : [place]));
  const entities: unknown[] = representations.map(() => null);
  if (places.length === 0) return { data: { _entities: entities } };
  const asked = { ...variables, representations: places.map((place) => representations[place]) };
  const { data, errors, ...others } = await source.process({
    ...options,
    request: { ...options.request, variables: asked },
  });
  const came: unknown = (data as Row | null | undefined)?.['_entities'];
  if (Array.isArray(came)) for (const [at, place] of places.entries()) entities[place] = came[at];
  return {
    ...others,
    data: Array.isArray(came) ? { ...data, _entities: entities } : (data ?? null),
    ...(errors && { errors: errors.map((error) => ({ ...error, ...atPlace(error.path, places) })) }),
  };
}

/** Where an error's entity stands among all of them. */
function atPlace(path: readonly (string | number)[] | undefined, places: readonly number[]) {
  const [root, at, ...below] = path ?? [];
  const place = typeof at === 'number' ? places[at] : undefined;
  return root === '_entities' && place !== undefined ? { path: [root, place, ...below] } : {};
}

function isKeyless(own: Row): boolean {
  for (const name in own) if (name !== '__typename') return false;
  return true;
}

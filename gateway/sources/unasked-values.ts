/** Values of a holder's entities that its program does not have: absent in what goes on, null to the client, and told. */

import { FailedValue } from '../horizontal/failed.ts';
import { leaveUnasked, unsupported, unsupportedMark, type Unasked } from '../horizontal/unasked.ts';
import type { Fetch } from './fetch.ts';
import { report, type Holder } from './holder.ts';

/** Whether a whole root field is not asked. */
export function isRoot({ path }: Unasked): boolean {
  return path.length === 0;
}

/** Tells fields that were not asked at all, and those that are missing in what came. */
export function tellUnasked(fetch: Fetch, holder: Holder, { place, key, field }: Unasked): void {
  report(fetch, holder, [...fetch.path, ...place, key], 'UPSTREAM_REFUSED', `does not have ${field}`, unsupported);
}

/**
 * Marks what is missing in an answer, and tells it. The marks stand while the answer is checked, so that the object around
 * stays; one that another subgraph requires goes as a whole instead, because half of it would be read as all of it.
 */
export function markUnasked(
  fetch: Fetch,
  holder: Holder,
  data: Record<string, unknown>,
  unasked: readonly Unasked[],
  isRequired: (typeName: string) => boolean,
): { release(): void } {
  const marked: { readonly owner: Record<string, unknown>; readonly key: string }[] = [];
  const told = new Set<Unasked>();
  leaveUnasked(data, unasked, (own, owner) => {
    told.add(own);
    if (isRequired(own.typeName)) return;
    owner[own.key] = unsupportedMark();
    marked.push({ owner, key: own.key });
  });
  for (const own of told) tellUnasked(fetch, holder, own);
  return {
    release() {
      for (const { owner, key } of marked) if (owner[key] instanceof FailedValue) owner[key] = undefined;
    },
  };
}

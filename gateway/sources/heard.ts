/** What a holder that is a hub told of the courts behind it, beside its rows. */

import type { Answer } from '../../common/wire.ts';
import { hearHub, toEntries, type HubWord } from '../horizontal/hub-word.ts';
import type { Fetch } from './fetch.ts';
import type { Holder } from './holder.ts';

/** The word of a hub; null of anybody else. */
export function wordOfHolder({ context }: Fetch, { id, courts }: Holder, answer: Answer): HubWord | null {
  const behind = courts ? context.membership.members.behind(id) : null;
  return behind && hearHub(answer, behind);
}

/** Tells it where the client sees it; gives the courts that it was about. */
export function retell({ context, path }: Fetch, word: HubWord): ReadonlySet<string> {
  const entries = toEntries(word, context.membership.members, ([root, ...rest]) =>
    root === '_entities' ? [...path, ...rest.slice(1)] : [...path, ...(root === undefined ? [] : [root]), ...rest],
  );
  for (const entry of entries) context.ledger.report(entry);
  return new Set(word.tellings.flatMap(({ member }) => member ?? []));
}

import { createHmac } from 'node:crypto';
import type { PersonKey } from '../../../common/person-id.ts';
import type { PartyRole } from '../../../common/vocabulary.ts';
import type { NormalFilter } from '../filter/normal.ts';

/** What decides which rows a walk goes through, besides the order. */
export interface WalkScope {
  readonly filter: NormalFilter;
  /** Of `Person.caseConnection`; null in a role that does not matter. */
  readonly person?: { readonly id: string; readonly role: PartyRole | null };
}

export const digestBytes = 8;

/**
 * The same for the same rows wherever the city's key is held, so that one cursor serves all courts. Keyed, because a name
 * that somebody searched for could be guessed from a plain hash.
 */
export function digestOf(scope: WalkScope, personKey: PersonKey): Buffer {
  const canonical = JSON.stringify([scope.filter, scope.person ? [scope.person.id, scope.person.role] : null]);
  return createHmac('sha256', personKey.secret).update(`nonet/cursor\0${canonical}`).digest().subarray(0, digestBytes);
}

/** Who is not asked for a gathered root field, before anybody is asked. */

import { askedIdentity, identityArgument, refusalOfIdentity } from '../../common/asked-identity.ts';
import type { Viewer } from '../../common/viewer.ts';
import { HubError } from '../errors.ts';
import type { GatheredRoot } from '../horizontal/gather-plan.ts';
import type { Variables } from '../horizontal/selection.ts';
import { exclusionsOf } from '../horizontal/targets.ts';
import type { Members } from '../members.ts';
import type { Searches } from '../viewer/searches.ts';

/** Why a member is not asked: an argument, by its path, or that only another one can know what is asked for. */
export type Exclusion = { readonly by: 'argument'; readonly path: readonly string[] } | { readonly by: 'home' };

/**
 * The members that are not asked; throws HubError for arguments that cannot be used, or not by this viewer. Courts refuse him,
 * too; but one whose program does not know the rule yet would answer, and its rows would be taken for all there are.
 */
export function exclusionsOfRoot(
  root: GatheredRoot,
  variables: Variables,
  members: Members,
  viewer: Viewer | null,
): ReadonlyMap<string, Exclusion> {
  root.check(variables);
  const args = root.argsOf(variables);
  const refusal = refusalOfIdentity(args, viewer);
  if (refusal) throw new HubError(refusal.code, refusal.message, { argument: refusal.argument });
  const excluded = exclusionsOf(root.gather, args, members);
  const home = members.homeOf(root.typeName, args);
  return new Map(
    members.codes.flatMap((code): [string, Exclusion][] => {
      const path = excluded.get(code);
      if (path) return [[code, { by: 'argument', path }]];
      return home === undefined || code === home ? [] : [[code, { by: 'home' }]];
    }),
  );
}

/** Counts a search by an identity number that is about to be made; throws TOO_MANY_SEARCHES, without the number, for one too many. */
export function countSearch(
  root: GatheredRoot,
  variables: Variables,
  viewer: Viewer | null,
  searches: Searches | undefined,
): void {
  const number = askedIdentity(root.argsOf(variables));
  if (number === null || viewer === null || searches === undefined) return;
  const retryAfter = searches.take(viewer.subject, number);
  if (retryAfter === null) return;
  throw new HubError(
    'TOO_MANY_SEARCHES',
    `${identityArgument}: this viewer has searched by ${searches.perHour} different identity numbers (证件号码) within an hour, and may not by more; expected one of these, or a search in ${retryAfter} s`,
    { argument: identityArgument, retryAfter },
  );
}

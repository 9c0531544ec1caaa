/** Who is not asked for a gathered root field, before anybody is asked. */

import { refusalOfIdentity } from '../../common/asked-identity.ts';
import type { Viewer } from '../../common/viewer.ts';
import { HubError } from '../errors.ts';
import type { GatheredRoot } from '../horizontal/gather-plan.ts';
import type { Variables } from '../horizontal/selection.ts';
import { exclusionsOf } from '../horizontal/targets.ts';
import type { Members } from '../members.ts';

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

/**
 * Who may create and change task forces. A task force opens its cases' assets to its members, so nobody may widen one for
 * himself: command centres alone lead them, each as far as its court reaches.
 */

import type { CourtRegistry } from '../../../common/court-registry.ts';
import type { Viewer } from '../../../common/viewer.ts';
import type { TaskForceCriteria } from '../criteria/type.ts';
import { forbidden } from '../errors.ts';

/** Who makes a change, and whose cases it may be about. */
export interface Leader {
  /** Who it is; null for the program itself, which fills an empty command centre. */
  readonly subject: string | null;
  /** The court whose task forces these must be; null for whoever leads all of the city's. */
  readonly court: string | null;
}

/** The program itself. */
export const founder: Leader = { subject: null, court: null };

type Courts = TaskForceCriteria['courts'];

/** Throws FORBIDDEN for everybody but the command centre of a court of the registry. */
export function leaderOf(viewer: Viewer | null, registry: CourtRegistry): Leader {
  const court = viewer?.role === 'command-centre' && viewer.court !== null ? registry.byCode(viewer.court) : undefined;
  if (viewer === null || court === undefined) {
    throw forbidden(
      'a task force is created and changed by a command centre (执行指挥中心) of a court of this city and by nobody else',
    );
  }
  return { subject: viewer.subject, court: court.level === 'INTERMEDIATE' ? null : court.code };
}

/** Throws FORBIDDEN where a new task force, or one that is to be changed, is not the leader's. */
export function checkLeads({ court }: Leader, courts: Courts): void {
  if (court === null || courts?.includes(court)) return;
  throw forbidden(
    `the command centre of a basic court leads task forces whose criteria name that court among their courts; those of others and of the whole city are led by the command centre of the intermediate court`,
  );
}

/** Throws FORBIDDEN where new criteria leave the leader's court out, or take in what was another's to give. */
export function checkKeepsWithin(leader: Leader, former: Courts, changed: Courts): void {
  checkLeads(leader, changed);
  if (leader.court === null || changed?.every((code) => former?.includes(code))) return;
  throw forbidden('courts are added to a task force by the command centre of the intermediate court');
}

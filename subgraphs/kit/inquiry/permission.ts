import { grantsExtension } from '../../../common/grants.ts';
import type { Role, Viewer } from '../../../common/viewer.ts';
import type { Question } from '../../../common/wire.ts';
import type { WritReference } from './party.ts';

/** Why an agency is not asked for this viewer. */
export type Withheld = 'UNKNOWN_VIEWER' | 'ROLE_MAY_NOT_ASK' | 'CASE_OF_OTHER_COURT' | 'CASE_NOT_IN_TASK_FORCE';

/** Whether an agency may be asked about a party on somebody's behalf: null, or why not. */
export type Permission = (asked: Asked) => Withheld | null;

/** In which case, and on whose writ or order. */
interface Asked {
  readonly caseNumber: string;
  readonly writ: Pick<WritReference, 'courtCode'> | null;
}

/** Who decides in a case and who works for them; everybody else is denied. */
const ofCourt: ReadonlySet<Role> = new Set<Role>(['judge', 'assistant', 'command-centre']);

/**
 * Judges, assistants and the command centre of the case's court, the command centre of the intermediate court above it (to which
 * the searches of all cases of a city are moved); all these and members by role, for the cases that the hub found in their task forces.
 * Nobody else, whatever was found.
 */
export function permissionOf(viewer: Viewer | null, extensions: Question['extensions']): Permission {
  if (viewer === null) return () => 'UNKNOWN_VIEWER';
  const { role, court, taskForces } = viewer;
  const isMember = role === 'task-force-member';
  if ((!isMember && !ofCourt.has(role)) || court === null) return () => 'ROLE_MAY_NOT_ASK';
  const granted = new Set(taskForces.length > 0 ? grantsIn(extensions) : []);
  return ({ caseNumber, writ }) => {
    if (granted.has(caseNumber)) return null;
    if (isMember) return 'CASE_NOT_IN_TASK_FORCE';
    // The number of an older case does not hold the court's code; its writ does. Without one nobody is asked in any case.
    if (writ === null || writ.courtCode === court) return null;
    const isAbove = role === 'command-centre' && isIntermediate(court) && writ.courtCode?.startsWith(court);
    return isAbove ? null : 'CASE_OF_OTHER_COURT';
  };
}

/** A character for the province and two digits for the city; basic courts have four (法〔2015〕137号). */
function isIntermediate(court: string): boolean {
  return /^\p{Script=Han}\d{2}$/u.test(court);
}

function grantsIn(extensions: Question['extensions']): readonly unknown[] {
  const granted = extensions?.[grantsExtension];
  return Array.isArray(granted) ? granted : [];
}

/**
 * The cases that members of task forces, of whatever role, may have agencies asked about: those that courts found by the criteria of his task
 * forces, in this very request. Nobody keeps a list of them, so what was found a moment ago is what the task force contains.
 */

import { grantsExtension } from '../../common/grants.ts';
import type { Viewer } from '../../common/viewer.ts';
import type { Question } from '../../common/wire.ts';

export interface Grants {
  /** Where the case numbers go that are found below this entity; undefined for anything but a task force of the viewer. */
  takenFrom(representation: Readonly<Record<string, unknown>>): Set<string> | undefined;
  /** The question with those of the cases that it is about. */
  beside(question: Question): Question;
}

/** Nothing found yet; null for viewers who are in no task force. Which roles a grant helps, the agencies' programs say. */
export function openGrants(viewer: Viewer | null): Grants | null {
  if (viewer === null || viewer.taskForces.length === 0) return null;
  const own = new Set(viewer.taskForces);
  const cases = new Set<string>();
  return {
    takenFrom: ({ __typename: typeName, id }) =>
      typeName === 'TaskForce' && typeof id === 'string' && own.has(id) ? cases : undefined,
    beside(question) {
      const asked = (question.variables?.['representations'] ?? []) as readonly Readonly<Record<string, unknown>>[];
      const granted = [...new Set(asked.map(({ caseNumber }) => String(caseNumber)))].filter((one) => cases.has(one));
      return { ...question, extensions: { ...question.extensions, [grantsExtension]: granted } };
    },
  };
}

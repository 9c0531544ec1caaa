/**
 * Who may ask by an identity number. A filter by one says whether somebody of that number is in a case, and numbers can be
 * tried one after the other: whoever is shown none may not ask by one either.
 */

import { worksOnCases, type Viewer } from './viewer.ts';

/** The one argument of the graph that takes an identity number, as it stands below its field. */
const argument = 'filter.partyIdNumber';

/** What is told to whoever may not; the number is not in it. */
export interface ArgumentRefusal {
  readonly code: 'FORBIDDEN';
  readonly message: string;
  readonly argument: string;
}

/** Null where no identity number is asked by, or where the viewer may. */
export function refusalOfIdentity(
  args: Readonly<Record<string, unknown>>,
  viewer: Viewer | null,
): ArgumentRefusal | null {
  const filter = args['filter'] as { readonly partyIdNumber?: unknown } | null | undefined;
  if (filter?.partyIdNumber == null || worksOnCases(viewer)) return null;
  const message = `${argument}: this viewer may not ask by an identity number (证件号码); expected a viewer whose role works on cases (办案人员), or no ${argument}`;
  return { code: 'FORBIDDEN', message, argument };
}

/**
 * Who may ask by an identity number. A filter by one says whether somebody of that number is in a case, and numbers can be
 * tried one after the other: whoever is shown none may not ask by one either.
 */

import { worksOnCases, type Viewer } from './viewer.ts';

/** The one argument of the graph that takes an identity number, as it stands below its field. */
export const identityArgument = 'filter.partyIdNumber';

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
  if (askedIdentity(args) === null || worksOnCases(viewer)) return null;
  const argument = identityArgument;
  const message = `${argument}: this viewer may not ask by an identity number (证件号码); expected a viewer whose role works on cases (办案人员), or no ${argument}`;
  return { code: 'FORBIDDEN', message, argument };
}

/** The identity number that is asked by, as it was given; null where none is. */
export function askedIdentity(args: Readonly<Record<string, unknown>>): string | null {
  const filter = args['filter'] as { readonly partyIdNumber?: unknown } | null | undefined;
  const number = filter?.partyIdNumber;
  if (number == null) return null;
  // GraphQL lets nothing through but text; whatever else it might be would be asked by all the same.
  return typeof number === 'string' ? number : JSON.stringify(number);
}

/** Errors that the caller has to mend, in the words that courts and command centre share. */

import { GraphQLError } from 'graphql';
import { type CaseNumber, formatCaseNumber, isCourtCode } from '../../common/case-number.ts';
import type { CourtEntry, CourtRegistry } from '../../common/court-registry.ts';

/** An argument whose value cannot be used; `value` is repeated only where it cannot be private. */
export function badInput(argument: string, problem: string, expected: string, value?: number): GraphQLError {
  return new GraphQLError(`${argument}: ${problem}; expected ${expected}`, {
    extensions: { code: 'BAD_USER_INPUT', argument, expected, ...(value === undefined ? {} : { value }) },
  });
}

/** The court that has this code, its own or that of a court merged into it; throws UNKNOWN_COURT naming the argument. */
export function knownCourt(argument: string, code: string, registry: CourtRegistry): CourtEntry {
  const court = registry.byCode(code);
  // What is no court code at all may be an identity number in the wrong place, and is not repeated.
  if (!court) throw unknownCourt(argument, isCourtCode(code) ? `the code "${code}"` : null, registry);
  return court;
}

/** The court that this case number belongs to; throws UNKNOWN_COURT naming the argument. */
export function knownOwner(argument: string, number: CaseNumber, registry: CourtRegistry): CourtEntry {
  const court = registry.ownerOf(number);
  if (!court) throw unknownCourt(argument, `the case number ${formatCaseNumber(number)}`, registry);
  return court;
}

/** `given` is null where it must not be repeated. */
function unknownCourt(argument: string, given: string | null, registry: CourtRegistry): GraphQLError {
  const known = registry.courts.map(({ code }) => code);
  const problem = given === null ? 'there is no such court' : `no court of the registry has ${given}`;
  return new GraphQLError(`${argument}: ${problem}; known courts: ${known.join(', ')}`, {
    extensions: { code: 'UNKNOWN_COURT', argument, ...(given === null ? {} : { given }), known },
  });
}

/** The auditor's questions to the trail. Whoever is no auditor, and whom nobody knows, is refused. */

import { GraphQLError } from 'graphql';

import { parseCaseNumber } from '../../common/case-number.ts';
import { ValueError } from '../../common/value-error.ts';
import { HubError, type ErrorCode } from '../errors.ts';
import type { FoundPage, FoundRecord, Wanted } from './search.ts';
import type { Trail } from './trail.ts';
import { mayRead, type Who } from './who.ts';

interface PageArguments {
  readonly first: number;
  readonly after?: string | null;
}

/** What resolvers see of a request. */
interface ReaderContext {
  readonly who: Who | null;
}

const mostOfPage = 200;

/** Resolvers of the root fields. */
export function trailQueries(trail: Trail) {
  const page = async (
    { first, after = null }: PageArguments,
    context: unknown,
    wanted: () => Wanted,
  ): Promise<object> => {
    if (!mayRead((context as ReaderContext).who)) throw refusal('FORBIDDEN', 'The trail is read by auditors only.');
    if (first < 1 || first > mostOfPage) {
      throw refusal('BAD_USER_INPUT', `"first" has to be from 1 to ${mostOfPage}.`);
    }
    try {
      return toConnection(await trail.search(wanted(), { first, after }));
    } catch (error) {
      throw error instanceof HubError ? refusal(error.code, error.message) : error;
    }
  };
  return {
    trailOfPerson: (_: unknown, { person, ...rest }: PageArguments & { person: string }, context: unknown) =>
      page(rest, context, () => {
        if (trail.marks.knowsPersons || person.startsWith('u1.')) return { field: 'person', value: person };
        throw refusal(
          'BAD_USER_INPUT',
          "This hub records no persons, since it was not given the city's key (--person-key); ask by case and party.",
        );
      }),
    trailOfParty: (
      _: unknown,
      { caseNumber, party, ...rest }: PageArguments & { caseNumber: string; party: string },
      context: unknown,
    ) => page(rest, context, () => ({ field: 'party', value: markOf(trail, caseNumber, party) })),
    trailOfOfficer: (_: unknown, { subject, ...rest }: PageArguments & { subject: string }, context: unknown) =>
      page(rest, context, () => ({ field: 'subject', value: trail.marks.officer(subject) })),
  };
}

/** With its code where the executor looks for it. */
function refusal(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function markOf({ marks }: Trail, caseNumber: string, party: string): string {
  try {
    parseCaseNumber(caseNumber);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw refusal('BAD_USER_INPUT', error.message);
  }
  return marks.party(caseNumber, party);
}

function toConnection({ records, hasNextPage, endCursor }: FoundPage): object {
  return {
    edges: records.map((found) => ({ cursor: found.cursor, node: toNode(found) })),
    pageInfo: { hasNextPage, endCursor },
  };
}

function toNode({ record }: FoundRecord): object {
  const { who, case: caseNumber, withheld = false, ...rest } = record;
  return { ...rest, ...(typeof who === 'object' && who), caseNumber, withheld };
}

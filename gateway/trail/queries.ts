/** The auditor's questions to the trail. Whoever is no auditor, and whom nobody knows, is refused. */

import { GraphQLError } from 'graphql';

import { parseCaseNumber } from '../../common/case-number.ts';
import { ValueError } from '../../common/value-error.ts';
import { HubError, type ErrorCode } from '../errors.ts';
import type { Budget } from './places.ts';
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
  /** What all pages that the request asks for may still cost. */
  readonly budget: Budget;
}

const mostOfPage = 200;

/** A person as federation brings it: what it says of itself has not been read yet. */
interface PersonReference {
  readonly id: string;
  readonly debtorParties: unknown;
}

/** Resolvers of the fields that auditors read the trail by. */
export function trailResolvers(trail: Trail) {
  const page = async (
    { first, after = null }: PageArguments,
    context: unknown,
    wanted: () => Wanted,
  ): Promise<object> => {
    const { who, budget } = context as ReaderContext;
    if (!mayRead(who)) throw refusal('FORBIDDEN', 'The trail is read by auditors only.');
    if (first < 1 || first > mostOfPage) {
      throw refusal('BAD_USER_INPUT', `"first" has to be from 1 to ${mostOfPage}.`);
    }
    try {
      return toConnection(await trail.search(wanted(), { first, after }, budget));
    } catch (error) {
      throw error instanceof HubError ? refusal(error.code, error.message) : error;
    }
  };
  const Query = {
    trailOfPerson: (_: unknown, { person, ...rest }: PageArguments & { person: string }, context: unknown) =>
      page(rest, context, () => ({ field: 'person', value: knownPerson(trail, person) })),
    trailOfParty: (
      _: unknown,
      { caseNumber, party, ...rest }: PageArguments & { caseNumber: string; party: string },
      context: unknown,
    ) => page(rest, context, () => ({ field: 'party', value: markOf(trail, caseNumber, party) })),
    trailOfOfficer: (_: unknown, { subject, ...rest }: PageArguments & { subject: string }, context: unknown) =>
      page(rest, context, () => ({ field: 'subject', value: trail.marks.officer(subject) })),
  };
  const Person = {
    trail: ({ id, debtorParties }: PersonReference, args: PageArguments, context: unknown) =>
      page(args, context, () => ({
        field: 'person',
        value: knownPerson(trail, id),
        parties: marksOf(trail, debtorParties),
      })),
  };
  return { Query, Person };
}

/** Without the key questions and searches name no person: what else is found would be taken for all there is. */
function knownPerson({ marks }: Trail, person: string): string {
  if (marks.knowsPersons || person.startsWith('u1.')) return person;
  throw refusal(
    'BAD_USER_INPUT',
    "This hub records no persons, since it was not given the city's key (--person-key); ask by case and party.",
  );
}

function marksOf(trail: Trail, parties: unknown): ReadonlySet<string> {
  const own = (Array.isArray(parties) ? parties : []) as readonly {
    readonly caseNumber: string;
    readonly id: string;
  }[];
  return new Set(own.map(({ caseNumber, id }) => trail.marks.party(caseNumber, id)));
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

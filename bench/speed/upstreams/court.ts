/** A court that answers the court contract from the table, truly and from memory. */

import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

import { caseNumberKey, parseCaseNumber } from '../../../common/case-number.ts';
import { parseMoney } from '../../../common/money.ts';
import { personIdVector, personKeyMark } from '../../../common/person-id.ts';
import { contractVersion } from '../../../common/member.ts';
import { parseCursor, toCursor, type Walk } from '../../../subgraphs/court/cursor/cursor.ts';
import { orderRules, type CaseOrder } from '../../../subgraphs/court/cursor/order.ts';
import { createProgram, type Program } from '../../../subgraphs/kit/program.ts';
import { readEmitted } from '../world/emitted.ts';
import { plainCourtSdl, typeNameAt } from '../world/plain.ts';
import { prefixedField } from '../world/question.ts';
import type { CaseRow, PartyRow, Table } from '../world/table.ts';

/** What `cases` is asked with, as far as scenarios ask it. */
interface PageArguments {
  readonly filter?: Readonly<Record<string, unknown>> | null;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly orderBy?: CaseOrder | null;
}

/** The program of one court by the contract, as Nonet asks it. */
export function createCourt(table: Table, court: string): Program {
  const contractSdl = readEmitted('court.graphql');
  const { Query, ...types } = toResolvers(table, court, null);
  const _member = () => ({
    court,
    contractVersion,
    personKeyMark: personKeyMark(personIdVector.key),
    now: new Date().toISOString(),
  });
  return toProgram(contractSdl, `${contractSdl}\n${machinery}`, { ...types, Query: { ...Query, _member } });
}

/** The program of one court as gateways ask it that cannot merge; `place` among several, null for one alone. */
export function createPlainCourt(table: Table, court: string, place: number | null): Program {
  const sdl = plainCourtSdl(place);
  const { Query, ...types } = toResolvers(table, court, place);
  return toProgram(sdl, sdl, { ...types, Query: place === null ? Query : { [prefixedField(place)]: Query.cases } });
}

function toProgram(sdl: string, served: string, resolvers: Resolvers): Program {
  const schema = buildSubgraphSchema({ typeDefs: parse(served), resolvers });
  schema.getQueryType()!.getFields()['_service']!.resolve = () => ({ sdl });
  return createProgram({ schema, sdl, context: () => ({}) });
}

type Resolvers = NonNullable<
  Extract<Parameters<typeof buildSubgraphSchema>[0], { readonly resolvers?: unknown }>['resolvers']
>;

function toResolvers(table: Table, court: string, place: number | null) {
  const rows = table.casesOf.get(court)!;
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const caseOf = (number: unknown): CaseRow | null => byKey.get(caseNumberKey(parseCaseNumber(String(number)))) ?? null;
  const partyOf = ({ caseNumber, id }: Readonly<Record<string, unknown>>): PartyRow | null =>
    caseOf(caseNumber)?.parties.find((party) => party.id === id) ?? null;
  // The library writes the name of the type into what it is given.
  const copy = <Row extends object>(row: Row | null): Row | null => row && { ...row };
  return {
    Query: {
      case: (_: unknown, { number }: { readonly number: string }) => caseOf(number),
      cases: (_: unknown, args: PageArguments) => toPage(rows, court, args),
      person: notInTheTable,
      caseStatistics: notInTheTable,
    },
    [typeNameAt(place, 'Case')]: {
      __resolveReference: ({ number }: { readonly number: string }) => copy(caseOf(number)),
      debtors: ({ parties }: CaseRow) => parties.filter(({ role }) => role === 'DEBTOR'),
      parties: ({ parties }: CaseRow, { role }: { readonly role?: string | null }) =>
        role == null ? parties : parties.filter((party) => party.role === role),
      type: () => 'FIRST_EXECUTION',
      measures: () => [],
      coerciveMeasures: () => [],
    },
    [typeNameAt(place, 'Party')]: {
      __resolveReference: (reference: Readonly<Record<string, unknown>>) => copy(partyOf(reference)),
      person: notInTheTable,
    },
  };
}

const machinery = /* GraphQL */ `
  type _Member {
    court: ID!
    contractVersion: String!
    personKeyMark: String!
    now: String!
  }
  extend type Query {
    _member: _Member!
  }
`;

/** A question that no scenario asks is refused; a guess would be compared as if it were an answer. */
function notInTheTable(): never {
  throw new Error('The benchmark has no rows for this field.');
}

const refusedConditions = (filter: Readonly<Record<string, unknown>>) =>
  Object.entries(filter).filter(([name, value]) => value != null && name !== 'courts' && name !== 'numbers');

function toPage(all: readonly CaseRow[], court: string, { filter, first, after, orderBy }: PageArguments): unknown {
  if (refusedConditions(filter ?? {}).length > 0) notInTheTable();
  const courts = filter?.['courts'] as readonly string[] | null | undefined;
  const numbers = filter?.['numbers'] as readonly string[] | null | undefined;
  const keys = numbers && new Set(numbers.map((number) => caseNumberKey(parseCaseNumber(number))));
  const walk: Walk = { order: orderBy ?? 'FILED_ON_DESC', digest: Buffer.alloc(8) };
  const cursorOf = (row: CaseRow) => toCursor(walk, { value: valueOf(walk.order, row), key: row.key });
  const bytesOf = (cursor: string) => Buffer.from(cursor, 'base64url');
  const matching = all
    .filter(({ key }) => (courts?.includes(court) ?? true) && (keys?.has(key) ?? true))
    .map((node) => ({ node, cursor: cursorOf(node) }))
    .sort((one, other) => Buffer.compare(bytesOf(one.cursor), bytesOf(other.cursor)));
  if (after != null) parseCursor(walk, after);
  const from = after == null ? matching : matching.filter(({ cursor }) => isAfter(bytesOf(cursor), bytesOf(after)));
  const edges = from.slice(0, first ?? 20);
  return {
    totalIsLowerBound: false,
    totalCount: matching.length,
    edges,
    pageInfo: {
      hasNextPage: from.length > edges.length,
      hasPreviousPage: after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    coverage: {
      complete: true,
      courts: [
        {
          court: { code: court },
          status: matching.length > 0 ? 'FOUND' : 'NONE',
          reason: null,
          asOf: '2018-01-04T08:30:00.000+08:00',
          elapsedMs: 0,
          missingFields: null,
        },
      ],
    },
  };
}

function isAfter(one: Buffer, other: Buffer): boolean {
  return Buffer.compare(one, other) > 0;
}

function valueOf(order: CaseOrder, row: CaseRow): string | bigint | null {
  const kind = orderRules[order].value;
  if (kind === null) return null;
  return kind === 'date' ? row.filedOn : parseMoney(row.amountOutstanding);
}

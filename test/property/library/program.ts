/**
 * A library as a GraphQL program's root: of one branch, as a court has it, or of all branches at once, which is the oracle
 * that the hub over the branches is held against.
 */

import { GraphQLError, type GraphQLResolveInfo } from 'graphql';

import { inOrder, positionOf, scopeOf } from './order.ts';
import type { Branch, Club, Note } from './rows.ts';
import {
  allOf,
  anyOf,
  conditionOf,
  homeOf,
  intersect,
  isKnownTo,
  matching,
  nicknameOf,
  withinHome,
  type Filter,
} from './rules.ts';
import { cover, stepsOf, type Sitting } from './sitting.ts';
import { byKind, distinct, latestOf, moneyOf, present, sameOf, statisticsOf, sumOf, type Row } from './values.ts';

export interface ProgramOptions {
  readonly branches: readonly Branch[];
  readonly clubs: readonly Club[];
  /** How positions are written and read: branches in their own way, the oracle as the hub hands them on. */
  readonly format: (position: Buffer) => string;
  readonly parse: (cursor: string) => Buffer;
}

interface Page {
  readonly filter?: Filter | null;
  readonly order: string;
  readonly first: number;
  readonly after?: string | null;
}

interface List {
  readonly first: number;
  readonly kind?: string | null;
  readonly branches?: readonly string[] | null;
}

/** Entities as they are asked for. */
export interface Reference {
  readonly __typename: string;
  readonly id: string;
  readonly number: string;
  readonly loanNumber: string;
  readonly position: number;
  readonly terms?: { readonly kind: string | null; readonly branches: readonly string[] | null } | null;
}

export type Program = ReturnType<typeof toProgram>;

/** The root value, and entities by reference. */
export function toProgram({ branches, clubs, format, parse }: ProgramOptions) {
  const all = branches.flatMap(({ code, currency, loans }) => loans.map((loan): Row => ({ loan, code, currency })));
  const byNumber = new Map(all.map((row) => [row.loan.number, row]));

  const loanOf = (number: string): object | null => {
    const row = byNumber.get(number);
    if (!row) return null;
    const { loan, code } = row;
    const earlier = `${code}-${String(Number(number.slice(2)) - 1).padStart(3, '0')}`;
    const volume = loan.volume && {
      title: loan.volume.title,
      edition:
        loan.volume.year === null
          ? null
          : { year: loan.volume.year, places: loan.volume.title ? [loan.volume.title] : [] },
    };
    return {
      ...loan,
      __typename: 'Loan',
      fee: () => moneyOf([loan.fee]),
      margin: '0.00',
      volume,
      notes: () => loan.notes.map((note) => noteOf(number, note)),
      previous: () => loanOf(earlier),
      reader: () => readerOf(loan.reader),
      condition: () => conditionOf({ madeOn: loan.madeOn, volume }),
    };
  };

  const noteOf = (loanNumber: string, note: Note | undefined): object | null =>
    note
      ? {
          ...note,
          __typename: 'Note',
          loanNumber,
          by: () => readerOf(note.by),
          loan: () => loanOf(loanNumber),
        }
      : null;

  const noteAt = ({ loanNumber, position }: Pick<Reference, 'loanNumber' | 'position'>): object | null =>
    noteOf(
      loanNumber,
      byNumber.get(loanNumber)?.loan.notes.find((note) => note.position === position),
    );

  const readerOf = (id: string | null): object | null => {
    const cards = present(branches.map((branch) => branch.cards.get(id ?? '') ?? null));
    const own = all.filter(({ loan }) => loan.reader === id);
    if (id === null || !branches.some((branch) => isKnownTo(branch, id))) return null;
    const loans = own.map(({ loan }) => loan);
    const asked = (codes: readonly string[] | null = null) => withinHome(id, askedBranches({ branches: codes }));
    return {
      __typename: 'Reader',
      id,
      name: () => latestOf(own, (loan) => loan.name).value,
      namedOn: () => latestOf(own, (loan) => loan.name).day,
      names: () => distinct(loans.map((loan) => loan.name)),
      lastSeenAt: () => distinct(cards.map((card) => card.lastSeenAt)).at(-1) ?? null,
      birthYear: (_: object, sitting: Sitting) =>
        sameOf(
          cards.map((card) => card.birthYear),
          sitting,
        ),
      isMember: () => anyOf(cards.map((card) => card.isMember)),
      hasConsented: () => allOf(cards.map((card) => card.hasConsented)),
      favourite: () => byKind(own).at(-1)?.kind ?? null,
      fees: () => moneyOf(loans.map((loan) => loan.fee)),
      visits: () => sumOf(cards.map((card) => card.visits)),
      home: () => homeOf(present(cards.map((card) => card.home))),
      byKind: () => byKind(own),
      loans: (list: List, sitting: Sitting, info: GraphQLResolveInfo) =>
        listOf(own, 'MADE_ON_DESC', list, asked(), sitting, info),
      oldest: (list: List, sitting: Sitting, info: GraphQLResolveInfo) =>
        listOf(own, 'MADE_ON_ASC', list, asked(list.branches ?? null), sitting, info),
      loanConnection: (page: Page, sitting: Sitting, info: GraphQLResolveInfo) =>
        connectionOf(own, page, intersect(asked(), askedBranches(page.filter)), sitting, info),
      statistics: ({ filter }: Pick<Page, 'filter'>, sitting: Sitting, info: GraphQLResolveInfo) =>
        coveredStatistics(own, filter, intersect(asked(), askedBranches(filter)), sitting, info),
      nickname: nicknameOf(id),
    };
  };

  const clubOf = ({ id, terms }: Pick<Reference, 'id' | 'terms'>, title: string | null) => {
    // Without its terms this would be every loan of the branch.
    if (terms == null) throw new Error('A club came without its terms.');
    const filter = { kind: terms.kind, branches: terms.branches };
    return {
      __typename: 'Club',
      id,
      title,
      terms,
      loans: (page: Page, sitting: Sitting, info: GraphQLResolveInfo) =>
        connectionOf(all, { ...page, filter }, askedBranches(filter), sitting, info),
      statistics: (_: object, sitting: Sitting, info: GraphQLResolveInfo) =>
        coveredStatistics(all, filter, askedBranches(filter), sitting, info),
    };
  };
  const keptClub = ({ id, title, kind, branches: codes }: Club) =>
    clubOf({ id, terms: { kind, branches: codes } }, title);

  /** The branches that a filter leaves, by their codes and by the numbers of loans. */
  function askedBranches(filter: Filter | null | undefined): string[] {
    return branches
      .map(({ code }) => code)
      .filter((code) => filter?.branches?.includes(code) ?? true)
      .filter((code) => filter?.numbers?.some((number) => number.startsWith(`${code}-`)) ?? true);
  }

  function coverageOf(
    rows: readonly { readonly code: string }[],
    asked: readonly string[],
    sitting: Sitting,
    info: GraphQLResolveInfo,
  ) {
    const statuses = branches.map(({ code }) => {
      if (!asked.includes(code)) return [code, 'NOT_ASKED'] as const;
      return [code, rows.some((row) => row.code === code) ? 'FOUND' : 'NONE'] as const;
    });
    cover(sitting, stepsOf(info.path), Object.fromEntries(statuses));
    const entries = statuses.map(([code, status]) => ({
      court: { code, name: `Branch ${code}` },
      status,
      reason: null,
      asOf: status === 'NOT_ASKED' ? null : '2026-01-01T08:00:00+08:00',
      elapsedMs: status === 'NOT_ASKED' ? null : 1,
      missingFields: null,
    }));
    return { complete: true, courts: ({ only }: { only: string }) => (only === 'GAPS' ? [] : entries) };
  }

  function coveredStatistics(
    own: readonly Row[],
    filter: Filter | null | undefined,
    asked: readonly string[],
    sitting: Sitting,
    info: GraphQLResolveInfo,
  ) {
    const rows = matching(own, filter);
    return { ...statisticsOf(rows), totalIsLowerBound: false, coverage: coverageOf(rows, asked, sitting, info) };
  }

  function listOf(
    own: readonly Row[],
    order: string,
    { first, kind, branches: codes }: List,
    asked: readonly string[],
    sitting: Sitting,
    info: GraphQLResolveInfo,
  ) {
    const rows = matching(own, { kind: kind ?? null, branches: codes ?? null });
    coverageOf(rows, asked, sitting, info);
    if (rows.length > first) sitting.truncated.push(stepsOf(info.path));
    return inOrder(
      rows.map(({ loan }) => loan),
      order,
    )
      .slice(0, first)
      .map(({ number }) => loanOf(number));
  }

  function connectionOf(
    own: readonly Row[],
    { filter, order, first, after }: Page,
    asked: readonly string[],
    sitting: Sitting,
    info: GraphQLResolveInfo,
  ) {
    const rows = matching(own, filter);
    const sorted = inOrder(
      rows.map(({ loan }) => loan),
      order,
    );
    const last = after == null ? null : parse(after);
    if (last && !last.subarray(0, 5).equals(scopeOf(order, filter))) throw new Error('A cursor of another question.');
    const rest = sorted.filter((loan) => last === null || Buffer.compare(positionOf(loan, order, filter), last) > 0);
    const page = rest.slice(0, first);
    const cursors = page.map((loan) => format(positionOf(loan, order, filter)));
    return {
      edges: page.map(({ number }, index) => ({ cursor: cursors[index], node: loanOf(number) })),
      pageInfo: {
        hasNextPage: rest.length > page.length,
        hasPreviousPage: last !== null,
        startCursor: cursors[0] ?? null,
        endCursor: cursors.at(-1) ?? null,
      },
      totalCount: rows.length,
      totalIsLowerBound: false,
      coverage: coverageOf(rows, asked, sitting, info),
    };
  }

  const root = {
    loan: ({ number }: Reference) => loanOf(number),
    note: ({ of }: { of: Reference }) => noteAt(of),
    loans: (page: Page, sitting: Sitting, info: GraphQLResolveInfo) =>
      connectionOf(all, page, askedBranches(page.filter), sitting, info),
    statistics: ({ filter }: Pick<Page, 'filter'>, sitting: Sitting, info: GraphQLResolveInfo) =>
      coveredStatistics(all, filter, askedBranches(filter), sitting, info),
    reader: ({ id }: Reference, sitting: Sitting, info: GraphQLResolveInfo) => {
      const knowing = branches.filter((branch) => isKnownTo(branch, id));
      coverageOf(knowing, withinHome(id, askedBranches(null)), sitting, info);
      return readerOf(id);
    },
    recent: (list: List, sitting: Sitting, info: GraphQLResolveInfo) =>
      listOf(all, 'MADE_ON_DESC', list, askedBranches(list), sitting, info),
    subjects: (list: Filter, sitting: Sitting, info: GraphQLResolveInfo) => {
      const rows = matching(all, list).filter(({ loan }) => loan.title !== null);
      coverageOf(rows, askedBranches(list), sitting, info);
      return distinct(rows.map(({ loan }) => loan.title));
    },
    shelves: (_: object, sitting: Sitting, info: GraphQLResolveInfo) => {
      const rows = all.filter(({ loan }) => loan.kind !== null);
      coverageOf(rows, askedBranches(null), sitting, info);
      return byKind(rows);
    },
    giveBack: ({ input }: { input: Reference }) => {
      const loan = loanOf(input.number);
      if (loan) return loan;
      throw new GraphQLError('There is no such loan.', { extensions: { code: 'NOT_FOUND' } });
    },
    club: ({ id }: Reference) => {
      const club = clubs.find((own) => own.id === id);
      return club ? keptClub(club) : null;
    },
    clubs: () => clubs.map(keptClub),
  };
  const entityOf = (own: Reference): object | null => {
    if (own.__typename === 'Loan') return loanOf(own.number);
    if (own.__typename === 'Note') return noteAt(own);
    return own.__typename === 'Club' ? clubOf(own, null) : readerOf(own.id);
  };
  return { root, entityOf, loanOf, noteAt, readerOf, codes: branches.map(({ code }) => code) };
}

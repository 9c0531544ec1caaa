/**
 * Walks through pages of many members, at the level of the merge itself: no program, no wire, so that there is time for a
 * million of them. Members have rows with ties, give less than they are asked for, and are missing now and then.
 */

import { parse } from 'graphql';

import { HubError } from '../../gateway/errors.ts';
import { toCoverage, type MemberCoverage } from '../../gateway/horizontal/coverage.ts';
import { cursorsOf, parseCursor } from '../../gateway/horizontal/cursor.ts';
import { compileGather } from '../../gateway/horizontal/gather-plan.ts';
import { hiddenKey } from '../../gateway/horizontal/hidden.ts';
import type { Part } from '../../gateway/horizontal/merge.ts';
import { openLedger } from '../../gateway/ledger/ledger.ts';
import { speakingForThemselves, type Members } from '../../gateway/members.ts';
import type { Dice } from './dice.ts';
import { libraryContract } from './library/asks.ts';

interface Row {
  readonly number: string;
  /** Order-preserving bytes, as a member hands them out. */
  readonly position: string;
  /** The same as text whose order is that of the bytes. */
  readonly order: string;
}

interface Page {
  readonly totalCount: number | null;
  readonly totalIsLowerBound: boolean;
  readonly coverage: { readonly complete: boolean };
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly number: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const plan = compileGather(
  libraryContract,
  parse(`query ($first: Int, $after: String) {
    loans(first: $first, after: $after) {
      totalCount totalIsLowerBound coverage { complete } edges { cursor node { number } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`),
);
const [root] = plan.roots;

const codes = ['a', 'b', 'c', 'd', 'e'];
const members: Members = {
  codes,
  ...speakingForThemselves(codes),
  memberOf: (code) => codes.find((own) => own === code),
  nameOf: (member) => member,
  ownerOf: (key) => codes.find((code) => String(key).startsWith(`${code}-`)),
  canonical: (key) => String(key),
  misfit: () => new HubError('BAD_USER_INPUT', 'Nobody.'),
  homeOf: () => undefined,
};

/** One random walk from its first page to its last, as the number of its pages; throws with what is wrong. */
export function walk(dice: Dice): number {
  const shards = new Map(codes.map((code) => [code, randomRows(dice, code)]));
  // A member that gives less than it is asked for still says that it has more.
  const most = new Map(codes.map((code) => [code, dice.oneIn(4) ? 1 + dice.upTo(1) : Infinity]));
  const isFlaky = new Map(codes.map((code) => [code, dice.oneIn(3)]));
  const seen = new Set<string>();
  const missedSoFar = new Set<string>();
  let after: string | null = null;
  let last = '';
  let pages = 0;
  for (;;) {
    pages += 1;
    if (pages > 200) throw new Error('The walk does not end.');
    const first = 1 + dice.upTo(5);
    const down = new Set(codes.filter((code) => isFlaky.get(code) === true && dice.oneIn(4)));
    for (const code of down) missedSoFar.add(code);
    const page = pageOf(shards, most, down, first, after);
    const position: string = after === null ? '' : toBytes(parseCursor(after).position);
    const up = codes.filter((code) => !down.has(code));
    const rest = up.flatMap((code) => shards.get(code)!.filter((row) => row.order > position));
    checkPage(page, { shards, up, rest, first, after, missedSoFar });
    for (const { cursor, node } of page.edges) {
      if (seen.has(node.number)) throw new Error(`${node.number} came twice.`);
      seen.add(node.number);
      const place = toBytes(parseCursor(cursor).position);
      if (place <= last) throw new Error(`${node.number} is out of order.`);
      last = place;
    }
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor ?? after;
  }
  for (const [code, rows] of shards) {
    if (missedSoFar.has(code)) continue;
    for (const { number } of rows) if (!seen.has(number)) throw new Error(`${number} never came.`);
  }
  return pages;
}

interface Expected {
  readonly shards: ReadonlyMap<string, readonly Row[]>;
  readonly up: readonly string[];
  /** The rows behind the cursor of those that answered. */
  readonly rest: readonly Row[];
  readonly first: number;
  readonly after: string | null;
  readonly missedSoFar: ReadonlySet<string>;
}

function checkPage(page: Page, { shards, up, rest, first, after, missedSoFar }: Expected): void {
  const { edges, pageInfo, totalCount, totalIsLowerBound, coverage } = page;
  const sorted = [...rest].sort((a, b) => (a.order < b.order ? -1 : 1));
  const numbers = edges.map(({ node }) => node.number);
  const due = sorted.slice(0, edges.length).map(({ number }) => number);
  if (numbers.join() !== due.join()) throw new Error(`The page has ${numbers.join()} in place of ${due.join()}.`);
  if (edges.length > first) throw new Error(`The page has ${edges.length} rows in place of ${first}.`);
  if (pageInfo.hasNextPage !== sorted.length > edges.length) throw new Error('The page lies about a next one.');
  if (pageInfo.hasNextPage && edges.length === 0)
    throw new Error('The page gives nothing and says that there is more.');
  if (pageInfo.hasPreviousPage !== (after !== null)) throw new Error('The page lies about a previous one.');
  const missing = codes.filter((code) => missedSoFar.has(code));
  const present = codes.filter((code) => !missedSoFar.has(code));
  const cursors = sorted.slice(0, edges.length).map(({ position }) => cursorsOf(missing, present)(position));
  if (edges.map(({ cursor }) => cursor).join() !== cursors.join()) throw new Error('A cursor is not that of its row.');
  if (pageInfo.startCursor !== (cursors[0] ?? null)) throw new Error('The first cursor is not that of the first row.');
  if (pageInfo.endCursor !== (cursors.at(-1) ?? null)) throw new Error('The last cursor is not that of the last row.');
  const total = up.length === 0 ? null : up.reduce((sum, code) => sum + shards.get(code)!.length, 0);
  if (totalCount !== total) throw new Error(`The total is ${String(totalCount)} in place of ${String(total)}.`);
  if (totalIsLowerBound !== missing.length > 0) throw new Error('The page lies about its total.');
  if (coverage.complete !== (missing.length === 0)) throw new Error('The page lies about who is missing.');
}

function randomRows(dice: Dice, code: string): Row[] {
  const rows = Array.from({ length: dice.pick([0, 1, 2, 3, 5, 8]) }, (_, index) => {
    const number = `${code}-${index}`;
    // Few values, so that members' rows stand between each other's, and ties are decided by the number.
    const bytes = Buffer.from([dice.upTo(6), ...Buffer.from(number)]);
    return { number, position: bytes.toString('base64url'), order: bytes.toString('latin1') };
  });
  return rows.sort((a, b) => (a.order < b.order ? -1 : 1));
}

function toBytes(position: string): string {
  return Buffer.from(position, 'base64url').toString('latin1');
}

function pageOf(
  shards: ReadonlyMap<string, readonly Row[]>,
  most: ReadonlyMap<string, number>,
  down: ReadonlySet<string>,
  first: number,
  after: string | null,
): Page {
  const position = after === null ? '' : toBytes(parseCursor(after).position);
  const parts = codes.flatMap((member): Part[] => {
    if (down.has(member)) return [];
    const rows = shards.get(member)!;
    return [{ member, value: connectionOf(member, rows, position, Math.min(first, most.get(member)!)) }];
  });
  const silent = new Map<string, MemberCoverage>(
    [...down].map((code) => [code, toCoverage(code, 'UNREACHABLE', 'DOWN')]),
  );
  return root!.merge(parts, {
    variables: { first, after },
    path: ['loans'],
    members,
    ledger: openLedger(),
    hasGaps: false,
    refused: new Set(),
    targets: new Map(),
    known: null,
    silent,
    answered: new Map(
      parts.map(({ member }) => [
        member,
        { elapsedMs: 1, receivedAt: '', missingFields: [], reason: '', stated: () => [] },
      ]),
    ),
    truncated: new Set(),
  }) as Page;
}

/** What a member answers to the prepared question. */
function connectionOf(code: string, rows: readonly Row[], position: string, limit: number): Record<string, unknown> {
  const rest = rows.filter((row) => row.order > position);
  return {
    totalCount: rows.length,
    totalIsLowerBound: false,
    edges: rest.slice(0, limit).map(({ number, position: cursor }) => ({
      cursor,
      [hiddenKey('cursor')]: cursor,
      node: { number, [hiddenKey('number')]: number },
    })),
    [hiddenKey('pageInfo')]: { hasNextPage: rest.length > limit },
    [hiddenKey('coverage')]: { courts: [{ court: { code }, status: rows.length > 0 ? 'FOUND' : 'NONE' }] },
  };
}

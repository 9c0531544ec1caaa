/**
 * What another hub's answer tells of the members behind it: coverage of every gathered field, and errors that are about
 * one of them. A hub is trusted with both for its own members, and its texts go no further than a court's would.
 */

import type { Answer } from '../../common/wire.ts';
import { errorCodes, type ErrorCode } from '../errors.ts';
import type { LedgerEntry, ResponsePath } from '../ledger/ledger.ts';
import type { Members } from '../members.ts';
import { isCoverageStatus, isGap, toCoverage, wordOf, type MemberCoverage } from './coverage.ts';
import { disputed, FailedValue, type Blemish } from './failed.ts';

export interface HubWord {
  /** The answer without the errors that are told here. */
  readonly answer: Answer;
  readonly tellings: readonly Telling[];
  /** The coverage of a gathered field by its path in the answer (`cases`, `_entities[].cases`); none where none is told. */
  readonly coverage: ReadonlyMap<string, readonly MemberCoverage[]>;
}

/** An error about one of the members, or about several. */
export interface Telling {
  readonly code: ErrorCode;
  readonly member: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Where in the hub's answer, `@` for every item of a list. */
  readonly paths: readonly ResponsePath[];
}

/** Reads the answer of a hub that speaks for these members. What it says of anybody else counts for nothing. */
export function hearHub(answer: Answer, behind: readonly string[]): HubWord {
  const tellings: Telling[] = [];
  const errors = (answer.errors ?? []).filter((error) => {
    const telling = toTelling(error, behind);
    if (telling) tellings.push(telling);
    // Which gaps made an answer incomplete, its coverage says.
    return !telling && error.extensions?.['code'] !== 'INCOMPLETE';
  });
  return {
    answer: { ...answer, errors: errors.flatMap(atEachPath) },
    tellings,
    coverage: readCoverage(answer.extensions?.['coverage'], behind),
  };
}

/** A hub tells a cause once, with all its places; here each place counts. */
function atEachPath(error: TellsWrong): TellsWrong[] {
  const { paths } = error.extensions ?? {};
  const exact = textsIn(paths).flatMap((text) => (text.includes('[]') ? [] : [toPath(text)]));
  return exact.length === 0 ? [error] : exact.map((path) => ({ ...error, path }));
}

type TellsWrong = NonNullable<Answer['errors']>[number];

function textsIn(paths: unknown): string[] {
  return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : [];
}

/** Which codes are told again: what befell a member, or several of them together. */
const aboutMembers: ReadonlySet<string> = new Set<ErrorCode>([
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNREACHABLE',
  'UPSTREAM_REFUSED',
  'UPSTREAM_ERROR',
  'MISPLACED_ROW',
  'BAD_ORDER',
  'GONE',
  'UNKNOWN',
]);
const aboutSeveral: ReadonlySet<string> = new Set<ErrorCode>(['CONFLICT', 'LIST_TRUNCATED']);

function toTelling(error: TellsWrong, behind: readonly string[]): Telling | null {
  const { code, court, paths, reason, status, limit, courts } = error.extensions ?? {};
  if (typeof code !== 'string' || !(code in errorCodes)) return null;
  const member = behind.find((own) => own === court) ?? null;
  if (member === null ? !aboutSeveral.has(code) : !aboutMembers.has(code) && !aboutSeveral.has(code)) return null;
  const texts = textsIn(paths);
  return {
    code: code as ErrorCode,
    member,
    facts: {
      ...(isCoverageStatus(status) && { status }),
      ...(wordOf(reason) !== null && { reason }),
      ...(Number.isInteger(limit) && { limit }),
      ...(Array.isArray(courts) && { courts: behind.filter((own) => courts.includes(own)) }),
    },
    paths:
      texts.length > 0
        ? texts.map(toPath)
        : [(error.path ?? []).map((step) => (typeof step === 'number' ? '@' : step))],
  };
}

/** The path that a text such as `cases.edges[].node` stands for. */
function toPath(text: string): ResponsePath {
  return text.replaceAll('[]', '.@').split('.');
}

function readCoverage(given: unknown, behind: readonly string[]): HubWord['coverage'] {
  const read = new Map<string, readonly MemberCoverage[]>();
  for (const entry of Array.isArray(given) ? (given as unknown[]) : []) {
    const { path, courts } = (entry ?? {}) as { path?: unknown; courts?: unknown };
    if (typeof path !== 'string' || !Array.isArray(courts)) continue;
    const stated = (courts as unknown[]).flatMap((court) => {
      const { code, status, reason } = (court ?? {}) as Record<string, unknown>;
      const member = behind.find((own) => own === code);
      return member !== undefined && isCoverageStatus(status) ? [toCoverage(member, status, wordOf(reason))] : [];
    });
    read.set(path, stated);
  }
  return read;
}

/** Where members behind a hub disagreed: its null there is no silence, and another's value does not settle it. Changes the data. */
export function markDisputes(data: Record<string, unknown>, { tellings }: HubWord): void {
  const mark = (value: unknown, [step, ...rest]: ResponsePath): void => {
    if (typeof value !== 'object' || value === null || step === undefined) return;
    if (step === '@') {
      for (const item of Array.isArray(value) ? (value as unknown[]) : []) mark(item, rest);
      return;
    }
    const holder = value as Record<string, unknown>;
    if (rest.length > 0) mark(holder[step], rest);
    else if (holder[step] === null) holder[step] = new FailedValue('DEGRADED', disputed);
  };
  for (const { code, paths } of tellings) if (code === 'CONFLICT') for (const path of paths) mark(data, path);
}

/** The gaps of which a hub told, whichever field they befell. */
export function gapsIn(word: HubWord | undefined): MemberCoverage[] {
  return [...(word?.coverage.values() ?? [])].flat().filter(isGap);
}

/** Lists that members behind a hub, or the hub, cut short. */
export function cutBy({ tellings }: HubWord): ResponsePath[] {
  return tellings.flatMap(({ code, paths }) => (code === 'LIST_TRUNCATED' ? paths : []));
}

/** Of a gathered field itself: its coverage says this, and its list that it is cut. */
export function isToldByCoverage(code: ErrorCode): boolean {
  return ['UPSTREAM_TIMEOUT', 'UPSTREAM_UNREACHABLE', 'UPSTREAM_REFUSED', 'UPSTREAM_ERROR', 'LIST_TRUNCATED'].includes(
    code,
  );
}

/** Values that a hub left out and has told whose they were are no fault of all the others behind it. */
export function withoutTold(rows: readonly Blemish[], { tellings }: HubWord): Blemish[] {
  const told = new Set(tellings.flatMap(({ paths }) => paths.map((path) => path.at(-1))));
  return rows.filter(({ field, reason }) => reason !== 'MISSING' || !told.has(field));
}

/** Tells again what a hub told, at the places where a client sees it; `placeOf` gives null for what is told there otherwise. */
export function toEntries(
  { tellings }: HubWord,
  members: Members,
  placeOf: (path: ResponsePath, code: ErrorCode) => ResponsePath | null,
): LedgerEntry[] {
  return tellings.flatMap(({ code, member, facts, paths }) =>
    paths.flatMap((path): LedgerEntry[] => {
      const place = placeOf(path, code);
      if (!place) return [];
      const who = member === null ? 'Several courts' : `Court ${member} (${members.nameOf(member)})`;
      const message = code === 'LIST_TRUNCATED' ? truncated : `${who} ${saidOf(code)}.`;
      return [{ code, message, path: place, ...(member !== null && { source: { court: member } }), facts }];
    }),
  );
}

const truncated = 'A list is longer than what is given at once; only its first items are given.';

function saidOf(code: ErrorCode): string {
  switch (code) {
    case 'UPSTREAM_TIMEOUT':
      return 'did not answer in time';
    case 'UPSTREAM_UNREACHABLE':
      return 'could not be asked or gave no usable answer';
    case 'UPSTREAM_REFUSED':
      return 'refused to answer';
    case 'MISPLACED_ROW':
      return 'sent a row that does not belong to it; the row was left out';
    case 'BAD_ORDER':
      return 'sent rows out of order; those rows were left out';
    case 'CONFLICT':
      return 'told one thing in two ways; neither was taken';
    case 'GONE':
      return 'no longer has something that was found a moment ago';
    case 'UNKNOWN':
      return 'may have done what it was asked, and may not';
    default:
      return 'left out values';
  }
}

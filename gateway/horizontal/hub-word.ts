/**
 * What another hub's answer tells of the members behind it: coverage of every gathered field, and errors that are about
 * one of them. A hub is trusted with both for its own members, and its texts go no further than a court's would.
 */

import type { Answer } from '../../common/wire.ts';
import { errorCodes, type ErrorCode } from '../errors.ts';
import type { ResponsePath } from '../ledger/ledger.ts';

import type { AskedKeys } from './asked-keys.ts';
import { fieldNamesIn, isCoverageStatus, isGap, toCoverage, wordOf, type MemberCoverage } from './coverage.ts';

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

/**
 * Reads the answer of a hub that speaks for these members; `keys` are those of the question. What it says of
 * anybody else counts for nothing.
 */
export function hearHub(answer: Answer, behind: readonly string[], keys: AskedKeys): HubWord {
  const tellings: Telling[] = [];
  const errors = (answer.errors ?? []).filter((error) => {
    const telling = toTelling(error, behind, keys);
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

function toTelling(error: TellsWrong, behind: readonly string[], keys: AskedKeys): Telling | null {
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
    paths: (texts.length > 0 ? texts.map(toPath) : [toListPath(error.path ?? [])]).map((path) => known(path, keys)),
  };
}

/** Free text of a hub is no place in an answer: a path ends where it leaves the question. */
function known(path: ResponsePath, keys: AskedKeys): ResponsePath {
  const end = path.findIndex((step) => step !== '@' && !keys.has(String(step)));
  return end < 0 ? path : path.slice(0, end);
}

function toListPath(path: ResponsePath): ResponsePath {
  return path.map((step) => (typeof step === 'number' ? '@' : step));
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
      const { code, status, reason, missingFields } = (court ?? {}) as Record<string, unknown>;
      const member = behind.find((own) => own === code);
      if (member === undefined || !isCoverageStatus(status)) return [];
      return [{ ...toCoverage(member, status, wordOf(reason)), missingFields: fieldNamesIn(missingFields) }];
    });
    read.set(path, stated);
  }
  return read;
}

/** Whether a hub told that something of a member is missing; a list that is cut, or values that differ, lack nothing. */
export function tellsLoss({ tellings }: HubWord): boolean {
  return tellings.some(({ code }) => aboutMembers.has(code));
}

/** The gaps of which a hub told, whichever field they befell. */
export function gapsIn(word: HubWord | undefined): MemberCoverage[] {
  return [...(word?.coverage.values() ?? [])].flat().filter(isGap);
}

/**
 * One request's account of what went wrong and who answered. Sources write into it; the executor turns it into `errors`
 * (one per member and cause) and `extensions.coverage` when the answer is whole.
 */

import { GraphQLError } from 'graphql';

import type { ErrorCode } from '../errors.ts';
import { isComplete, isGap, type MemberCoverage } from '../horizontal/coverage.ts';
import { openAgencyAccount, type Answered } from './agency-account.ts';

export type ResponsePath = readonly (string | number)[];

/** Something to tell the client. Entries with the same code, source and cause are told once, with all their paths. */
export interface LedgerEntry {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path: ResponsePath;
  /** Who it is about: `{ court: "苏0312" }`, `{ agency: "bank" }`, or nobody. */
  readonly source?: Readonly<Record<string, string>>;
  readonly facts?: Readonly<Record<string, unknown>>;
}

export interface Ledger {
  report(entry: LedgerEntry): void;
  /** States who answered the gathered field at this path. */
  cover(path: ResponsePath, coverage: readonly MemberCoverage[]): void;
  /** States what became of the questions about entities that the field at this path put to an agency, by the entities' keys; null where none is known. */
  coverAgency(path: ResponsePath, agency: string, answered: Answered): void;
  errors(): GraphQLError[];
  /** Of each gathered field, and then of each field that an agency was asked for. */
  coverage(): object[];
  /** The coverage of each gathered field. */
  covered(): (readonly MemberCoverage[])[];
}

/** An empty account for one request. */
export function openLedger(): Ledger {
  const entries = new Map<string, { first: LedgerEntry; count: number; paths: Set<string> }>();
  const covered = new Map<string, { path: ResponsePath; coverage: readonly MemberCoverage[] }>();
  const agencies = openAgencyAccount();
  return {
    coverAgency: (path, agency, answered) => agencies.add(toPathText(path), agency, answered),
    report(entry) {
      const { reason = entry.message, idempotencyKey = null } = entry.facts ?? {};
      // Two changes are two causes, each with the key to ask again.
      const cause = JSON.stringify([entry.code, entry.source ?? null, reason, idempotencyKey]);
      const known = entries.get(cause);
      if (known) {
        known.count += 1;
        known.paths.add(toPathText(entry.path));
      } else {
        entries.set(cause, { first: entry, count: 1, paths: new Set([toPathText(entry.path)]) });
      }
    },
    cover(path, coverage) {
      const known = covered.get(toPathText(path));
      covered.set(toPathText(path), { path, coverage: known ? uniteCoverage(known.coverage, coverage) : coverage });
    },
    errors: () =>
      [...entries.values()].map(
        ({ first, count, paths }) =>
          new GraphQLError(first.message, {
            path: untilList(first.path),
            extensions: { code: first.code, ...first.source, ...first.facts, count, paths: [...paths] },
          }),
      ),
    covered: () => [...covered.values()].map(({ coverage }) => coverage),
    coverage: () => [
      ...[...covered.values()].map(({ path, coverage }) => ({
        path: toPathText(path),
        complete: isComplete(coverage),
        courts: coverage.map(({ member, status, reason, missingFields }) => ({
          code: member,
          status,
          ...(reason && { reason }),
          ...(missingFields && missingFields.length > 0 && { missingFields }),
        })),
      })),
      ...agencies.told(),
    ],
  };
}

/** One path may stand for many fields (each debtor's cases): a gap in one is a gap, found in one is found. */
function uniteCoverage(left: readonly MemberCoverage[], right: readonly MemberCoverage[]): MemberCoverage[] {
  const weightOf = (coverage: MemberCoverage) =>
    isGap(coverage) ? 3 : ['NOT_ASKED', 'NONE', 'FOUND'].indexOf(coverage.status);
  const united = new Map(left.map((coverage) => [coverage.member, coverage]));
  for (const coverage of right) {
    const known = united.get(coverage.member);
    if (!known || weightOf(coverage) > weightOf(known)) united.set(coverage.member, coverage);
  }
  return [...united.values()];
}

/** Paths into a list name the list: after a merge, a member's own index says nothing. */
function untilList(path: ResponsePath): (string | number)[] {
  const list = path.findIndex((step) => step === '@');
  return list < 0 ? [...path] : path.slice(0, list);
}

/** As a person reads it: `cases.edges[].node`. */
export function toPathText(path: ResponsePath): string {
  return path.join('.').replaceAll('.@', '[]');
}

/** What one speaker's value of a gathered field says about the member, or about the members behind it. */

import { fieldNamesIn, isCoverageStatus, isGap, toCoverage, wordOf, type MemberCoverage } from './coverage.ts';
import { FailedValue } from './failed.ts';
import type { Arguments } from './arguments.ts';
import type { Form, Reading } from './form.ts';
import { hiddenKey } from './hidden.ts';
import type { Answered, MergeScope, Part } from './merge.ts';

/** Coverage of the members spoken for, and the reading when there is something to merge. */
export interface Verdict {
  readonly coverage: readonly MemberCoverage[];
  readonly reading: Reading | null;
}

/** The field that is judged: what it carries, and with which arguments it was asked. */
interface Judged {
  readonly own: MergeScope;
  readonly key: string;
  readonly args: Arguments;
  /** Whether its value carries coverage, in which the member speaks of itself. */
  readonly isCovered: boolean;
}

export function judge(form: Form, part: Part, judged: Judged): Verdict {
  const { own: scope } = judged;
  const behind = scope.members.behind(part.member);
  if (!behind) return judgeMember(form, part, judged);
  // Whom the question excludes nobody speaks of.
  return judgeHub(
    form,
    part,
    judged,
    behind.filter((member) => !scope.silent.has(member)),
  );
}

function judgeMember(form: Form, part: Part, { own: scope, args, isCovered }: Judged): Verdict {
  const { member, value } = part;
  const answered = scope.answered.get(member);
  const told = (status: MemberCoverage['status'], reason: string | null) => toldOf(member, status, reason, answered);
  if (value instanceof FailedValue) return alone(told(value.status, value.reason), null);
  const garbled = alone(told('UNREACHABLE', 'GARBLED'), null);
  const reading = value === undefined ? null : form.read(part, scope, args);
  if (!reading) return garbled;
  const stated = isCovered ? statedIn(value).find(({ code }) => code === member)?.stated : null;
  // Whoever does not speak of itself as this member may be somebody else, and nothing that it says counts.
  if (isCovered && (!stated || stated['status'] === 'NOT_ASKED')) return garbled;
  const isKnown = reading.isFound || stated?.['status'] === 'FOUND';
  const own = { ...told(isKnown ? 'FOUND' : 'NONE', null), asOf: textOf(stated?.['asOf']) };
  const { missingFields = [], reason = '' } = answered ?? {};
  if (statedGaps.has(stated?.['status'])) {
    const why = wordOf(stated?.['reason']) ?? 'STATED';
    // Rows that came are found, whatever it says; where none came, the gap is all there is.
    if (reading.isFound || stated?.['status'] === 'DEGRADED') {
      const isMissing = missingFields.length > 0;
      return alone(degrade(own, isMissing ? reason : why, isMissing ? missingFields : null), reading);
    }
    return alone({ ...own, status: stated!['status'] as MemberCoverage['status'], reason: why }, null);
  }
  if (missingFields.length > 0) return alone(degrade(own, reason, missingFields), reading);
  return alone(reading.isWhole ? own : degrade(own, 'ROWS_LEFT_OUT', null), reading);
}

/** A hub states the coverage of those behind it; where it gave nothing that can be merged, they all are gaps. */
function judgeHub(
  form: Form,
  part: Part,
  { own: scope, key, args, isCovered }: Judged,
  behind: readonly string[],
): Verdict {
  const { member: hub, value } = part;
  const answered = scope.answered.get(hub);
  const all = (status: MemberCoverage['status'], reason: string): Verdict => ({
    coverage: behind.map((member) => toldOf(member, status, reason, answered)),
    reading: null,
  });
  const beside = new Map(answered?.stated(key).map((own) => [own.member, own]));
  const inside = new Map(isCovered ? statedIn(value).map(({ code, stated }) => [code, readStated(code, stated)]) : []);
  const stated = behind.flatMap((member) => inside.get(member) ?? beside.get(member) ?? []);
  const since = { receivedAt: answered?.receivedAt ?? null };
  const owners = new Set<string>();
  const reading =
    value === undefined || value instanceof FailedValue ? null : form.read(part, { ...scope, owners }, args);
  const coverage = stated.map((own) => ({
    ...withRows(own, owners),
    ...since,
    elapsedMs: own.elapsedMs ?? answered?.elapsedMs ?? null,
  }));
  // Nothing came, and the coverage says why: who might have something did not answer, or everything or nothing was wanted.
  const isAllOrNothing = args['completeness'] === 'COMPLETE';
  const hasNothing = coverage.every((own) => isGap(own) || own.status === 'NONE');
  if (value == null && isWhole(coverage, behind) && coverage.some(isGap) && (isAllOrNothing || hasNothing)) {
    return { coverage, reading: null };
  }
  if (value instanceof FailedValue) return all(value.status, value.reason);
  if (!reading || !isWhole(stated, behind)) return all('UNREACHABLE', 'GARBLED');
  // Rows of nobody.
  if (reading.isFound && coverage.every(({ status }) => status === 'NONE')) return all('UNREACHABLE', 'GARBLED');
  const { missingFields = [], reason = '' } = answered ?? {};
  if (missingFields.length === 0 && reading.isWhole) return { coverage, reading };
  // Whose values they were cannot be said.
  const why = missingFields.length > 0 ? reason : 'ROWS_LEFT_OUT';
  const missing = missingFields.length > 0 ? missingFields : null;
  return { coverage: coverage.map((own) => (isGap(own) ? own : degrade(own, why, missing))), reading };
}

/** Rows that came are found, whatever a hub states of their court. */
function withRows(own: MemberCoverage, owners: ReadonlySet<string>): MemberCoverage {
  if (!owners.has(own.member) || own.status === 'FOUND' || own.status === 'DEGRADED') return own;
  return own.status === 'NONE' ? { ...own, status: 'FOUND' } : { ...own, status: 'DEGRADED' };
}

/** Whether all of them are spoken of; one that was asked cannot be called excluded. */
function isWhole(coverage: readonly MemberCoverage[], behind: readonly string[]): boolean {
  return coverage.length === behind.length && coverage.every(({ status }) => status !== 'NOT_ASKED');
}

function alone(coverage: MemberCoverage, reading: Reading | null): Verdict {
  return { coverage: [coverage], reading };
}

function toldOf(
  member: string,
  status: MemberCoverage['status'],
  reason: string | null,
  answered: Answered | undefined,
): MemberCoverage {
  return {
    ...toCoverage(member, status, reason, answered?.elapsedMs ?? null),
    receivedAt: answered?.receivedAt ?? null,
  };
}

function degrade(entry: MemberCoverage, reason: string, missingFields: readonly string[] | null): MemberCoverage {
  return { ...entry, status: 'DEGRADED', reason, missingFields };
}

/** Statuses by which a member says that it cannot answer, or not wholly. */
const statedGaps: ReadonlySet<unknown> = new Set(['PENDING', 'REFUSED', 'TIMEOUT', 'UNREACHABLE', 'DEGRADED']);

/**
 * What a value states, and of whom. A member's word counts of itself, a hub's of those behind it: who was asked, and
 * everybody else's coverage, is not theirs to say.
 */
function statedIn(value: unknown): { readonly code: string; readonly stated: Readonly<Record<string, unknown>> }[] {
  const stated = (value as Record<string, { courts?: unknown } | undefined> | null)?.[hiddenKey('coverage')]?.courts;
  const list = Array.isArray(stated) ? (stated as Record<string, unknown>[]) : [];
  return list.flatMap((entry) => {
    const code = (entry['court'] as { code?: unknown } | null)?.code;
    return typeof code === 'string' ? [{ code, stated: entry }] : [];
  });
}

function readStated(member: string, stated: Readonly<Record<string, unknown>>): MemberCoverage | [] {
  const { status, reason, asOf, elapsedMs, missingFields } = stated;
  if (!isCoverageStatus(status)) return [];
  const why = wordOf(reason);
  const own = toCoverage(member, status, why ?? (statedGaps.has(status) ? 'STATED' : null));
  return {
    ...own,
    asOf: textOf(asOf),
    elapsedMs: typeof elapsedMs === 'number' ? elapsedMs : null,
    missingFields: fieldNamesIn(missingFields),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

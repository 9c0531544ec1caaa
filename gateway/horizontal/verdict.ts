/** What one member's value of a gathered field says about that member. */

import { toCoverage, type MemberCoverage } from './coverage.ts';
import { FailedValue } from './failed.ts';
import type { Arguments } from './arguments.ts';
import type { Form, Reading } from './form.ts';
import { hiddenKey } from './hidden.ts';
import type { MergeScope, Part } from './merge.ts';

/** Coverage of the member, and the reading when there is something to merge. */
export interface Verdict {
  readonly coverage: MemberCoverage;
  readonly reading: Reading | null;
}

/** The field that is judged: what it carries, and with which arguments it was asked. */
interface Judged {
  readonly own: MergeScope;
  readonly args: Arguments;
  /** Whether its value carries coverage, in which the member speaks of itself. */
  readonly isCovered: boolean;
}

export function judge(form: Form, part: Part, { own: scope, args, isCovered }: Judged): Verdict {
  const { member, value } = part;
  const { elapsedMs = null, missingFields = [], reason = '' } = scope.answered.get(member) ?? {};
  if (value instanceof FailedValue) {
    return { coverage: toCoverage(member, value.status, value.reason, elapsedMs), reading: null };
  }
  const garbled = { coverage: toCoverage(member, 'UNREACHABLE', 'GARBLED', elapsedMs), reading: null };
  const reading = value === undefined ? null : form.read(part, scope, args);
  if (!reading) return garbled;
  const stated = isCovered ? statedBy(value, member) : null;
  // Whoever does not speak of itself as this member may be somebody else, and nothing that it says counts.
  if (isCovered && (!stated || stated.status === 'NOT_ASKED')) return garbled;
  const asOf = typeof stated?.['asOf'] === 'string' ? stated['asOf'] : null;
  const isKnown = reading.isFound || stated?.['status'] === 'FOUND';
  const own = { ...toCoverage(member, isKnown ? 'FOUND' : 'NONE', null, elapsedMs), asOf };
  if (statedGaps.has(stated?.['status'])) {
    const why = reasonOf(stated);
    // Rows that came are found, whatever it says; where none came, the gap is all there is.
    if (reading.isFound || stated?.['status'] === 'DEGRADED') {
      const isMissing = missingFields.length > 0;
      return { coverage: degrade(own, isMissing ? reason : why, isMissing ? missingFields : null), reading };
    }
    return { coverage: { ...own, status: stated!['status'] as MemberCoverage['status'], reason: why }, reading: null };
  }
  if (missingFields.length > 0) return { coverage: degrade(own, reason, missingFields), reading };
  return { coverage: reading.isWhole ? own : degrade(own, 'ROWS_LEFT_OUT', null), reading };
}

function degrade(entry: MemberCoverage, reason: string, missingFields: readonly string[] | null): MemberCoverage {
  return { ...entry, status: 'DEGRADED', reason, missingFields };
}

/** Statuses by which a member says that it cannot answer, or not wholly. */
const statedGaps: ReadonlySet<unknown> = new Set(['PENDING', 'REFUSED', 'TIMEOUT', 'UNREACHABLE', 'DEGRADED']);

/**
 * What a member states of itself: whether its rows match, as of when, and that something is missing. Who was asked, and
 * everybody else's coverage, is not a member's to say.
 */
function statedBy(value: unknown, member: string): Record<string, unknown> | undefined {
  const stated = (value as Record<string, { courts?: unknown } | undefined> | null)?.[hiddenKey('coverage')]?.courts;
  const list = Array.isArray(stated) ? (stated as Record<string, unknown>[]) : [];
  return list.find((entry) => (entry['court'] as { code?: unknown } | null)?.code === member);
}

/** A member's own reason where it is a word of coverage; free text of a member goes no further. */
function reasonOf(stated: Readonly<Record<string, unknown>> | null | undefined): string {
  const reason = stated?.['reason'];
  return typeof reason === 'string' && /^[A-Z][A-Z_]{1,39}$/.test(reason) ? reason : 'STATED';
}

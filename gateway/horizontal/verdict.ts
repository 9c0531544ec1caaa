/** What one member's value of a gathered field says about that member. */

import { toCoverage, type MemberCoverage } from './coverage.ts';
import { FailedValue } from './failed.ts';
import type { Arguments } from './arguments.ts';
import type { Form, Reading } from './form.ts';
import { hiddenKey } from './hidden.ts';
import type { MergeScope, Part } from './merge.ts';

/** Coverage of the member (of its own members, when it is a hub), and the reading when there is something to merge. */
export interface Verdict {
  readonly coverage: readonly MemberCoverage[];
  readonly reading: Reading | null;
}

export function judge(form: Form, part: Part, scope: MergeScope, args: Arguments): Verdict {
  const { member, value } = part;
  const { elapsedMs = null, missingFields = [], reason = '' } = scope.answered.get(member) ?? {};
  if (value instanceof FailedValue) {
    return { coverage: [toCoverage(member, value.status, value.reason, elapsedMs)], reading: null };
  }
  const reading = value === undefined ? null : form.read(part, scope, args);
  if (!reading) return { coverage: [toCoverage(member, 'UNREACHABLE', 'GARBLED', elapsedMs)], reading: null };
  const own = statedBy(value, member, reading.isFound, elapsedMs);
  if (missingFields.length > 0) return { coverage: [degrade(own, reason, missingFields)], reading };
  return { coverage: [reading.isWhole ? own : degrade(own, 'ROWS_LEFT_OUT', null)], reading };
}

function degrade(entry: MemberCoverage, reason: string, missingFields: readonly string[] | null): MemberCoverage {
  return { ...entry, status: 'DEGRADED', reason, missingFields };
}

/**
 * What a member states of itself: whether its rows match, as of when, and that something is missing. Who was asked, and
 * everybody else's coverage, is not a member's to say; rows that came are found, whatever it says.
 */
function statedBy(value: unknown, member: string, isFound: boolean, elapsedMs: number | null): MemberCoverage {
  const stated = (value as Record<string, { courts?: unknown } | undefined> | null)?.[hiddenKey('coverage')]?.courts;
  const list = Array.isArray(stated) ? (stated as Record<string, unknown>[]) : [];
  const own = list.find((entry) => (entry['court'] as { code?: unknown } | null)?.code === member);
  const asOf = typeof own?.['asOf'] === 'string' ? own['asOf'] : null;
  const isKnown = isFound || own?.['status'] === 'FOUND';
  const coverage = { ...toCoverage(member, isKnown ? 'FOUND' : 'NONE', null, elapsedMs), asOf };
  return own?.['status'] === 'DEGRADED' ? { ...coverage, status: 'DEGRADED', reason: 'STATED' } : coverage;
}

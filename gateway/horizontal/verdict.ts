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
  const { elapsedMs = null, missingFields = [] } = scope.answered.get(member) ?? {};
  if (value instanceof FailedValue) {
    return { coverage: [toCoverage(member, value.status, value.reason, elapsedMs)], reading: null };
  }
  const reading = value === undefined ? null : form.read(part, scope, args);
  if (!reading) return { coverage: [toCoverage(member, 'UNREACHABLE', 'GARBLED', elapsedMs)], reading: null };
  const own = statedBy(value, member, scope.members.codes, elapsedMs) ?? [
    toCoverage(member, reading.isFound ? 'FOUND' : 'NONE', null, elapsedMs),
  ];
  if (missingFields.length > 0) return { coverage: own.map((entry) => degrade(entry, missingFields)), reading };
  return { coverage: reading.isWhole ? own : own.map((entry) => degrade(entry, null)), reading };
}

function degrade(entry: MemberCoverage, missingFields: readonly string[] | null): MemberCoverage {
  return { ...entry, status: 'DEGRADED', reason: missingFields ? 'MISSING_VALUES' : 'ROWS_LEFT_OUT', missingFields };
}

/** The coverage that a member states itself, of itself or of members of its own; of other members it has no say. */
function statedBy(
  value: unknown,
  member: string,
  codes: readonly string[],
  elapsedMs: number | null,
): MemberCoverage[] | undefined {
  const stated = (value as Record<string, { courts?: unknown } | undefined> | null)?.[hiddenKey('coverage')]?.courts;
  if (!Array.isArray(stated) || stated.length === 0) return undefined;
  const own = (stated as Record<string, unknown>[])
    .map((entry) => ({
      member: (entry['court'] as { code?: string } | null)?.code ?? member,
      status: entry['status'] as MemberCoverage['status'],
      reason: codeOf(entry['reason']),
      asOf: (entry['asOf'] as string | null | undefined) ?? null,
      elapsedMs,
      missingFields: (entry['missingFields'] as string[] | null | undefined) ?? null,
    }))
    .filter((entry) => entry.member === member || !codes.includes(entry.member));
  return own.length === 0 ? undefined : own;
}

/** A member's reason is a code; its own words stay where they are. */
function codeOf(reason: unknown): string | null {
  return typeof reason === 'string' && /^[A-Z][A-Z_]{1,39}$/.test(reason) ? reason : null;
}

/** How gaps are told: one error entry per member and cause. */

import type { ErrorCode } from '../errors.ts';
import { sourceOf, titleOf } from '../members.ts';
import type { MemberCoverage } from './coverage.ts';
import type { MergeScope } from './merge.ts';
import { unsupported } from './unasked.ts';

const codeOfStatus: Partial<Record<MemberCoverage['status'], ErrorCode>> = {
  TIMEOUT: 'UPSTREAM_TIMEOUT',
  UNREACHABLE: 'UPSTREAM_UNREACHABLE',
  REFUSED: 'UPSTREAM_REFUSED',
  DEGRADED: 'UPSTREAM_ERROR',
};

/** Reasons that need no entry of their own: the page that missed the member, or the row left out, has told them. */
const toldElsewhere: ReadonlySet<string | null> = new Set(['MISSED_EARLIER', 'ROWS_LEFT_OUT']);

/** Tells one member's gap at the scope's field. */
export function reportGap(gap: MemberCoverage, scope: MergeScope): void {
  // What a program does not have is one cause, whether it stands apart whole or in part.
  const code = gap.reason === unsupported ? 'UPSTREAM_REFUSED' : codeOfStatus[gap.status];
  if (!code || toldElsewhere.has(gap.reason)) return;
  scope.ledger.report({
    code,
    message: `${titleOf(scope.members, gap.member)} ${saidOf(gap)}.`,
    path: scope.path,
    source: sourceOf(scope.members, gap.member),
    facts: { status: gap.status, reason: gap.reason },
  });
}

/** Tells all gaps as the one error of a caller who wanted everything or nothing. */
export function reportIncomplete(gaps: readonly MemberCoverage[], scope: MergeScope): void {
  const list = gaps.map((gap) => `${gap.member} ${gap.status}`).join(', ');
  scope.ledger.report({
    code: 'INCOMPLETE',
    message: `The answer would be incomplete: ${list}. Ask with completeness: PARTIAL for what there is.`,
    path: scope.path,
    facts: { gaps: gaps.map(({ member, status, reason }) => ({ court: member, status, reason })) },
  });
}

function saidOf(gap: MemberCoverage): string {
  if (gap.reason === unsupported) {
    return `does not have ${gap.missingFields?.join(', ') ?? 'something that the question needs'}`;
  }
  switch (gap.status) {
    case 'TIMEOUT':
      return 'did not answer in time';
    case 'UNREACHABLE':
      if (gap.reason === 'QUARANTINED') return 'stands apart: its program cannot serve the contract';
      return 'could not be asked or gave no usable answer';
    case 'REFUSED':
      return 'refused to answer';
    default:
      return `left out ${gap.missingFields?.join(', ') ?? 'values'}`;
  }
}

/** Rows and whose they are: a row counts only when it comes from the member that its key names. */

import type { Contract } from '../../schema/horizontal/contract.ts';
import { hiddenKey } from './hidden.ts';
import { sourceOf, titleOf } from '../members.ts';
import type { MergeScope } from './merge.ts';

/** Tells whether a member may give this row; reports it when it may not. */
export type IsLawful = (member: string, row: unknown, scope: MergeScope) => boolean;

/** The check for rows of one entity type; types without an owner are lawful from everybody. */
export function compileOwnership(contract: Contract, typeName: string): IsLawful {
  const ownerKey = contract.entities.get(typeName)?.ownerKey;
  if (ownerKey == null) return () => true;
  const key = hiddenKey(ownerKey);
  return (member, row, scope) => {
    const value = (row as Record<string, unknown> | null | undefined)?.[key];
    const owner = value == null ? undefined : scope.members.ownerOf(value);
    const isOwn = owner !== undefined && scope.members.speakerOf(owner) === member;
    // A hub may give no rows of a member that the question excludes.
    if (isOwn && scope.silent.get(owner)?.status !== 'NOT_ASKED') {
      scope.owners?.add(owner);
      scope.found?.add(String(value));
      return true;
    }
    scope.ledger.report({
      code: 'MISPLACED_ROW',
      message: `${titleOf(scope.members, member)} sent a row that does not belong to it; the row was left out.`,
      path: scope.path,
      source: sourceOf(scope.members, member),
      facts: { typeName },
    });
    return false;
  };
}

/** Tells a row that a member gave twice with different values: which is true cannot be said, so it does not count. */
export function reportDispute(member: string, scope: MergeScope): void {
  scope.ledger.report({
    code: 'CONFLICT',
    message: `${titleOf(scope.members, member)} told one row in two ways; it was left out.`,
    path: scope.path,
    source: sourceOf(scope.members, member),
    facts: { reason: 'TOLD_TWICE' },
  });
}

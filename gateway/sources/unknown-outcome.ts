/** Changes whose answer did not come: they may have been made, and nobody is told that they were not. */

import { withoutPrivateNumbers } from '../../common/private-text.ts';
import type { Failure } from '../asking/reply.ts';
import { FailedValue } from '../horizontal/failed.ts';
import type { Fetch } from './fetch.ts';
import type { Holder } from './holder.ts';
import type { OwnedRoot } from './owned-plan.ts';

/** Whether a question that failed so may have reached its holder and been carried out. */
export function mayHaveHappened({ status, wasSent }: Pick<Failure, 'status' | 'wasSent'>): boolean {
  return wasSent && status !== 'REFUSED';
}

/** Takes failed and absent answers to changes out of the data and tells each; what the caller has to mend was not made. */
export function tellUnknownChanges(
  fetch: Fetch,
  holder: Holder,
  roots: readonly OwnedRoot[],
  data: Record<string, unknown>,
): void {
  for (const root of roots) {
    const value = data[root.key];
    if (value instanceof FailedValue ? value.callerError || value.status === 'REFUSED' : value != null) continue;
    data[root.key] = null;
    reportUnknown(fetch, holder, root, value instanceof FailedValue ? value.reason : 'NO_ANSWER');
  }
}

/** Tells that nobody knows whether a change was made, and how to find out without making it twice. */
export function reportUnknown(fetch: Fetch, holder: Holder, root: OwnedRoot, reason: string): void {
  const { idempotencyKey } = root.argsOf(fetch.variables);
  const key = typeof idempotencyKey === 'number' ? String(idempotencyKey) : idempotencyKey;
  fetch.context.ledger.report({
    code: 'UNKNOWN',
    message: `${holder.label} did not say whether the change was made. Ask again with the same idempotencyKey: it is made once.`,
    path: [...fetch.path, root.key],
    source: holder.source,
    // The caller has the key; one that may be somebody's number is not repeated.
    facts: { reason, ...(typeof key === 'string' && withoutPrivateNumbers(key) === key && { idempotencyKey: key }) },
  });
}

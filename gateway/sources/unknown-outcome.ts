/** What became of changes. Those whose answer did not come may have been made, and nobody is told that they were not. */

import { withoutPrivateNumbers } from '../../common/private-text.ts';
import type { Failure } from '../asking/reply.ts';
import type { ErrorCode } from '../errors.ts';
import { FailedValue } from '../horizontal/failed.ts';
import type { HubWord, Telling } from '../horizontal/hub-word.ts';
import type { Outcome } from '../trail/asked-fields.ts';
import type { Fetch } from './fetch.ts';
import type { Holder } from './holder.ts';
import type { OwnedRoot } from './owned-plan.ts';

/** Whether a question that failed so may have reached its holder and been carried out. */
export function mayHaveHappened({ status, wasSent }: Pick<Failure, 'status' | 'wasSent'>): boolean {
  return wasSent && status !== 'REFUSED';
}

/** What became of each change that somebody answered, by the root field's key, also where a hub told it. */
export function outcomesOfChanges(
  roots: readonly OwnedRoot[],
  data: Readonly<Record<string, unknown>>,
  word: HubWord | null,
): ReadonlyMap<string, Outcome> {
  return new Map(
    roots.map(({ key }) => {
      const telling = word?.tellings.find(({ paths }) => paths.some((path) => path.length === 1 && path[0] === key));
      return [key, outcomeOfChange(data[key], telling)];
    }),
  );
}

function outcomeOfChange(value: unknown, telling: Telling | undefined): Outcome {
  if (value instanceof FailedValue) return { status: isNotMade(value) ? 'REFUSED' : 'UNKNOWN', reason: value.reason };
  if (value != null) return { status: 'MADE', reason: null };
  if (telling === undefined) return { status: 'UNKNOWN', reason: 'NO_ANSWER' };
  const { reason } = telling.facts;
  // Only of what never left a hub, or was refused, it is certain that nothing was changed.
  const status = notMade.get(telling.code) ?? 'UNKNOWN';
  return { status, reason: typeof reason === 'string' ? reason : telling.code };
}

const notMade: ReadonlyMap<string, string> = new Map<ErrorCode, string>([
  ['UPSTREAM_REFUSED', 'REFUSED'],
  ['UPSTREAM_TIMEOUT', 'TIMEOUT'],
  ['UPSTREAM_UNREACHABLE', 'UNREACHABLE'],
]);

/** Whether somebody has said that he did not make a change. */
function isNotMade({ callerError, status }: FailedValue): boolean {
  return callerError !== null || status === 'REFUSED';
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
    if (value instanceof FailedValue ? isNotMade(value) : value != null) continue;
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

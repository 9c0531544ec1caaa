/** Changes at courts and the command centre go into the request's trail, whatever became of them. */

import { caseNumberKey, parseCaseNumber } from '../../common/case-number.ts';
import { ifReadable } from '../../common/value-error.ts';
import { HubError } from '../errors.ts';
import type { Outcome } from '../trail/asked-fields.ts';
import { noteChange, type NotedChange } from '../trail/request-trail.ts';
import type { HeldAnswer, HeldFetch, NoAnswer } from './ask-holder.ts';
import type { ChangedThings } from './changed-things.ts';
import type { OwnedPlan, OwnedRoot } from './owned-plan.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** Notes each change of a fetch that somebody was asked to make, or was not for the reason given. */
export function recordChanges(
  { recorded }: OwnedPlan,
  fetch: HeldFetch,
  roots: readonly OwnedRoot[],
  answer: HeldAnswer | NoAnswer,
): void {
  const { context, variables, holders } = fetch;
  for (const root of roots) {
    const { key, name } = root;
    const args = root.argsOf(variables);
    const outcome = 'data' in answer ? (answer.changes?.get(key) ?? notAsked) : answer;
    noteChange(context, {
      change: name,
      holder: codeOrNull(() => holders.courtOfRoot(name, args)),
      fields: recorded?.roots.get(key)?.namesFor(variables) ?? '[]',
      outcome,
      ...aboutChange(args, 'data' in answer ? answer.things?.get(key) : undefined),
    });
  }
}

/** What a change is about: what its arguments name, themselves or in their `input`, and what its answer does. */
export function aboutChange(
  args: Arguments,
  things: ChangedThings = {},
): Pick<NotedChange, 'about' | 'taskForce' | 'order' | 'idempotencyKey'> {
  const { input, idempotencyKey } = args;
  const { caseNumber, partyId, number, action, id }: Arguments =
    typeof input === 'object' && input !== null ? { ...args, ...input } : args;
  // A court that answers with another case's party does not say who this one is.
  const { party, person, order, taskForce }: ChangedThings = isOfCase(things, caseNumber) ? things : {};
  return {
    about: { caseNumber, party: partyId ?? party, person, writ: number },
    taskForce: taskForce ?? id,
    order: { id: order, action },
    idempotencyKey,
  };
}

function isOfCase({ caseNumber: told }: ChangedThings, caseNumber: unknown): boolean {
  const keyOf = (number: unknown) => caseNumberKey(parseCaseNumber(String(number)));
  return told === undefined || (ifReadable(() => keyOf(told) === keyOf(caseNumber)) ?? false);
}

/** Arguments may name nobody. */
function codeOrNull(codeOf: () => string): string | null {
  try {
    return codeOf();
  } catch (error) {
    if (error instanceof HubError) return null;
    throw error;
  }
}

/** A program that does not have the change was not asked for it. */
const notAsked: Outcome = { status: 'REFUSED', reason: 'UNSUPPORTED' };

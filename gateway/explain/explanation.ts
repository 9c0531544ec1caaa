/** One request's explanation: asked for by an extension of the request, given in an extension of the answer. */

import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';

import { HubError } from '../errors.ts';
import type { Variables } from '../horizontal/selection.ts';
import type { RequestContext } from '../request-context.ts';
import { accountOf, type Account, type ExplainMode } from './account.ts';
import type { Source } from './foresight.ts';
import { stepsOf, type Step } from './steps.ts';
import { silent, watched, type Happened } from './watch.ts';

/** What a client asks for in `extensions.explain`; null when it asks for nothing. Throws BAD_USER_INPUT. */
export function readExplain(extensions: Readonly<Record<string, unknown>> | undefined): ExplainMode | null {
  const wanted = extensions?.['explain'];
  if (wanted === undefined) return null;
  if (wanted === 'PLAN' || wanted === 'RESULT') return wanted;
  throw new HubError(
    'BAD_USER_INPUT',
    'extensions.explain has to be "PLAN", which asks nobody, or "RESULT", which answers the question as well.',
    { argument: 'extensions.explain' },
  );
}

export interface Explanation {
  readonly mode: ExplainMode;
  /** Reads the plan, and puts in the place of each source one that asks nobody, or one whose fetches are noted. */
  planned(plan: QueryPlan, sources: Record<string, unknown>): void;
  /** Null when there was no plan: the request could not be planned. */
  account(): Account | null;
}

/** An explanation of the request of this context, for its variables with the operation's defaults. */
export function openExplanation(
  mode: ExplainMode,
  context: RequestContext,
  variables: Variables,
  sources: ReadonlyMap<string, Source>,
): Explanation {
  const { membership, viewer, ledger } = context;
  const happened = new Map<DocumentNode, Happened>();
  let steps: readonly Step[] | null = null;
  return {
    mode,
    planned(plan, serving) {
      steps = stepsOf(plan, {
        variables,
        membership,
        viewer,
        sourceOf: (name) => sources.get(name)!,
        tell: ({ code, message, facts }, path) => {
          // A question that is asked tells its own faults.
          if (mode === 'PLAN') ledger.report({ code, message, path, facts });
        },
      });
      for (const [name, source] of sources) serving[name] = mode === 'PLAN' ? silent : watched(source, steps, happened);
    },
    account: () =>
      steps &&
      accountOf(steps, {
        courts: membership.members.codes,
        isUnasked: (id) => membership.members.codes.includes(id) && membership.standingOf(id).kind !== 'joined',
        happened: mode === 'RESULT' ? happened : null,
      }),
  };
}

/** Who a fetch of things with one holder each would ask: decided as the fetch itself decides it, and nobody is asked. */

import { HubError } from '../errors.ts';
import { atMost, least } from '../explain/bound.ts';
import {
  takingPart,
  type FetchAhead,
  type FetchKind,
  type Foresight,
  type QuestionAhead,
  type Spared,
  type Wire,
} from '../explain/foresight.ts';
import type { Variables } from '../horizontal/selection.ts';
import type { UpstreamKind } from '../operating/record.ts';
import type { Holder, Holders } from './holder.ts';
import type { OwnedPlan, OwnedRoot } from './owned-plan.ts';
import type { OwnedTypes } from './owned-types.ts';

const kinds: Readonly<Record<UpstreamKind, FetchKind>> = {
  court: 'ROUTED',
  agency: 'AGENCY',
  subgraph: 'COMMAND_CENTRE',
};

/** Says who would be asked at most, and which courts would not and why. */
export function foreseeOwned(types: OwnedTypes, holders: Holders, plan: OwnedPlan, fetch: FetchAhead): Foresight {
  const variables = plan.complete(fetch.variables);
  const { contract, schema } = types;
  const wire: Wire = { contract, schema, document: fetch.document, variables };
  const questions = plan.isEntities
    ? [entitiesAhead(holders, plan, variables, fetch)]
    : plan.roots
        .filter((root) => root.isIncluded(variables))
        .map((root) => rootAhead(holders, plan, root, variables, fetch));
  const { speakerOf } = fetch.membership.members;
  const asked = atMost(new Set(questions.flatMap((question) => question.asked.map(speakerOf))).size);
  return {
    kind: kinds[holders.everybody[0]!.upstream.kind],
    questions,
    calls: plan.isEntities ? least(asked, fetch.entities) : asked,
    isShared: false,
    wire,
  };
}

function rootAhead(
  holders: Holders,
  plan: OwnedPlan,
  root: OwnedRoot,
  variables: Variables,
  { membership, tell }: FetchAhead,
): QuestionAhead {
  const { key, name } = root;
  const courts = courtsAmong(holders);
  try {
    const holder = holders.holderOfRoot(name, root.argsOf(variables));
    if (holder.upstream.kind !== 'court') return { key, asked: [holder.id], spared: [], refused: nothing };
    const argument = holders.routeOf(name);
    const own = holders.courtOfRoot(name, root.argsOf(variables));
    const { asked, apart } = takingPart(membership, [own], () => isAskable(plan, [key], variables, holder));
    const spared = courts.map((court): Spared | undefined =>
      court === own ? apart[0] : { court, code: 'EXCLUDED', ...(argument !== undefined && { argument }) },
    );
    return { key, asked, spared: spared.flatMap((own) => own ?? []), refused: nothing };
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    tell(error, key);
    return {
      key,
      asked: [],
      spared: courts.map((court) => ({ court, code: 'NOTHING_TO_ASK' })),
      refused: new Set([key]),
    };
  }
}

/** Which of them hold the entities is not known yet: all those whose rows they may be. */
function entitiesAhead(
  holders: Holders,
  plan: OwnedPlan,
  variables: Variables,
  { membership, rowsOf }: FetchAhead,
): QuestionAhead {
  const courts = courtsAmong(holders);
  if (courts.length === 0) {
    return { key: null, asked: holders.everybody.map(({ id }) => id), spared: [], refused: nothing };
  }
  const mayHold = (court: string) => rowsOf === null || rowsOf.has(court);
  const { asked, apart } = takingPart(membership, courts.filter(mayHold), (court) =>
    holders.everybody.some(
      (holder) => holder.courts?.includes(court) && isAskable(plan, ['_entities'], variables, holder),
    ),
  );
  const spared = courts.flatMap((court): Spared[] =>
    mayHold(court) ? apart.filter((own) => own.court === court) : [{ court, code: 'NO_ROWS_BEFORE' }],
  );
  return { key: null, asked, spared, refused: nothing };
}

/** Whether a holder's program has anything of the question. */
function isAskable(plan: OwnedPlan, keys: readonly string[], variables: Variables, { capability }: Holder): boolean {
  return plan.questionFor(keys, variables, capability).roots.length > 0;
}

function courtsAmong({ everybody }: Holders): readonly string[] {
  return everybody.flatMap(({ courts = [] }) => courts);
}

const nothing: ReadonlySet<string> = new Set();

/** Who a fetch of `city` or `reach` would ask: decided as the fetch itself decides it, and nobody is asked. */

import { HubError } from '../errors.ts';
import { atMost, times, least, one } from '../explain/bound.ts';
import {
  takingPart,
  type FetchAhead,
  type Foresight,
  type QuestionAhead,
  type Spared,
  type Wire,
} from '../explain/foresight.ts';
import type { GatheredRoot, GatherPlan } from '../horizontal/gather-plan.ts';
import { mostRounds } from '../horizontal/page-share.ts';
import { prepareQuestion } from '../horizontal/question.ts';
import type { Variables } from '../horizontal/selection.ts';
import { askedOf } from '../membership/membership.ts';
import type { GatheredSourceOptions } from './ask-members.ts';
import { isSharedOut } from './gathered-pages.ts';
import { exclusionsOfRoot, type Exclusion } from './root-targets.ts';

/** Says who would be asked at most, and who would not and why. */
export function foreseeGathered(options: GatheredSourceOptions, plan: GatherPlan, fetch: FetchAhead): Foresight {
  const { contract } = options;
  const { members } = fetch.membership;
  const variables = plan.complete(fetch.variables);
  const questions = plan.entities
    ? [entitiesAhead(plan, variables, fetch)]
    : plan.roots.filter((root) => root.isIncluded(variables)).map((root) => rootAhead(plan, root, variables, fetch));
  const asked = new Set(questions.flatMap((question) => question.asked.map(fetch.membership.members.speakerOf)));
  const { question: document, sizes } = prepareQuestion(contract, fetch.document);
  const included = plan.roots.filter((root) => root.isIncluded(variables));
  const rowsOf = new Map(included.map((root) => [root.key, root.argsOf(variables)['first']]));
  // Of a page a member gives no more rows in all rounds than the page has.
  const hidden: Record<string, unknown> = {};
  for (const { variable, keys } of sizes) {
    hidden[variable] = rowsOf.get([...keys].find((key) => rowsOf.has(key)) ?? '');
  }
  const wire: Wire = {
    contract,
    schema: contract.schema,
    document,
    variables: { ...variables, ...hidden },
  };
  const isAsked = plan.entities ? least(fetch.entities, one) : one;
  const isRefilled = included.some((root) => {
    if (!questions.some(({ key, asked: own }) => key === root.key && own.length > 0)) return false;
    const excluded = exclusionsOfRoot(root, variables, members, fetch.viewer);
    const set = new Set(members.codes.filter((code) => !excluded.has(code)));
    return isSharedOut(options, root, variables, set, { membership: fetch.membership, late: new Set() });
  });
  const calls = times(atMost(asked.size * (isRefilled ? mostRounds : 1)), isAsked);
  return { kind: 'GATHERED', questions, calls, isShared: true, wire };
}

function rootAhead(
  plan: GatherPlan,
  root: GatheredRoot,
  variables: Variables,
  { membership, viewer, tell }: FetchAhead,
): QuestionAhead {
  const { key } = root;
  const { members } = membership;
  try {
    const excluded = exclusionsOfRoot(root, variables, members, viewer);
    const { asked, apart } = takingPart(
      membership,
      members.codes.filter((code) => !excluded.has(code)),
      (code) => isAskable(plan, [key], variables, [], askedOf(membership, members.speakerOf(code))),
    );
    const spared = [...excluded].map(([court, exclusion]) => toSpared(court, exclusion));
    return { key, asked, spared: inOrder(members.codes, [...spared, ...apart]), refused: new Set() };
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    tell(error, key);
    return { key, asked: [], spared: members.codes.map(nothingToAsk), refused: new Set([key]) };
  }
}

/** What entities bring with them is not known yet, so only what the question itself says excludes anybody. */
function entitiesAhead(plan: GatherPlan, variables: Variables, { membership, tell }: FetchAhead): QuestionAhead {
  const { members } = membership;
  const refused = new Set<string>();
  const wanted = new Set<string>();
  for (const page of plan.pages.filter((candidate) => candidate.isIncluded(variables))) {
    try {
      page.check(variables, 1);
      for (const code of page.targetsOf(variables, {}, members)) wanted.add(code);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      tell(error, page.key);
      refused.add(page.key);
    }
  }
  // Fields that are not gathered rows are everybody's to know.
  if ([...plan.entities!.values()].some(({ asksRows }) => !asksRows)) members.codes.forEach((code) => wanted.add(code));
  const { asked, apart } = takingPart(
    membership,
    members.codes.filter((code) => wanted.has(code)),
    (code) => isAskable(plan, ['_entities'], variables, [...refused], askedOf(membership, members.speakerOf(code))),
  );
  const spared = members.codes.filter((code) => !wanted.has(code)).map(nothingToAsk);
  return { key: null, asked, spared: inOrder(members.codes, [...spared, ...apart]), refused };
}

/** Whether a member's program has anything of the question. */
function isAskable(plan: GatherPlan, ...question: Parameters<GatherPlan['questionFor']>): boolean {
  return plan.questionFor(...question).rootKeys.length > 0;
}

function toSpared(court: string, exclusion: Exclusion): Spared {
  if (exclusion.by === 'home') return { court, code: 'ONE_COURT' };
  return { court, code: 'EXCLUDED', argument: exclusion.path.join('.') };
}

function nothingToAsk(court: string): Spared {
  return { court, code: 'NOTHING_TO_ASK' };
}

function inOrder(codes: readonly string[], spared: readonly Spared[]): Spared[] {
  return [...spared].sort((left, right) => codes.indexOf(left.court) - codes.indexOf(right.court));
}

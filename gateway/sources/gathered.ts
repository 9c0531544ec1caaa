/** The data source behind `city` and `reach`: asks every member that the question does not exclude, and merges. */

import type { DocumentNode } from 'graphql';

import { HubError, type ErrorCode } from '../errors.ts';
import type { Source } from '../explain/foresight.ts';
import { toCoverage } from '../horizontal/coverage.ts';
import { FailedValue } from '../horizontal/failed.ts';
import { compileGather, type GatheredRoot, type GatherPlan } from '../horizontal/gather-plan.ts';
import { hiddenKey } from '../horizontal/hidden.ts';
import { cutBy, isToldByCoverage, toEntries } from '../horizontal/hub-retold.ts';
import type { Part } from '../horizontal/merge.ts';
import type { Variables } from '../horizontal/selection.ts';
import type { ResponsePath } from '../ledger/ledger.ts';
import { spokenForBy } from '../members.ts';
import type { RequestContext } from '../request-context.ts';
import type { Outcome } from '../trail/asked-fields.ts';
import { answeredOf, type Asking, type Gathered, type GatheredSourceOptions } from './ask-members.ts';
import { gatherEntities } from './gathered-entities.ts';
import { fetchOf, type Fetch } from './fetch.ts';
import { foreseeGathered } from './gathered-ahead.ts';
import { askRoots } from './gathered-pages.ts';
import { asked, createSearchRecorder, notAsked } from './recorded-searches.ts';
import { countSearch, exclusionsOfRoot } from './root-targets.ts';
import { createWholeRest } from './whole-rest.ts';

export function createGatheredSource(given: GatheredSourceOptions): Source {
  const options: Asking = { ...given, rest: createWholeRest(given.restMs ?? 0) };
  const recordSearch = createSearchRecorder(options.contract.schema);
  const plans = new WeakMap<DocumentNode, GatherPlan>();
  const planOf = (document: DocumentNode): GatherPlan => {
    const plan = plans.get(document) ?? compileGather(options.contract, document);
    plans.set(document, plan);
    return plan;
  };
  return {
    foresee: (fetch) => foreseeGathered(options, planOf(fetch.document), fetch),
    async process(processOptions) {
      const { document, variables: given, context, path, ahead } = fetchOf(processOptions);
      const plan = planOf(document);
      const variables = plan.complete(given);
      const fetch = { document, variables, context, path, ahead };
      const data = plan.entities
        ? await gatherEntities(options, plan, fetch)
        : await gatherRoots(options, plan, fetch, (root, outcome) =>
            recordSearch({ document, root, variables }, context, outcome),
          );
      return { data };
    },
  };
}

async function gatherRoots(
  options: Asking,
  plan: GatherPlan,
  fetch: Fetch,
  recordSearch: (root: GatheredRoot, outcome: Outcome) => void,
): Promise<Record<string, unknown>> {
  const { variables, context, path } = fetch;
  const data: Record<string, unknown> = {};
  const { members } = context.membership;
  const targets = new Map<GatheredRoot, ReadonlySet<string>>();
  for (const root of plan.roots) {
    if (!root.isIncluded(variables)) continue;
    try {
      const excluded = exclusionsOfRoot(root, variables, members, context.viewer);
      countSearch(root, variables, context.viewer, options.searches);
      const courts = members.codes.filter((code) => !excluded.has(code));
      recordSearch(root, courts.length > 0 ? asked : notAsked);
      targets.set(root, new Set(courts));
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      recordSearch(root, { status: 'REFUSED', reason: error.code });
      context.ledger.report({
        code: error.code,
        message: error.message,
        path: [...path, root.key],
        facts: error.facts,
      });
      data[root.key] = null;
    }
  }
  const isAsked = (set: ReadonlySet<string>, speaker: string) =>
    spokenForBy(members, speaker).some((member) => set.has(member));
  const gathered = await askRoots(options, plan, fetch, targets);
  for (const [root, asked] of targets) {
    const silent = new Map(
      members.codes.flatMap((member) => {
        if (!asked.has(member)) return [[member, toCoverage(member, 'NOT_ASKED')] as const];
        const outcome = gathered.silent.get(members.speakerOf(member));
        return outcome ? [[member, { ...outcome, member }] as const] : [];
      }),
    );
    const parts = members.speakers.flatMap((member): Part[] => {
      const answer = isAsked(asked, member) ? gathered.data.get(member) : undefined;
      return answer ? [{ member, value: ofTheOneAsked(options, root, variables, answer[root.key]) }] : [];
    });
    data[root.key] = root.merge(parts, {
      variables,
      path: [...path, root.key],
      members,
      ledger: context.ledger,
      hasGaps: false,
      refused: nothing,
      targets: new Map(),
      known: null,
      silent,
      answered: answeredOf(gathered, root.key),
      truncated: truncatedRoots(gathered, path),
    });
  }
  retellRoots(gathered, [...targets.keys()], context, path);
  return data;
}

/** An entity asked for by its key has to echo that key; another one is no answer. */
function ofTheOneAsked(
  { contract }: GatheredSourceOptions,
  root: GatheredRoot,
  variables: Variables,
  value: unknown,
): unknown {
  const entity = contract.entities.get(root.typeName);
  if (!entity || typeof value !== 'object' || value === null || value instanceof FailedValue) return value;
  const args = root.argsOf(variables);
  const isOther = entity.keyFields.some(
    (name) => name in args && (value as Record<string, unknown>)[hiddenKey(name)] !== args[name],
  );
  return isOther ? new FailedValue('UNREACHABLE', 'GARBLED') : value;
}

const nothing: ReadonlySet<string> = new Set();

function truncatedRoots({ blemishes, words }: Gathered, path: ResponsePath): Set<string> {
  const cut = [...blemishes].flatMap(([member, { truncated }]) => truncated.map((own) => [member, own] as const));
  const told = [...words].flatMap(([hub, word]) => cutBy(word).map((own) => [hub, own] as const));
  return new Set([...cut, ...told].map(([member, own]) => `${member} ${[...path, ...own].join('.')}`));
}

/** Hubs' own words about values inside; of gathered fields themselves coverage tells. */
function retellRoots(
  { words }: Gathered,
  roots: readonly GatheredRoot[],
  { ledger, membership }: RequestContext,
  path: ResponsePath,
): void {
  const isRoot = (own: ResponsePath) => own.length === 1 && roots.some(({ key }) => key === own[0]);
  for (const word of words.values()) {
    const placeOf = (own: ResponsePath, code: ErrorCode) =>
      isRoot(own) && isToldByCoverage(code) ? null : [...path, ...own];
    for (const entry of toEntries(word, membership.members, placeOf)) ledger.report(entry);
  }
}

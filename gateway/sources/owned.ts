/**
 * The data source behind subgraphs whose entities have one holder each: `court` (the court that the key names) and the
 * agencies (always themselves). Representations are asked once each; answers are matched by echoed key, never by position.
 */

import type { DocumentNode } from 'graphql';

import { askWithin } from '../asking/ask.ts';
import type { Source } from '../explain/foresight.ts';
import { FailedValue, markFailures } from '../horizontal/failed.ts';
import { hiddenKey } from '../horizontal/hidden.ts';
import type { RequestContext } from '../request-context.ts';
import { fetchOf, type Fetch } from './fetch.ts';
import { foreseeOwned } from './owned-ahead.ts';
import { attempt, pathOf, report, reportFailure, reportTruncation, type Holder, type Holders } from './holder.ts';
import { dropForeign, isMixedUp, type Belonging } from './foreign-rows.ts';
import { isRoot, markUnasked, tellUnasked } from './unasked-values.ts';
import { mayHaveHappened, reportUnknown, tellUnknownChanges } from './unknown-outcome.ts';
import { compileOwned, type OwnedPlan, type OwnedRoot, type OwnedTypes } from './owned-plan.ts';

type Representation = Readonly<Record<string, unknown>>;

export interface OwnedSourceOptions {
  readonly types: OwnedTypes;
  /** Who holds what in this request. */
  readonly holdersOf: (context: Pick<RequestContext, 'membership'>) => Holders;
  /** How rows say, wherever they stand in an answer, whose they are. */
  readonly belonging: Belonging;
  /** Types of values that another subgraph requires: half of one would be read as all of it. */
  readonly requiredTypes: ReadonlySet<string>;
  readonly deadlineMs: number;
}

/** A fetch with those who hold what it asks about. */
interface HeldFetch extends Fetch {
  readonly holders: Holders;
}

export function createOwnedSource(options: OwnedSourceOptions): Source {
  const plans = new WeakMap<DocumentNode, OwnedPlan>();
  const planOf = (document: DocumentNode): OwnedPlan => {
    const plan = plans.get(document) ?? compileOwned(document, options.types);
    plans.set(document, plan);
    return plan;
  };
  return {
    foresee: (fetch) => foreseeOwned(options.types, options.holdersOf(fetch), planOf(fetch.document), fetch),
    async process(processOptions) {
      const given = fetchOf(processOptions);
      const plan = planOf(given.document);
      const fetch = {
        ...given,
        variables: plan.complete(given.variables),
        holders: options.holdersOf(given.context),
      };
      return { data: plan.isEntities ? await askEntities(options, plan, fetch) : await askRoots(options, plan, fetch) };
    },
  };
}

async function askRoots(
  options: OwnedSourceOptions,
  plan: OwnedPlan,
  fetch: HeldFetch,
): Promise<Record<string, unknown>> {
  const data: Record<string, unknown> = {};
  const groups = new Map<Holder, OwnedRoot[]>();
  for (const root of plan.roots) {
    if (!root.isIncluded(fetch.variables)) continue;
    const holder = attempt(fetch, [...fetch.path, root.key], () =>
      fetch.holders.holderOfRoot(root.name, root.argsOf(fetch.variables)),
    );
    if (holder) groups.set(holder, [...(groups.get(holder) ?? []), root]);
    else data[root.key] = null;
  }
  const askOne = async (holder: Holder, roots: readonly OwnedRoot[]) => {
    const keys = roots.map((root) => root.key);
    const answer = await ask(options, fetch, holder, plan, keys, fetch.variables);
    for (const root of roots) data[root.key] = answer ? rootOf(fetch, holder, root, answer[root.key]) : null;
  };
  await Promise.all([...groups].map(([holder, roots]) => askOne(holder, roots)));
  return data;
}

/** A root row that is not the one that was asked for is left out. */
function rootOf(fetch: HeldFetch, holder: Holder, root: OwnedRoot, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (fetch.holders.isAsked(root.name, root.argsOf(fetch.variables), value as Representation)) return value;
  report(
    fetch,
    holder,
    [...fetch.path, root.key],
    'MISPLACED_ROW',
    'sent a row that was not asked for; it was left out',
    root.name,
  );
  return null;
}

async function askEntities(
  options: OwnedSourceOptions,
  plan: OwnedPlan,
  fetch: HeldFetch,
): Promise<Record<string, unknown>> {
  const representations = fetch.variables['representations'] as Representation[];
  const keyOf = (own: Representation) => {
    const typeName = String(own['__typename']);
    return JSON.stringify([typeName, ...options.types.keyFieldsOf(typeName).map((name) => own[name])]);
  };
  const groups = new Map<Holder, Map<string, Representation>>();
  const disputed = new Set<string>();
  for (const own of representations) {
    const holder = attempt(fetch, fetch.path, () => fetch.holders.holderOf(own));
    if (!holder) continue;
    const group = groups.get(holder) ?? new Map<string, Representation>();
    const known = group.get(keyOf(own));
    // Two accounts of one entity (two identities of one party): neither may be taken for the true one.
    if (known && JSON.stringify(known) !== JSON.stringify(own)) disputed.add(keyOf(own));
    groups.set(holder, group.set(keyOf(own), own));
  }
  for (const key of disputed) {
    for (const group of groups.values()) group.delete(key);
    fetch.context.ledger.report({
      code: 'CONFLICT',
      message: 'Two different accounts were given of one entity; nobody was asked about it.',
      path: fetch.path,
    });
  }
  const found = new Map<string, unknown>();
  const askOne = async (holder: Holder, group: ReadonlyMap<string, Representation>) => {
    if (group.size === 0) return;
    const variables = { ...fetch.variables, representations: [...group.values()] };
    const answer = await ask(options, fetch, holder, plan, ['_entities'], variables);
    if (answer) collectEntities(options, fetch, holder, answer['_entities'], group, found);
  };
  await Promise.all([...groups].map(([holder, group]) => askOne(holder, group)));
  return { _entities: representations.map((own) => found.get(keyOf(own)) ?? null) };
}

/** Puts a holder's entities where their echoed keys say; whatever was asked and is not there is told. */
function collectEntities(
  options: OwnedSourceOptions,
  fetch: Fetch,
  holder: Holder,
  list: unknown,
  group: ReadonlyMap<string, Representation>,
  found: Map<string, unknown>,
): void {
  if (!Array.isArray(list)) {
    report(fetch, holder, fetch.path, 'UPSTREAM_UNREACHABLE', 'gave no usable answer', 'GARBLED');
    return;
  }
  const failures: FailedValue[] = [];
  const told = new Map<string, string>();
  const disputed = new Set<string>();
  let isMisplaced = false;
  for (const entity of list as unknown[]) {
    if (entity instanceof FailedValue) failures.push(entity);
    if (typeof entity !== 'object' || entity === null || entity instanceof FailedValue) continue;
    const own = entity as Record<string, unknown>;
    const typeName = String(own[hiddenKey('__typename')]);
    const key = JSON.stringify([typeName, ...options.types.keyFieldsOf(typeName).map((name) => own[hiddenKey(name)])]);
    if (!group.has(key)) {
      isMisplaced = true;
      continue;
    }
    const text = JSON.stringify(own);
    if ((told.get(key) ?? text) !== text) disputed.add(key);
    else if (!told.has(key)) found.set(key, withoutFailures(fetch, holder, own));
    told.set(key, text);
  }
  for (const key of disputed) {
    found.delete(key);
    report(fetch, holder, fetch.path, 'CONFLICT', 'told one thing in two ways; neither was taken', 'TOLD_TWICE');
  }
  for (const failure of failures) reportFailure(fetch, holder, fetch.path, failure);
  if (isMisplaced) {
    report(
      fetch,
      holder,
      fetch.path,
      'MISPLACED_ROW',
      'sent something that was not asked for; it was left out',
      'FOREIGN_KEY',
    );
    return;
  }
  const missing = [...group.keys()].filter((key) => !told.has(key)).length - failures.length;
  for (let count = 0; count < missing; count += 1) {
    report(fetch, holder, fetch.path, 'GONE', 'no longer has something that was found a moment ago', 'GONE');
  }
}

/** What failed is absent: a null would be taken for a fact by whoever requires this field. */
function withoutFailures(fetch: Fetch, holder: Holder, entity: Record<string, unknown>): Record<string, unknown> {
  for (const [key, value] of Object.entries(entity)) {
    if (!(value instanceof FailedValue)) continue;
    Reflect.deleteProperty(entity, key);
    reportFailure(fetch, holder, [...fetch.path, key], value);
  }
  return entity;
}

async function ask(
  options: OwnedSourceOptions,
  fetch: HeldFetch,
  holder: Holder,
  plan: OwnedPlan,
  wantedKeys: readonly string[],
  variables: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown> | undefined> {
  const question = plan.questionFor(wantedKeys, variables, holder.capability);
  const { roots: rootKeys, unasked } = question;
  // What is not asked is told whatever comes of the rest; what would stand inside an answer, when there is one.
  const told = rootKeys.length === 0 ? unasked.filter(({ isHidden }) => !isHidden) : unasked.filter(isRoot);
  for (const field of told) tellUnasked(fetch, holder, field);
  if (rootKeys.length === 0) return undefined;
  const own = Object.fromEntries(Object.entries(question.variables).filter(([name]) => question.used.has(name)));
  const { deadlineMs } = options;
  const askedRoots = plan.roots.filter(({ key }) => rootKeys.includes(key));
  if (fetch.context.late.has(holder.id)) {
    report(fetch, holder, pathOf(fetch, rootKeys), 'UPSTREAM_TIMEOUT', 'did not answer in time', 'DEADLINE');
    return undefined;
  }
  const { context } = fetch;
  const reply = await askWithin(holder.upstream, { query: question.text, variables: own }, { deadlineMs, context });
  context.witness?.(holder.id, reply);
  if (reply.kind === 'failed') {
    if (reply.status === 'TIMEOUT') fetch.context.late.add(holder.id);
    if (plan.isMutation && mayHaveHappened(reply)) {
      for (const root of askedRoots) reportUnknown(fetch, holder, root, reply.reason);
      return undefined;
    }
    const said = reply.status === 'TIMEOUT' ? 'did not answer in time' : 'could not be asked or gave no usable answer';
    report(fetch, holder, pathOf(fetch, rootKeys), `UPSTREAM_${reply.status}`, said, reply.reason);
    return undefined;
  }
  const { data, blemishes } = markFailures(reply.answer, rootKeys);
  const tops = rootKeys[0] === '_entities' ? data['_entities'] : Object.values(data);
  const { ownerKeys, parts } = options.belonging;
  const isForeign = (Array.isArray(tops) ? (tops as unknown[]) : []).map((top) =>
    dropForeign(top, ownerKeys, (key) => fetch.holders.owns(holder, key)),
  );
  if (isForeign.includes(true)) {
    const said = 'sent rows that do not belong to it; they were left out';
    report(fetch, holder, pathOf(fetch, rootKeys), 'MISPLACED_ROW', said, 'FOREIGN_KEY');
  }
  const holding = (rootKeys[0] === '_entities' ? (tops ?? {}) : data) as Record<string, unknown>;
  for (const [key, top] of Object.entries(holding)) {
    if (isMixedUp(top, parts)) holding[key] = new FailedValue('UNREACHABLE', 'GARBLED');
  }
  const marks = markUnasked(fetch, holder, data, unasked, (typeName) => options.requiredTypes.has(typeName));
  plan.check(data, rootKeys, variables, (field, reason, rootKey = '_entities') => {
    blemishes.rows.push({ rootKey, field, reason });
  });
  marks.release();
  for (const { rootKey, field, reason } of blemishes.rows) {
    report(fetch, holder, [...pathOf(fetch, [rootKey]), field], 'UPSTREAM_ERROR', `left out ${field}`, reason);
  }
  for (const path of blemishes.truncated) reportTruncation(fetch, path);
  if (rootKeys[0] === '_entities' && data['_entities'] instanceof FailedValue) {
    reportFailure(fetch, holder, fetch.path, data['_entities']);
    return undefined;
  }
  if (rootKeys[0] === '_entities') return data;
  if (plan.isMutation) tellUnknownChanges(fetch, holder, askedRoots, data);
  return withoutFailures(fetch, holder, data);
}

/**
 * The data source behind subgraphs whose entities have one holder each: `court` (the court that the key names) and the
 * agencies (always themselves). Representations are asked once each; answers are matched by echoed key, never by position.
 */

import type { DocumentNode } from 'graphql';

import type { Source } from '../explain/foresight.ts';
import { FailedValue } from '../horizontal/failed.ts';
import { hiddenKey } from '../horizontal/hidden.ts';
import { askHolder, withoutFailures, type HeldAnswer, type HeldFetch, type OwnedSourceOptions } from './ask-holder.ts';
import { fetchOf } from './fetch.ts';
import { attempt, report, reportFailure, type Holder } from './holder.ts';
import { foreseeOwned } from './owned-ahead.ts';
import { compileOwned, type OwnedPlan, type OwnedRoot } from './owned-plan.ts';

type Representation = Readonly<Record<string, unknown>>;

interface Collecting {
  readonly fetch: HeldFetch;
  readonly holder: Holder;
  readonly answer: HeldAnswer;
  /** What was asked, by key. */
  readonly group: ReadonlyMap<string, Representation>;
  readonly found: Map<string, unknown>;
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
    const answer = await askHolder(options, fetch, holder, plan, keys, fetch.variables);
    for (const root of roots) data[root.key] = answer ? rootOf(fetch, holder, root, answer.data[root.key]) : null;
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
    const answer = await askHolder(options, fetch, holder, plan, ['_entities'], variables);
    if (answer) collectEntities(options, { fetch, holder, answer, group, found });
  };
  await Promise.all([...groups].map(([holder, group]) => askOne(holder, group)));
  return { _entities: representations.map((own) => found.get(keyOf(own)) ?? null) };
}

/** Puts a holder's entities where their echoed keys say; whatever was asked and is not there is told. */
function collectEntities(options: OwnedSourceOptions, { fetch, holder, answer, group, found }: Collecting): void {
  const list = answer.data['_entities'];
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
  // What a hub told of a court behind it has been told again.
  const { courts, isVague } = answer.explained;
  const isExcused = (own: Representation) => isVague || courts.has(fetch.holders.courtOf(own) ?? '');
  const lost = [...group].filter(([key, own]) => !told.has(key) && !isExcused(own));
  const missing = lost.length - failures.length;
  for (let count = 0; count < missing; count += 1) {
    report(fetch, holder, fetch.path, 'GONE', 'no longer has something that was found a moment ago', 'GONE');
  }
}

/**
 * The data source behind subgraphs whose entities have one holder each: `court` (the court that the key names) and the
 * agencies (always themselves). Representations are asked once each; answers are matched by echoed key, never by position.
 */

import type { DocumentNode } from 'graphql';

import type { Answer } from '../../common/wire.ts';
import type { Source } from '../explain/foresight.ts';
import { compileRowKey } from '../horizontal/connection.ts';
import { FailedValue } from '../horizontal/failed.ts';
import { readWhole, rowsByKey } from '../horizontal/whole-rows.ts';
import { askHolder, withoutFailures, type HeldAnswer, type HeldFetch, type OwnedSourceOptions } from './ask-holder.ts';
import { createEntityKeys, type EntityKeys, type Representation } from './entity-keys.ts';
import { fetchOf, type Fetch } from './fetch.ts';
import { attempt, report, reportFailure, type Holder } from './holder.ts';
import { foreseeOwned } from './owned-ahead.ts';
import { compileOwned, type OwnedPlan, type OwnedRoot } from './owned-plan.ts';
import { coverUntold, recordEntities, recordRoots, withoutSilence } from './recorded.ts';

/** An entity that is asked about, once however often the fetch names it. */
interface AskedEntity {
  readonly own: Representation;
  readonly key: string;
  readonly holder: Holder;
  /** What its holder told of it; null when that cannot be taken, undefined when it was not told. */
  told: Record<string, unknown> | null | undefined;
}

interface Collecting {
  readonly plan: OwnedPlan;
  readonly keys: EntityKeys;
  readonly fetch: HeldFetch;
  readonly holder: Holder;
  readonly answer: HeldAnswer;
  /** What the holder was asked, in that order. */
  readonly group: readonly AskedEntity[];
  /** All that the holder is asked about or has told already. */
  readonly all: readonly AskedEntity[];
}

export function createOwnedSource(options: OwnedSourceOptions): Source {
  const plans = new WeakMap<DocumentNode, OwnedPlan>();
  const keys = createEntityKeys(options.types);
  const planOf = (document: DocumentNode): OwnedPlan => {
    const known = plans.get(document);
    if (known) return known;
    const plan = compileOwned(document, options.types, options.agency !== undefined);
    plans.set(document, plan);
    return plan;
  };
  return {
    ...(options.wholeRows === true && { wholeRowsOf: (document) => planOf(document).wholeRows }),
    ...(options.agency !== undefined && {
      noteUntold(fetch: Fetch, untold: readonly Representation[]) {
        const plan = planOf(fetch.document);
        const variables = plan.complete(fetch.variables);
        const entities = untold.map((own) => ({ own, key: keys.textOfKnown(own) }));
        coverUntold(options, plan, { ...fetch, variables }, entities);
      },
    }),
    foresee: (fetch) => foreseeOwned(options.types, options.holdersOf(fetch), planOf(fetch.document), fetch),
    async process(processOptions) {
      const { document, variables, context, path, ahead, verbatim } = fetchOf(processOptions);
      const plan = planOf(document);
      const holders = options.holdersOf(context);
      const fetch = { document, variables: plan.complete(variables), context, path, ahead, verbatim, holders };
      const ask = plan.isEntities ? askEntities(options, keys, plan, fetch) : askRoots(options, plan, fetch);
      return { data: await ask };
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
    const holder = attempt(
      fetch,
      [...fetch.path, root.key],
      (own) => fetch.holders.holderOfRoot(own.name, own.argsOf(fetch.variables)),
      root,
      (code) => recordRoots(options, plan, fetch, [root], { status: 'REFUSED', reason: code }),
    );
    if (holder) groups.set(holder, [...(groups.get(holder) ?? []), root]);
    else data[root.key] = null;
  }
  const askOne = async (holder: Holder, roots: readonly OwnedRoot[]) => {
    const keys = roots.map((root) => root.key);
    const answer = await askHolder(options, fetch, holder, plan, keys, fetch.variables);
    const given = 'data' in answer ? answer : null;
    for (const root of roots) data[root.key] = given ? rootOf(fetch, holder, root, given.data[root.key]) : null;
    recordRoots(options, plan, fetch, roots, answer);
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
  keys: EntityKeys,
  plan: OwnedPlan,
  fetch: HeldFetch,
): Promise<Record<string, unknown>> {
  const representations = fetch.variables['representations'] as Representation[];
  const asked = new Map<string, AskedEntity>();
  const groups = new Map<Holder, AskedEntity[]>();
  const given: (AskedEntity | undefined)[] = [];
  const disputed = new Set<AskedEntity>();
  const { texts, areDistinct } = keys.textsOf(representations);
  for (let place = 0; place < representations.length; place += 1) {
    const [own, key] = [representations[place]!, texts[place]!];
    let entity = areDistinct ? undefined : asked.get(key);
    // Two accounts of one entity (two identities of one party): neither may be taken for the true one.
    if (entity && JSON.stringify(entity.own) !== JSON.stringify(own)) disputed.add(entity);
    const holder = entity ? null : attempt(fetch, fetch.path, fetch.holders.holderOf, own);
    if (holder) {
      entity = { own, key, holder, told: undefined };
      if (!areDistinct) asked.set(key, entity);
      const group = groups.get(holder);
      if (group) group.push(entity);
      else groups.set(holder, [entity]);
    }
    given.push(entity);
  }
  for (let told = 0; told < disputed.size; told += 1) {
    fetch.context.ledger.report({
      code: 'CONFLICT',
      message: 'Two different accounts were given of one entity; nobody was asked about it.',
      path: fetch.path,
    });
  }
  if (disputed.size > 0)
    recordEntities(options, plan, fetch, [...disputed], { status: 'NOT_ASKED', reason: 'CONFLICT' });
  const askOne = async (holder: Holder, all: readonly AskedEntity[], group = all, given?: Answer) => {
    if (group.length === 0) return;
    // The same list is told to several agencies: what is made of it can be kept with it.
    const isWhole = group.length === representations.length;
    const variables = isWhole ? fetch.variables : { ...fetch.variables, representations: group.map(({ own }) => own) };
    const answer = await askHolder(options, fetch, holder, plan, ['_entities'], variables, given);
    if ('data' in answer) collectEntities({ plan, keys, fetch, holder, answer, group, all });
    recordEntities(options, plan, fetch, group, answer);
  };
  await Promise.all(
    [...groups].flatMap(([holder, all]) => {
      const group = disputed.size === 0 ? all : all.filter((entity) => !disputed.has(entity));
      const rows = wholeRowsFor(keys, fetch, holder, group);
      if (rows.size === 0) return [askOne(holder, group)];
      const [come, others] = [group.filter((own) => rows.has(own)), group.filter((own) => !rows.has(own))];
      return [
        askOne(holder, group, come, { data: { _entities: come.map((own) => rows.get(own)!) } }),
        askOne(holder, group, others),
      ];
    }),
  );
  return { _entities: given.map((entity) => entity?.told ?? null) };
}

/**
 * What came of these from their holder with their page. Who gave rows beside others than themselves is taken at the keys that they echo,
 * all of them; of what is told twice then, nothing is taken.
 */
function wholeRowsFor(
  keys: EntityKeys,
  { ahead }: HeldFetch,
  { id }: Holder,
  group: readonly AskedEntity[],
): ReadonlyMap<AskedEntity, Representation> {
  if (!ahead?.given.has(id)) return noRows;
  const keyOf = compileRowKey(ahead.selection.keyFields);
  const rowsBy = (by: 'page' | 'echo') => {
    const given = rowsByKey(ahead, id, by);
    if (!given) return null;
    const rows = new Map<AskedEntity, Representation>();
    for (const one of group) {
      const whole = given.get(keyOf(one.own) ?? '');
      const row = whole && readWhole(whole);
      if (row && !keys.isEcho(row, one.own)) return null;
      if (row) rows.set(one, row);
    }
    return rows;
  };
  return rowsBy('page') ?? rowsBy('echo') ?? noRows;
}

const noRows: ReadonlyMap<AskedEntity, Representation> = new Map();

/** Puts a holder's entities where their echoed keys say; whatever was asked and is not there is told. */
function collectEntities({ plan, keys, fetch, holder, answer, group, all }: Collecting): void {
  const list = answer.data['_entities'];
  if (!Array.isArray(list)) {
    report(fetch, holder, fetch.path, 'UPSTREAM_UNREACHABLE', 'gave no usable answer', 'GARBLED');
    return;
  }
  const failures: FailedValue[] = [];
  const disputed = new Set<AskedEntity>();
  let isMisplaced = false;
  let byKey: ReadonlyMap<string, AskedEntity> | null = null;
  for (let place = 0; place < list.length; place += 1) {
    const entity = (list as unknown[])[place];
    if (entity instanceof FailedValue) failures.push(entity);
    if (typeof entity !== 'object' || entity === null || entity instanceof FailedValue) continue;
    const own = entity as Record<string, unknown>;
    // Most answer in the order in which they were asked; what counts is the key all the same.
    const likely = group[place];
    const isLikely = likely && keys.isEcho(own, likely.own);
    const one = isLikely ? likely : (byKey ??= keyed(all)).get(keys.textOfEcho(own));
    if (!one) isMisplaced = true;
    else if (one.told === undefined) one.told = own;
    else if (JSON.stringify(one.told) !== JSON.stringify(own)) disputed.add(one);
  }
  for (const { own, told } of group)
    if (told) withoutFailures(fetch, holder, withoutSilence(plan, fetch, holder, { own, told }));
  for (const one of disputed) {
    one.told = null;
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
  const lost = group.filter(({ own, told }) => told === undefined && !isExcused(own));
  const missing = lost.length - failures.length;
  for (let count = 0; count < missing; count += 1) {
    report(fetch, holder, fetch.path, 'GONE', 'no longer has something that was found a moment ago', 'GONE');
  }
}

function keyed(group: readonly AskedEntity[]): ReadonlyMap<string, AskedEntity> {
  return new Map(group.map((entity) => [entity.key, entity]));
}

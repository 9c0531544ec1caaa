/** Entities that no member owns (persons, task forces): every member that may know them is asked, matched by key. */

import type { Contract } from '../../schema/horizontal/contract.ts';
import { isGap, toCoverage, type MemberCoverage } from '../horizontal/coverage.ts';
import { FailedValue } from '../horizontal/failed.ts';
import type { GatherPlan, Representation } from '../horizontal/gather-plan.ts';
import { reportGap } from '../horizontal/gap.ts';
import type { ErrorCode } from '../errors.ts';
import { hiddenKey } from '../horizontal/hidden.ts';
import { cutBy, isToldByCoverage, toEntries } from '../horizontal/hub-retold.ts';
import { gapsIn, tellsLoss } from '../horizontal/hub-word.ts';
import { nobody, type MergeScope, type Part } from '../horizontal/merge.ts';
import { spokenForBy, type Members } from '../members.ts';
import { unsupported } from '../horizontal/unasked.ts';
import type { ResponsePath } from '../ledger/ledger.ts';
import { askedOf, capabilityOf } from '../membership/membership.ts';
import type { RequestContext } from '../request-context.ts';
import { answeredOf, askMembers, type Asking, type Gathered } from './ask-members.ts';
import { targetsOfEntities } from './entity-targets.ts';
import type { Fetch } from './fetch.ts';
import { readableBy, type ReadableEntities } from './readable-entities.ts';

/** Answers `_entities`: one merged entity per representation, in its place; never null. */
export async function gatherEntities(
  options: Asking,
  plan: GatherPlan,
  { variables, context, path }: Fetch,
): Promise<Record<string, unknown>> {
  const representations = variables['representations'] as Representation[];
  const { members } = context.membership;
  const distinct = distinctOf(options.contract, representations, context, path);
  const {
    refused,
    refusedOf,
    targetsOf,
    subsets: wanted,
  } = targetsOfEntities(plan, variables, { distinct, count: representations.length }, members, { context, path });
  const readable = new Map(
    [...wanted].map(([member, own]) => [
      member,
      readableBy(capabilityOf(context.membership, member), plan, variables, own),
    ]),
  );
  const subsets = new Map([...readable].map(([member, { asked }]) => [member, asked]));
  const gathered = await askMembers(
    options,
    context,
    (member) => {
      const subset = subsets.get(member)!;
      if (subset.size === 0) return null;
      const own = { ...variables, representations: [...subset.values()] };
      return plan.questionFor(['_entities'], own, [...refused], askedOf(context.membership, member));
    },
    (answer, keys, tell) => plan.check(answer, keys, variables, tell),
  );
  const answers = indexAnswers(options.contract, gathered, subsets);
  const merged = new Map<string, unknown>();
  for (const [key, representation] of distinct) {
    const merge = plan.entities!.get(String(representation['__typename']));
    if (!merge) continue;
    const { parts, silent } = judge(members, gathered, answers, key, readable);
    const isPartial = [...gathered.words].some(([hub, word]) => subsets.get(hub)!.has(key) && tellsLoss(word));
    // What one entity lacks is no gap of another; what cannot be placed may be of any.
    const answered = answeredOf(gathered, '_entities', (member, { entity }) => {
      const place = entity === undefined ? null : (answers.get(member)?.places[entity] ?? null);
      return place === null || place === key;
    });
    const scope: MergeScope = {
      variables,
      path,
      members,
      ledger: context.ledger,
      hasGaps: isPartial || [...silent.values()].some(isGap),
      refused: refusedOf(key),
      targets: targetsOf(key),
      known: representation,
      found: context.grants?.takenFrom(representation),
      silent,
      answered,
      truncated: truncatedOf(gathered, subsets, key, path),
    };
    if (!merge.asksRows) {
      for (const gap of [...silent.values()]) reportGap(gap, scope);
      for (const left of answered.keys()) reportLeftOut(left, scope);
    }
    const value = merge.merge(parts.length > 0 ? parts : [nobody], scope);
    // A hub above takes a value for what somebody said; what nobody here knows, it has to be told as a court would say it.
    const isUnknown = members.isPart && parts.length === 0 && !isKeptElsewhere(options.contract, representation);
    merged.set(key, isUnknown ? null : value);
  }
  retell(gathered, plan.pages, context, path);
  return { _entities: representations.map((own) => merged.get(keyOf(options.contract, own)) ?? null) };
}

/** Each entity once. Two different accounts of one entity are told, and nobody is asked about it. */
function distinctOf(
  contract: Contract,
  representations: readonly Representation[],
  { ledger }: RequestContext,
  path: ResponsePath,
): Map<string, Representation> {
  const distinct = new Map<string, Representation>();
  const disputed = new Set<string>();
  for (const own of representations) {
    const key = keyOf(contract, own);
    const known = distinct.get(key);
    if (known && JSON.stringify(known) !== JSON.stringify(own)) disputed.add(key);
    distinct.set(key, own);
  }
  for (const key of disputed) {
    distinct.delete(key);
    ledger.report({
      code: 'CONFLICT',
      message: 'Two different accounts were given of one entity; nobody was asked about it.',
      path,
    });
  }
  return distinct;
}

/** A representation's identity: its type and its key, never its place in a list. */
function keyOf(contract: Contract, own: Representation): string {
  const typeName = String(own['__typename']);
  const fields = contract.entities.get(typeName)?.keyFields ?? [];
  return JSON.stringify([typeName, ...fields.map((name) => own[name])]);
}

/** Who answered and left something out. */
function reportLeftOut(speaker: string, scope: MergeScope): void {
  const { elapsedMs, missingFields, reason } = scope.answered.get(speaker)!;
  if (missingFields.length === 0) return;
  reportGap({ ...toCoverage(speaker, 'DEGRADED', reason, elapsedMs), missingFields }, scope);
}

/** Hubs' own words about what is inside the entities; of their gathered fields coverage tells. */
function retell(
  { words }: Gathered,
  pages: GatherPlan['pages'],
  { ledger, membership }: RequestContext,
  path: ResponsePath,
): void {
  const isPage = ([key]: ResponsePath) => pages.some((page) => page.key === key);
  for (const word of words.values()) {
    const placeOf = ([root, , ...inside]: ResponsePath, code: ErrorCode) => {
      if (root !== '_entities') return path;
      return inside.length === 1 && isPage(inside) && isToldByCoverage(code) ? null : [...path, ...inside];
    };
    for (const entry of toEntries(word, membership.members, placeOf)) ledger.report(entry);
  }
}

/** What one member said of the entities it was asked about. */
interface EntityAnswers {
  /** Set when some of them were lost: it stands for each that is not there. */
  readonly failed: FailedValue | null;
  readonly byKey: ReadonlyMap<string, unknown>;
  /** The keys in the answer's own order; null where there is none to read. */
  readonly places: readonly (string | null)[];
}

/** Each member's entities by their echoed keys. A failed `_entities` is one mark for all of them. */
function indexAnswers(
  contract: Contract,
  gathered: Gathered,
  subsets: ReadonlyMap<string, ReadonlyMap<string, Representation>>,
): Map<string, EntityAnswers> {
  return new Map(
    [...gathered.data].map(([member, data]) => [
      member,
      indexAnswer(contract, data['_entities'], subsets.get(member)!),
    ]),
  );
}

function indexAnswer(contract: Contract, list: unknown, asked: ReadonlyMap<string, Representation>): EntityAnswers {
  const garbled = new FailedValue('UNREACHABLE', 'GARBLED');
  if (!Array.isArray(list)) {
    return { failed: list instanceof FailedValue ? list : garbled, byKey: new Map(), places: [] };
  }
  const byKey = new Map<string, unknown>();
  const places: (string | null)[] = [];
  let failed: FailedValue | null = null;
  let unknown = 0;
  for (const entity of list as readonly unknown[]) {
    const key = isEntity(entity) ? echoedKeyOf(contract, entity) : null;
    places.push(key);
    if (entity === null) unknown += 1;
    else if (entity instanceof FailedValue) failed ??= entity;
    if (key === null) continue;
    // Told in two ways, or about something that nobody asked: which of it is true cannot be said.
    if (!asked.has(key) || isToldOtherwise(byKey.get(key), entity)) {
      return { failed: garbled, byKey: new Map(), places: [] };
    }
    byKey.set(key, entity);
  }
  // "Not known here" is said with a null, and cannot be true of what another subgraph keeps; what is neither was lost.
  const mayBeUnknown = [...asked.values()].filter((own) => !isKeptElsewhere(contract, own)).length;
  if (unknown > mayBeUnknown || byKey.size + unknown < asked.size) failed ??= garbled;
  return { failed, byKey, places };
}

function isKeptElsewhere(contract: Contract, own: Representation): boolean {
  return contract.entities.get(String(own['__typename']))?.keptElsewhere ?? false;
}

function isToldOtherwise(before: unknown, now: unknown): boolean {
  return before !== undefined && JSON.stringify(before) !== JSON.stringify(now);
}

function isEntity(entity: unknown): entity is Representation {
  return typeof entity === 'object' && entity !== null && !(entity instanceof FailedValue);
}

function echoedKeyOf(contract: Contract, entity: Representation): string {
  for (const { name, keyFields } of contract.entities.values()) {
    if (entity[hiddenKey('__typename')] !== name) continue;
    return JSON.stringify([name, ...keyFields.map((field) => entity[hiddenKey(field)])]);
  }
  return '';
}

/** For one entity: who gave it, and who did not and why. A plain null means "not known here". */
function judge(
  members: Members,
  gathered: Gathered,
  answers: ReturnType<typeof indexAnswers>,
  key: string,
  readable: ReadonlyMap<string, ReadableEntities>,
): { parts: Part[]; silent: Map<string, MemberCoverage> } {
  const parts: Part[] = [];
  const silent = new Map<string, MemberCoverage>();
  for (const speaker of members.speakers) {
    const outcome = gathered.silent.get(speaker);
    const answer = answers.get(speaker);
    const value = answer?.byKey.get(key);
    const { asked, unread } = readable.get(speaker)!;
    const all = (own: MemberCoverage) => {
      for (const member of spokenForBy(members, speaker)) silent.set(member, { ...own, member });
    };
    if (unread.has(key)) all(toCoverage(speaker, 'REFUSED', unsupported));
    else if (!asked.has(key)) all(toCoverage(speaker, 'NOT_ASKED'));
    else if (outcome) all(outcome);
    else if (value !== undefined) parts.push({ member: speaker, value });
    else if (answer?.failed) all(toCoverage(speaker, answer.failed.status, answer.failed.reason));
    else {
      all({ ...toCoverage(speaker, 'NONE'), ...gathered.received.get(speaker) });
      // Not known to a hub: to none of those behind it that answered.
      for (const gap of gapsIn(gathered.words.get(speaker))) silent.set(gap.member, gap);
    }
  }
  return { parts, silent };
}

/** Which members cut a list of this entity short themselves, by the path that the list has in the answer. */
function truncatedOf(
  gathered: Gathered,
  subsets: ReadonlyMap<string, ReadonlyMap<string, Representation>>,
  key: string,
  path: ResponsePath,
): Set<string> {
  const truncated = new Set<string>();
  for (const [hub, word] of gathered.words) {
    for (const [, , ...rest] of cutBy(word)) truncated.add(`${hub} ${[...path, ...rest].join('.')}`);
  }
  for (const [member, { truncated: own }] of gathered.blemishes) {
    if (own.length === 0) continue;
    const index = [...subsets.get(member)!.keys()].indexOf(key);
    for (const [, at, ...rest] of own) if (at === index) truncated.add(`${member} ${[...path, ...rest].join('.')}`);
  }
  return truncated;
}

/**
 * What an agency was asked, or had to carry out, goes into the request's trail, and what anybody was to change: one record for each
 * entity or root field, with what became of it. What agencies were asked goes into the coverage, too, in numbers.
 */

import { isClients } from '../horizontal/hidden.ts';
import { outcomeOfValue, type AskedFields, type Outcome } from '../trail/asked-fields.ts';
import { noteQuestion, type NotedOrder } from '../trail/request-trail.ts';
import type { HeldAnswer, HeldFetch, NoAnswer, OwnedSourceOptions } from './ask-holder.ts';
import type { Representation } from './entity-keys.ts';
import type { Fetch } from './fetch.ts';
import { report, type Holder } from './holder.ts';
import type { OwnedPlan, OwnedRoot } from './owned-plan.ts';
import { recordChanges } from './recorded-changes.ts';

/** An entity that was asked about, and what was told of it: nothing is undefined, what cannot be taken null. */
interface AskedEntity {
  readonly own: Representation;
  /** Its key, as text. */
  readonly key: string;
  readonly told: Readonly<Record<string, unknown>> | null | undefined;
}

/** Notes entities that an agency was asked about, or was not because of the reason given. */
export function recordEntities(
  { agency }: OwnedSourceOptions,
  { recorded }: OwnedPlan,
  fetch: HeldFetch,
  entities: readonly AskedEntity[],
  answer: HeldAnswer | NoAnswer,
): void {
  const { context, variables } = fetch;
  if (agency === undefined || !recorded || entities.length === 0) return;
  const noAnswer = 'data' in answer ? null : answer;
  for (const [typeName, of] of groupedByType(entities)) {
    const asked = recorded.entities.get(typeName);
    const outcomes = of.map(({ told }) => noAnswer ?? outcomeOf(told, asked));
    noteQuestion(context, {
      agency,
      fields: asked?.namesFor(variables) ?? '[]',
      about: of.map(({ own }) => aboutEntity(own)),
      outcomes,
      orders: of.map(({ own }) => orderOf(own)),
    });
    coverFields(fetch, agency, asked, {
      keys: of.map(({ key }) => key),
      // What became of the one field is what became of the question.
      outcomesAt: (key) =>
        asked?.keys.length === 1 ? outcomes : of.map(({ told }) => noAnswer ?? outcomeAt(told, asked, key)),
    });
  }
}

/** Entities that nobody was asked about, because what the agency requires of them is absent: in the coverage alone, since nothing was asked. */
export function coverUntold(
  { agency }: OwnedSourceOptions,
  { recorded }: OwnedPlan,
  fetch: Fetch,
  entities: readonly { readonly own: Representation; readonly key: string | null }[],
): void {
  if (agency === undefined || !recorded) return;
  for (const [typeName, of] of groupedByType(onceEach(entities))) {
    const outcomes = of.map(() => requirementAbsent);
    coverFields(fetch, agency, recorded.entities.get(typeName), {
      keys: of.map(({ key }) => key),
      outcomesAt: () => outcomes,
    });
  }
}

/** Those without a key are each one of its own. */
function onceEach<T extends { readonly key: string | null }>(entities: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return entities.filter(({ key }) => key === null || (!seen.has(key) && seen.add(key)));
}

const requirementAbsent: NoAnswer = { status: 'NOT_ASKED', reason: 'REQUIREMENT_ABSENT' };

/** Entities by their keys, and what became of each in a field, by the field's response key. */
interface Covered {
  readonly keys: readonly (string | null)[];
  readonly outcomesAt: (key: string) => readonly Outcome[];
}

/** Each field at the top by itself, with what became of each entity in it. */
function coverFields(
  { context, path, variables }: Fetch,
  agency: string,
  asked: AskedFields | undefined,
  { keys, outcomesAt }: Covered,
): void {
  for (const field of asked?.fieldsFor(variables) ?? []) {
    // Under one of the hub's own keys a client finds nothing.
    const place = [...path, isClients(field.key) ? field.key : field.name];
    context.ledger.coverAgency(place, agency, { keys, outcomes: outcomesAt(field.key) });
  }
}

/**
 * Takes nulls out of what an agency told of an entity where it has to say what became of its question, and tells them: no
 * null without an error is an answer there, and none may be taken for "nothing on record" by whoever requires it.
 */
export function withoutSilence(
  { recorded }: OwnedPlan,
  fetch: Fetch,
  holder: Holder,
  { own, told }: { readonly own: Representation; readonly told: Record<string, unknown> },
): Record<string, unknown> {
  const telling = recorded?.entities.get(String(own['__typename']))?.telling ?? noKeys;
  for (let place = 0; place < telling.length; place += 1) {
    const key = telling[place]!;
    if (told[key] !== null) continue;
    Reflect.deleteProperty(told, key);
    const said = 'did not say what became of a question';
    report(fetch, holder, [...fetch.path, key], 'UPSTREAM_ERROR', said, 'NO_VALUE');
  }
  return told;
}

const noKeys: readonly string[] = [];

/** Notes root fields that an agency was asked, and changes, whoever was to make them. */
export function recordRoots(
  { agency }: OwnedSourceOptions,
  plan: OwnedPlan,
  fetch: HeldFetch,
  roots: readonly OwnedRoot[],
  answer: HeldAnswer | NoAnswer,
): void {
  const { recorded } = plan;
  const { context, variables } = fetch;
  if (agency === undefined && plan.isMutation) recordChanges(plan, fetch, roots, answer);
  if (agency === undefined || !recorded) return;
  for (const root of roots) {
    const asked = recorded.roots.get(root.key);
    const outcome = 'data' in answer ? outcomeAt(answer.data, asked, root.key) : answer;
    const fields = asked?.namesFor(variables) ?? '[]';
    const about = [aboutOf(root.argsOf(variables))];
    noteQuestion(context, { agency, fields, about, outcomes: [outcome], orders: [null] });
  }
}

/** An order is about its debtor, on the ruling; everything else is about itself. */
function aboutEntity(own: Representation): Representation {
  const { mandate, caseNumber, partyId, subject } = own;
  if (mandate === undefined) return own;
  return { caseNumber, id: partyId, subject, writ: { number: mandateOf(own)['number'] ?? null } };
}

function orderOf(own: Representation): NotedOrder | null {
  if (own['mandate'] === undefined) return null;
  const { action } = mandateOf(own);
  return { id: String(own['id']), action: typeof action === 'string' ? action : null };
}

function mandateOf({ mandate }: Representation): Representation {
  return (mandate ?? {}) as Representation;
}

function outcomeOf(told: AskedEntity['told'], asked: AskedFields | undefined): Outcome {
  const keys = asked?.keys ?? noKeys;
  // What failed was taken out. Several fields of one entity are one inquiry.
  let place = 0;
  while (place < keys.length && told?.[keys[place]!] === undefined) place += 1;
  return outcomeAt(told, asked, keys[place] ?? keys[0]);
}

function outcomeAt(told: AskedEntity['told'], asked: AskedFields | undefined, key: string | undefined): Outcome {
  if (told === undefined) return { status: 'UNREACHABLE', reason: 'NOT_TOLD' };
  if (told === null) return { status: 'UNREACHABLE', reason: 'CONFLICT' };
  return key === undefined
    ? outcomeOfValue(null, false)
    : outcomeOfValue(told[key], asked?.telling.includes(key) ?? false);
}

/** Nearly always one. */
function groupedByType<T extends { readonly own: Representation }>(
  entities: readonly T[],
): Iterable<readonly [typeName: string, of: readonly T[]]> {
  const first = String(entities[0]?.own['__typename']);
  if (entities.every(({ own }) => own['__typename'] === first)) return [[first, entities]];
  const groups = new Map<string, T[]>();
  for (const one of entities) {
    const typeName = String(one.own['__typename']);
    const group = groups.get(typeName);
    if (group) group.push(one);
    else groups.set(typeName, [one]);
  }
  return groups;
}

/** Whom arguments speak of, themselves or in their `input`. */
function aboutOf(args: Readonly<Record<string, unknown>>): Representation {
  const { input } = args;
  const all: Representation = typeof input === 'object' && input !== null ? { ...args, ...input } : args;
  const { caseNumber, party, partyId, writNumber } = all;
  return { caseNumber, id: party ?? partyId, writ: { number: writNumber ?? null } };
}

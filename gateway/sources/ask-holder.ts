/** One question to one holder: what it answered, held against the question and its own rows, and everything told that is wrong. */

import type { GraphQLField } from 'graphql';

import type { Answer, Question } from '../../common/wire.ts';
import { askWithin } from '../asking/ask.ts';
import type { Failure, Reply } from '../asking/reply.ts';
import { agencyDeadlineMs, withInquiryTerms } from '../asking/inquiry-terms.ts';
import { FailedValue, markFailures, type Blemish } from '../horizontal/failed.ts';
import type { ErrorCode } from '../errors.ts';
import { markTold, withoutTold } from '../horizontal/hub-marks.ts';
import type { HubWord } from '../horizontal/hub-word.ts';
import { bareVariables } from '../horizontal/variables.ts';
import type { CoverageStatus } from '../horizontal/coverage.ts';
import { withLawfulPaths } from '../horizontal/asked-keys.ts';
import type { RequestContext } from '../request-context.ts';
import type { Outcome } from '../trail/asked-fields.ts';
import { takenVerbatim } from '../verbatim.ts';
import { setThingsAside, type SetAside } from './changed-things.ts';
import type { Fetch } from './fetch.ts';
import type { Belonging } from './foreign-rows.ts';
import { behindOf, retell, tellersOf, toSpeaker, wordOfHolder, type Explained } from './heard.ts';
import { pathOf, report, reportFailure, reportTruncation, type Holder, type Holders } from './holder.ts';
import type { OwnedPlan, OwnedRoot } from './owned-plan.ts';
import type { OwnedTypes } from './owned-types.ts';
import { isRoot, markUnasked, tellUnasked } from './unasked-values.ts';
import { mayHaveHappened, outcomesOfChanges, reportUnknown, tellUnknownChanges } from './unknown-outcome.ts';

export interface OwnedSourceOptions {
  readonly types: OwnedTypes;
  /** Who holds what in this request. */
  readonly holdersOf: (context: Pick<RequestContext, 'membership'>) => Holders;
  /** How rows say, wherever they stand in an answer, whose they are. */
  readonly belonging: Belonging;
  /** Types of values that another subgraph requires: half of one would be read as all of it. */
  readonly requiredTypes: ReadonlySet<string>;
  readonly deadlineMs: number;
  /** Whether rows may come with their page, whose members hold them. */
  readonly wholeRows?: boolean;
  /** The agency that answers, whose questions are recorded; absent where nobody's are. */
  readonly agency?: string;
}

/** A fetch with those who hold what it asks about. */
export interface HeldFetch extends Fetch {
  readonly holders: Holders;
}

export interface HeldAnswer {
  readonly data: Record<string, unknown>;
  /** What a hub has told of. */
  readonly explained: Explained;
  /** What became of each change, and what it is about, by the root field's key; absent where nothing was to be changed. */
  readonly changes?: ReadonlyMap<string, Outcome>;
  readonly things?: SetAside['things'];
}

/** What is told of a question that nothing came of. */
export interface NoAnswer {
  /** `UNKNOWN` of changes: they may have been made. */
  readonly status: CoverageStatus | 'UNKNOWN';
  readonly reason: string;
}

/** What failed is absent: a null would be taken for a fact by whoever requires this field. */
export function withoutFailures(
  fetch: Fetch,
  holder: Holder,
  entity: Record<string, unknown>,
  fieldOf?: (key: string) => GraphQLField<unknown, unknown> | undefined,
): Record<string, unknown> {
  for (const key in entity) {
    const value = entity[key];
    if (!(value instanceof FailedValue)) continue;
    Reflect.deleteProperty(entity, key);
    reportFailure(fetch, holder, [...fetch.path, key], value, fieldOf?.(key));
  }
  return entity;
}

/** Asks a holder for some of the root fields, or for entities; when nothing came of it, that has been told. */
export async function askHolder(
  options: OwnedSourceOptions,
  fetch: HeldFetch,
  holder: Holder,
  plan: OwnedPlan,
  wantedKeys: readonly string[],
  variables: Readonly<Record<string, unknown>>,
  /** What the holder has answered already; it is asked without it. */
  given?: Answer,
): Promise<HeldAnswer | NoAnswer> {
  const question = plan.questionFor(wantedKeys, variables, holder.capability);
  const { roots: rootKeys, unasked } = question;
  // What is not asked is told whatever comes of the rest; what would stand inside an answer, when there is one.
  const atOnce = rootKeys.length === 0 ? unasked.filter(({ isHidden }) => !isHidden) : unasked.filter(isRoot);
  for (const field of atOnce) tellUnasked(fetch, holder, field);
  if (rootKeys.length === 0) return { status: 'NOT_ASKED', reason: 'UNSUPPORTED' };
  const own = bareVariables({});
  for (const name of question.used) if (Object.hasOwn(question.variables, name)) own[name] = question.variables[name];
  const askedRoots = plan.roots.filter(({ key }) => rootKeys.includes(key));
  const fail = (code: ErrorCode, said: string, reason: string) => {
    const courts = courtsAsked(fetch, askedRoots, variables);
    for (const teller of tellersOf(fetch, holder, courts)) {
      report(fetch, teller, pathOf(fetch, rootKeys), code, said, reason);
    }
  };
  if (!given && fetch.context.late.has(holder.id)) {
    fail('UPSTREAM_TIMEOUT', 'did not answer in time', 'DEADLINE');
    return { status: 'TIMEOUT', reason: 'DEADLINE' };
  }
  const { context } = fetch;
  if (isRecorded(options, plan) && context.trail.trail.isFailing()) {
    fail('NOT_RECORDED', 'was not asked, since it cannot be recorded at the moment', 'NOT_RECORDED');
    return { status: 'NOT_ASKED', reason: 'NOT_RECORDED' };
  }
  const asked = toAsked({ query: question.text, variables: own }, fetch, holder);
  const deadlineMs = isAgency(holder) ? agencyDeadlineMs(options.deadlineMs, context) : options.deadlineMs;
  const reply: Reply | Failure = given
    ? { kind: 'answered', answer: given, elapsedMs: 0 }
    : await askWithin(holder.upstream, asked, { deadlineMs, context });
  if (!given) context.witness?.(holder.id, reply);
  if (reply.kind === 'failed') {
    if (reply.status === 'TIMEOUT') fetch.context.late.add(holder.id);
    if (plan.isMutation && mayHaveHappened(reply)) {
      for (const root of askedRoots) reportUnknown(fetch, holder, root, reply.reason);
      return { status: 'UNKNOWN', reason: reply.reason };
    }
    const said = reply.status === 'TIMEOUT' ? 'did not answer in time' : 'could not be asked or gave no usable answer';
    fail(`UPSTREAM_${reply.status}`, said, reply.reason);
    return reply;
  }
  const lawful = withLawfulPaths(reply.answer, plan.asked);
  const { answer, things } = plan.isMutation ? setThingsAside(lawful) : { answer: lawful, things: null };
  const word = wordOfHolder(fetch, holder, answer, plan.asked);
  const { data, blemishes } = markFailures(word?.answer ?? answer, rootKeys, plan.asked);
  if (word) markTold(data, word);
  if (plan.keepOwn(data, { belonging: options.belonging, isOwn: ownership(fetch, holder) })) {
    const said = 'sent rows that do not belong to it; they were left out';
    report(fetch, holder, pathOf(fetch, rootKeys), 'MISPLACED_ROW', said, 'FOREIGN_KEY');
  }
  const marks = markUnasked(fetch, holder, data, unasked, (typeName) => options.requiredTypes.has(typeName));
  plan.check(data, rootKeys, variables, (field, reason, rootKey = '_entities', entity) => {
    blemishes.rows.push({ rootKey, field, reason, ...(entity !== undefined && { entity }) });
  });
  marks.release();
  const explained = word ? retell(fetch, word) : nothing;
  const courtAt = ({ rootKey, entity }: Blemish) =>
    courtsAsked(
      fetch,
      askedRoots.filter(({ key }) => key === rootKey),
      { representations: representationsAt(variables, entity) },
    )[0];
  const untoldRows =
    word && withoutTold(blemishes.rows, data, word).filter((row) => !isToldOf(word, row, courtAt(row)));
  for (const { rootKey, field, reason } of untoldRows ?? blemishes.rows) {
    report(fetch, holder, [...pathOf(fetch, [rootKey]), field], 'UPSTREAM_ERROR', `left out ${field}`, reason);
  }
  for (const path of blemishes.truncated) reportTruncation(fetch, path);
  if (rootKeys[0] === '_entities' && data['_entities'] instanceof FailedValue) {
    reportFailure(fetch, holder, fetch.path, data['_entities']);
    return data['_entities'];
  }
  if (rootKeys[0] === '_entities') return { data, explained };
  const untold = askedRoots.filter(({ key }) => !explained.roots.has(key));
  const changes = plan.isMutation ? outcomesOfChanges(askedRoots, data, word) : null;
  if (plan.isMutation) tellUnknownChanges(fetch, holder, untold, data);
  const { schema } = options.types;
  const rootFields = (plan.isMutation ? schema.getMutationType() : schema.getQueryType())?.getFields();
  const fieldOf = (key: string) => rootFields?.[askedRoots.find((root) => root.key === key)?.name ?? ''];
  return {
    data: withoutFailures(fetch, holder, data, fieldOf),
    explained,
    ...(changes && things && { changes, things }),
  };
}

/** What nobody can find again shall not be asked or changed at all. */
function isRecorded({ agency }: OwnedSourceOptions, { isMutation }: OwnedPlan): boolean {
  return agency !== undefined || isMutation;
}

/** As a hub is asked, or an agency, or anybody else. */
function toAsked(question: Question, fetch: Fetch, holder: Holder): Question {
  if (isAgency(holder)) {
    const told = withInquiryTerms(question, fetch.context);
    const asked = fetch.context.grants?.beside(told) ?? told;
    if (fetch.verbatim) takenVerbatim.keep(asked, fetch.verbatim);
    return asked;
  }
  return toSpeaker(question, behindOf(fetch, holder), fetch.context);
}

function isAgency({ source }: Holder): boolean {
  return 'agency' in source;
}

/** A value that cannot stand without one that a court left out was told with that one. */
function isToldOf(word: HubWord, { reason }: Blemish, court: string | undefined): boolean {
  return (
    reason === 'MISSING' && word.tellings.some(({ code, member }) => code === 'UPSTREAM_ERROR' && member === court)
  );
}

function representationsAt(variables: Readonly<Record<string, unknown>>, entity: number | undefined): unknown[] {
  return entity === undefined ? [] : [(variables['representations'] as readonly unknown[])[entity]];
}

/** The courts that a question is about. */
function courtsAsked(
  fetch: HeldFetch,
  roots: readonly OwnedRoot[],
  variables: Readonly<Record<string, unknown>>,
): string[] {
  const representations = (variables['representations'] ?? []) as readonly Readonly<Record<string, unknown>>[];
  return [
    ...roots
      .filter(({ key }) => key !== '_entities')
      .map((root) => fetch.holders.courtOfRoot(root.name, root.argsOf(fetch.variables))),
    ...representations.flatMap((own) => fetch.holders.courtOf(own) ?? []),
  ];
}

const nothing: Explained = { roots: new Set(), courts: new Set(), isVague: false };

/** Whether a key names this holder. Rows that stand together mostly name the same. */
function ownership(fetch: HeldFetch, holder: Holder): (key: unknown) => boolean {
  let last: unknown;
  let isOwn: boolean | null = null;
  return (key) => {
    if (isOwn === null || key !== last) isOwn = fetch.holders.owns(holder, key);
    last = key;
    return isOwn;
  };
}

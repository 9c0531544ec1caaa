/** Asks every member once, at the same time, each with its own deadline; those behind a hub together. */

import { toInstantText } from '../../common/civil-date.ts';
import type { Contract } from '../../schema/horizontal/contract.ts';
import { askWithin } from '../asking/ask.ts';
import type { Failure, FailureReason } from '../asking/reply.ts';
import type { Tell } from '../horizontal/conformance.ts';
import { toCoverage, type MemberCoverage } from '../horizontal/coverage.ts';
import { markFailures, type Blemish, type Blemishes } from '../horizontal/failed.ts';
import { markTold, withoutTold } from '../horizontal/hub-marks.ts';
import { hearHub, type HubWord } from '../horizontal/hub-word.ts';
import type { MemberQuestion } from '../horizontal/member-question.ts';
import type { MergeScope } from '../horizontal/merge.ts';
import type { PageShare } from '../horizontal/page-share.ts';
import { withLawfulPaths } from '../horizontal/asked-keys.ts';
import { leaveUnasked, unsupported, unsupportedMark, type Unasked } from '../horizontal/unasked.ts';
import { takeWholeRows, type RowsAhead } from '../horizontal/whole-rows.ts';
import type { RequestContext } from '../request-context.ts';
import type { Searches } from '../viewer/searches.ts';
import { toSpeaker } from './heard.ts';
import type { WholeRest } from './whole-rest.ts';

export interface GatheredSourceOptions {
  readonly contract: Contract;
  /** Each member's own deadline. */
  readonly deadlineMs: number;
  /** The longest that a member for which whole rows were too much is asked for its page alone, in milliseconds; always asked without it. */
  readonly restMs?: number;
  /** How many rows of a page a member is asked for first; adaptive without it. */
  readonly share?: PageShare;
  /** Who has asked by how many identity numbers; without it nobody counts. */
  readonly searches?: Searches;
}

/** What a source asks by: its options, and for whom whole rows were too much. */
export interface Asking extends GatheredSourceOptions {
  readonly rest: WholeRest;
}

/** What asking gave, by speakers, ready to be merged. */
export interface Gathered {
  readonly data: ReadonlyMap<string, Record<string, unknown>>;
  readonly blemishes: ReadonlyMap<string, Blemishes>;
  readonly silent: ReadonlyMap<string, MemberCoverage>;
  /** How long each answering speaker took, and when its answer came. */
  readonly received: ReadonlyMap<string, { readonly elapsedMs: number; readonly receivedAt: string }>;
  /** What hubs told of the members behind them. */
  readonly words: Map<string, HubWord>;
}

/** A question, and the rows that it asks for whole. */
export type AskedQuestion = MemberQuestion & { readonly ahead?: RowsAhead };

/** So much of a member's deadline is for rows beside their page; the rest is for the page alone, where they were too much. */
const shareForWhole = 1 / 3;

/** What may come of a question that is too large. Who cannot be reached, or refuses, would not be helped by another one. */
const mayBeTooMuch: ReadonlySet<FailureReason> = new Set(['DEADLINE', 'TOO_LARGE', 'SERVER_ERROR', 'GARBLED']);

/**
 * Asks every speaker once, at the same time, and marks what failed inside the answers; whoever has not given its page because of the rows
 * beside it is asked for the page alone. `check` goes by the variables of the
 * whole question: a member is not told those that only what it lacks would use.
 */
export async function askMembers(
  options: Asking,
  context: RequestContext,
  questionOf: (member: string, isPlain: boolean) => AskedQuestion | null,
  check: (data: Record<string, unknown>, rootKeys: readonly string[], tell: Tell) => void,
): Promise<Gathered> {
  const data = new Map<string, Record<string, unknown>>();
  const blemishes = new Map<string, Blemishes>();
  const silent = new Map<string, MemberCoverage>();
  const received = new Map<string, { elapsedMs: number; receivedAt: string }>();
  const words = new Map<string, HubWord>();
  const { members, upstreams } = context.membership;
  const { rest } = options;
  const wholeMs = Math.min(options.deadlineMs, context.patienceMs ?? Infinity);
  const askOne = async (member: string, isAgain = false, leftMs = wholeMs): Promise<void> => {
    const question = questionOf(member, isAgain || rest.isResting(member));
    if (!question) return;
    const { query, variables, rootKeys, unasked, asked } = question;
    if (rootKeys.length === 0) {
      silent.set(member, toCoverage(member, 'REFUSED', unsupported));
      return;
    }
    if (context.late.has(member)) {
      silent.set(member, toCoverage(member, 'TIMEOUT', 'DEADLINE'));
      return;
    }
    const isTentative = question.ahead !== undefined;
    const startedMs = performance.now();
    const reply = await askWithin(
      upstreams.get(member)!,
      toSpeaker({ query, variables }, members.behind(member), context),
      { deadlineMs: isTentative ? leftMs * shareForWhole : leftMs, context, isTentative },
    );
    context.witness?.(member, reply);
    const askAgain = () => {
      rest.begin(member);
      return askOne(member, true, Math.max(1, leftMs - (performance.now() - startedMs)));
    };
    if (reply.kind === 'failed') {
      if (isTentative && isTooMuch(reply) && !context.signal.aborted) return askAgain();
      if (reply.status === 'TIMEOUT') context.late.add(member);
      silent.set(member, toCoverage(member, reply.status, reply.reason, reply.elapsedMs));
      return;
    }
    const page = question.ahead ? takeWholeRows(reply.answer, question.ahead, member) : reply.answer;
    if (page === null) return askAgain();
    received.set(member, { elapsedMs: reply.elapsedMs, receivedAt: toInstantText(context.now()) });
    const behind = members.behind(member);
    const answer = withLawfulPaths(page, asked);
    const word = behind && hearHub(answer, behind, asked);
    if (word) words.set(member, word);
    const { data: marked, blemishes: own } = markFailures(word?.answer ?? answer, rootKeys, asked);
    if (word) markTold(marked, word);
    leaveOut(marked['_entities'], question.without);
    markUnasked(options.contract, marked, unasked, own.rows);
    check(marked, rootKeys, (field, reason, rootKey = '_entities', entity) =>
      own.rows.push({ rootKey, field, reason, ...(entity !== undefined && { entity }) }),
    );
    data.set(member, marked);
    blemishes.set(member, word ? { ...own, rows: withoutTold(own.rows, marked, word) } : own);
  };
  await Promise.all(members.speakers.map((member) => askOne(member)));
  return { data, blemishes, silent, received, words };
}

function isTooMuch({ reason, wasSent }: Failure): boolean {
  return wasSent && mayBeTooMuch.has(reason);
}

/** What is known of those that answered, as far as one root field (or one entity below it) is concerned. */
export function answeredOf(
  { received, blemishes, words }: Gathered,
  rootKey: string,
  concerns: (member: string, blemish: Blemish) => boolean = () => true,
): MergeScope['answered'] {
  const within = rootKey === '_entities' ? '_entities[].' : '';
  return new Map(
    [...received].map(([member, since]) => {
      const stated = (key: string) => words.get(member)?.coverage.get(`${within}${key}`) ?? [];
      const rows = blemishes.get(member)!.rows.filter((row) => row.rootKey === rootKey && concerns(member, row));
      const isUnasked = rows.every((row) => row.reason === unsupported);
      const missingFields = [...new Set(rows.map((row) => row.field))];
      return [member, { ...since, missingFields, reason: isUnasked ? unsupported : 'MISSING_VALUES', stated }];
    }),
  );
}

/** What a member's program does not have: a whole gathered field is a gap of its own, anything else is missing in its place. */
function markUnasked(
  contract: Contract,
  data: Record<string, unknown>,
  unasked: readonly Unasked[],
  rows: Blemish[],
): void {
  for (const { path, key } of unasked) if (path.length === 0) data[key] = unsupportedMark();
  leaveUnasked(data, unasked, ({ path, key, field, typeName }, holder, entity) => {
    const isEntityField = path.length === 1 && path[0] === '_entities';
    if (isEntityField && contract.gatherOf(typeName, field)) holder[key] = unsupportedMark();
    else rows.push({ rootKey: path[0]!, field, reason: unsupported, ...(entity !== undefined && { entity }) });
  });
}

/** What was not asked is neither there nor missed. */
function leaveOut(entities: unknown, keys: readonly string[]): void {
  if (keys.length === 0 || !Array.isArray(entities)) return;
  for (const entity of entities as unknown[]) {
    if (typeof entity !== 'object' || entity === null) continue;
    for (const key of keys) (entity as Record<string, unknown>)[key] = undefined;
  }
}

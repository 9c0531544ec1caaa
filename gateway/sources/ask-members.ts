/** Asks every member once, at the same time, each with its own deadline. */

import type { Ask } from '../../common/wire.ts';
import type { Contract } from '../../schema/horizontal/contract.ts';
import { askWithin } from '../asking/ask.ts';
import type { CheckAnswer } from '../horizontal/answer-check.ts';
import { toCoverage, type MemberCoverage } from '../horizontal/coverage.ts';
import { markFailures, type Blemishes } from '../horizontal/failed.ts';
import type { MergeScope } from '../horizontal/merge.ts';
import type { Members } from '../members.ts';
import type { RequestContext } from '../request-context.ts';

export interface GatheredSourceOptions {
  readonly contract: Contract;
  readonly members: Members;
  /** How to ask each member; a member without an entry cannot be asked. */
  readonly asks: ReadonlyMap<string, Ask>;
  /** Each member's own deadline. */
  readonly deadlineMs: number;
}

/** What asking members gave, ready to be merged. */
export interface Gathered {
  readonly data: ReadonlyMap<string, Record<string, unknown>>;
  readonly blemishes: ReadonlyMap<string, Blemishes>;
  readonly silent: ReadonlyMap<string, MemberCoverage>;
  readonly answered: MergeScope['answered'];
}

/** What one member is asked; null when it is not asked. */
export type QuestionOf = (member: string) => {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly rootKeys: readonly string[];
} | null;

/** Asks every member once, at the same time, and marks what failed inside the answers. */
export async function askMembers(
  options: GatheredSourceOptions,
  context: RequestContext,
  questionOf: QuestionOf,
  check: CheckAnswer,
): Promise<Gathered> {
  const data = new Map<string, Record<string, unknown>>();
  const blemishes = new Map<string, Blemishes>();
  const silent = new Map<string, MemberCoverage>();
  const answered = new Map<string, { elapsedMs: number; missingFields: string[] }>();
  const askOne = async (member: string) => {
    const question = questionOf(member);
    if (!question) return;
    const { query, variables, rootKeys } = question;
    const ask = options.asks.get(member);
    if (!ask) {
      silent.set(member, toCoverage(member, 'UNREACHABLE', 'DOWN'));
      return;
    }
    const reply = await askWithin(
      ask,
      { query, variables },
      { deadlineMs: options.deadlineMs, signal: context.signal },
    );
    if (reply.kind === 'failed') {
      silent.set(member, toCoverage(member, reply.status, reply.reason, reply.elapsedMs));
      return;
    }
    const { data: marked, blemishes: own } = markFailures(reply.answer, rootKeys);
    check(marked, rootKeys, variables, (field, reason) => own.rows.push({ field, reason }));
    data.set(member, marked);
    blemishes.set(member, own);
    answered.set(member, { elapsedMs: reply.elapsedMs, missingFields: [...new Set(own.rows.map((row) => row.field))] });
  };
  await Promise.all(options.members.codes.map(askOne));
  return { data, blemishes, silent, answered };
}

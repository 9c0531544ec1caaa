/** The data source behind `city` and `reach`: asks every member that the question does not exclude, and merges. */

import type { GraphQLDataSource } from '@apollo/gateway';
import type { DocumentNode } from 'graphql';

import type { Ask } from '../../common/wire.ts';
import type { Contract } from '../../schema/horizontal/contract.ts';
import { askWithin } from '../asking/ask.ts';
import { HubError } from '../errors.ts';
import { toCoverage, type MemberCoverage } from '../horizontal/coverage.ts';
import { markFailures, type Blemishes } from '../horizontal/failed.ts';
import { compileGather, type GatheredRoot, type GatherPlan } from '../horizontal/gather-plan.ts';
import type { MergeScope, Part } from '../horizontal/merge.ts';
import { checkPage, targetsOf } from '../horizontal/targets.ts';
import type { ResponsePath } from '../ledger/ledger.ts';
import type { Members } from '../members.ts';
import type { RequestContext } from '../request-context.ts';
import { gatherEntities } from './gathered-entities.ts';
import { fetchOf } from './fetch.ts';

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

export function createGatheredSource(options: GatheredSourceOptions): GraphQLDataSource<RequestContext> {
  const plans = new WeakMap<DocumentNode, GatherPlan>();
  return {
    async process(processOptions) {
      const { document, variables, context, path } = fetchOf(processOptions);
      const plan = plans.get(document) ?? compileGather(options.contract, document);
      plans.set(document, plan);
      const complete = plan.complete(variables);
      const data = plan.entities
        ? await gatherEntities(options, plan, complete, context, path)
        : await gatherRoots(options, plan, complete, context, path);
      return { data };
    },
  };
}

async function gatherRoots(
  options: GatheredSourceOptions,
  plan: GatherPlan,
  variables: Record<string, unknown>,
  context: RequestContext,
  path: ResponsePath,
): Promise<Record<string, unknown>> {
  const data: Record<string, unknown> = {};
  const targets = new Map<GatheredRoot, ReadonlySet<string>>();
  for (const root of plan.roots) {
    if (!root.isIncluded(variables)) continue;
    try {
      checkPage(root.gather, root.argsOf(variables));
      root.check(variables);
      targets.set(root, targetsOf(root.gather, root.argsOf(variables), options.members));
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      context.ledger.report({
        code: error.code,
        message: error.message,
        path: [...path, root.key],
        facts: error.facts,
      });
      data[root.key] = null;
    }
  }
  const keysOf = (member: string) => [...targets].filter(([, set]) => set.has(member)).map(([root]) => root.key);
  const gathered = await askMembers(options, context, (member) => {
    const keys = keysOf(member);
    return keys.length === 0
      ? null
      : { query: plan.questionFor(keys), variables: plan.variablesFor(keys, variables), rootKeys: keys };
  });
  for (const [root, asked] of targets) {
    const silent = new Map(
      options.members.codes.flatMap((member) => {
        if (!asked.has(member)) return [[member, toCoverage(member, 'NOT_ASKED')] as const];
        const outcome = gathered.silent.get(member);
        return outcome ? [[member, outcome] as const] : [];
      }),
    );
    const parts: Part[] = [...gathered.data]
      .filter(([member]) => asked.has(member))
      .map(([member, answer]) => ({ member, value: answer[root.key] }));
    data[root.key] = root.merge(parts, {
      variables,
      path: [...path, root.key],
      members: options.members,
      ledger: context.ledger,
      silent,
      answered: gathered.answered,
      truncated: truncatedRoots(gathered.blemishes, path),
    });
  }
  return data;
}

function truncatedRoots(blemishes: ReadonlyMap<string, Blemishes>, path: ResponsePath): Set<string> {
  return new Set(
    [...blemishes].flatMap(([member, { truncated }]) =>
      truncated.map((own) => `${member} ${[...path, ...own].join('.')}`),
    ),
  );
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
    data.set(member, marked);
    blemishes.set(member, own);
    answered.set(member, { elapsedMs: reply.elapsedMs, missingFields: [...new Set(own.rows.map((row) => row.field))] });
  };
  await Promise.all(options.members.codes.map(askOne));
  return { data, blemishes, silent, answered };
}

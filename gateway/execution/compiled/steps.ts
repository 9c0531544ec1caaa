/** First stage: a stock query plan becomes steps. Pure; says what it cannot take. */

import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { OperationTypeNode } from 'graphql';

/** What a plan does, in the order in which it is done. */
export type Step =
  | { readonly kind: 'sequence'; readonly steps: readonly Step[] }
  | { readonly kind: 'parallel'; readonly steps: readonly Step[] }
  | { readonly kind: 'choice'; readonly variable: string; readonly then: Step | null; readonly otherwise: Step | null }
  | FetchStep;

export interface FetchStep {
  readonly kind: 'fetch';
  readonly node: FetchNode;
  /** Where the objects stand that it asks about; `@` stands for every item of a list. */
  readonly path: readonly string[];
  /** The same for all fetches that are about the same objects. */
  readonly about: string;
  /** The same for all that tell the same of the same objects; null when it asks at the root. */
  readonly telling: string | null;
  /** The same for all that ask the same subgraph for the same, wherever it stands; null when no other does, or it changes something. */
  readonly twins: string | null;
}

/** Why a plan is left to the stock executor. */
export type Unsupported = 'subscription' | 'defer' | 'context' | 'unknown_node';

/** The steps of a plan (null when there is nothing to fetch), or why they cannot be told. */
export function toSteps({ node }: QueryPlan): { readonly step: Step | null } | { readonly unsupported: Unsupported } {
  if (!node) return { step: null };
  if (node.kind === 'Subscription') return { unsupported: 'subscription' };
  const unsupported = findUnsupported(node);
  if (unsupported) return { unsupported };
  const counts = new Map<string, number>();
  for (const fetch of fetchesIn(node)) counts.set(questionOf(fetch), (counts.get(questionOf(fetch)) ?? 0) + 1);
  return { step: toStep(node, [], (fetch) => (counts.get(questionOf(fetch)) ?? 0) > 1) };
}

/** All fetches of a step. */
export function fetchesOf(step: Step): FetchStep[] {
  switch (step.kind) {
    case 'fetch':
      return [step];
    case 'choice':
      return [step.then, step.otherwise].flatMap((one) => (one ? fetchesOf(one) : []));
    default:
      return step.steps.flatMap(fetchesOf);
  }
}

function toStep(node: PlanNode, path: readonly string[], hasTwins: (fetch: FetchNode) => boolean): Step {
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'sequence', steps: node.nodes.map((one) => toStep(one, path, hasTwins)) };
    case 'Parallel':
      return { kind: 'parallel', steps: node.nodes.map((one) => toStep(one, path, hasTwins)) };
    case 'Flatten':
      return toStep(node.node, [...path, ...node.path.map(String)], hasTwins);
    case 'Condition':
      return {
        kind: 'choice',
        variable: node.condition,
        then: node.ifClause ? toStep(node.ifClause, path, hasTwins) : null,
        otherwise: node.elseClause ? toStep(node.elseClause, path, hasTwins) : null,
      };
    case 'Fetch': {
      const about = JSON.stringify(path);
      return {
        kind: 'fetch',
        node,
        path,
        about,
        telling: node.requires ? JSON.stringify([path, node.requires, node.inputRewrites ?? []]) : null,
        twins: node.operationKind === OperationTypeNode.QUERY && hasTwins(node) ? questionOf(node) : null,
      };
    }
    case 'Defer':
      throw new Error('A plan with @defer has no steps.');
  }
}

function findUnsupported(node: PlanNode): Unsupported | undefined {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.map(findUnsupported).find((one) => one !== undefined);
    case 'Flatten':
      return findUnsupported(node.node);
    case 'Condition':
      return [node.ifClause, node.elseClause]
        .map((one) => one && findUnsupported(one))
        .find((one) => one !== undefined);
    case 'Fetch':
      if (node.contextRewrites?.length) return 'context';
      return node.hasDefers === true ? 'defer' : undefined;
    case 'Defer':
      return 'defer';
    default:
      // A planner of another version may know more.
      return 'unknown_node';
  }
}

function fetchesIn(node: PlanNode): FetchNode[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(fetchesIn);
    case 'Flatten':
      return fetchesIn(node.node);
    case 'Condition':
      return [node.ifClause, node.elseClause].flatMap((one) => (one ? fetchesIn(one) : []));
    case 'Fetch':
      return [node];
    case 'Defer':
      return [];
  }
}

/** What is asked of whom, without the name that the planner numbers. */
function questionOf({ serviceName, operation, operationName, outputRewrites = [] }: FetchNode): string {
  const text = operationName === undefined ? operation : operation.replace(` ${operationName}`, '');
  return JSON.stringify([serviceName, text, outputRewrites]);
}

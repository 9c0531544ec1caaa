/** The fetches of a stock query plan, in its order. */

import type { FetchNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';

import type { Variables } from '../horizontal/selection.ts';
import type { ResponsePath } from '../ledger/ledger.ts';

export interface PlannedFetch {
  /** From 1, in the plan's order. */
  readonly number: number;
  /** The fetches that have to be over before this one begins. */
  readonly after: readonly number[];
  /** Where it belongs in the answer; `@` stands for every item of a list. */
  readonly path: ResponsePath;
  readonly node: FetchNode;
}

/** What a plan fetches with these variables: branches whose condition does not hold are left out. */
export function fetchesOf({ node: top }: QueryPlan, variables: Variables): PlannedFetch[] {
  const fetches: PlannedFetch[] = [];
  /** Gives the fetches after which the node is over. */
  const walk = (node: PlanNode | SubscriptionNode, path: ResponsePath, after: readonly number[]): readonly number[] => {
    switch (node.kind) {
      case 'Fetch': {
        const number = fetches.length + 1;
        fetches.push({ number, after, path, node });
        return [number];
      }
      case 'Sequence':
        return node.nodes.reduce((before, child) => walk(child, path, before), after);
      case 'Parallel': {
        const ends = node.nodes.flatMap((child) => walk(child, path, after));
        return [...new Set(ends)];
      }
      case 'Flatten':
        return walk(node.node, [...path, ...node.path], after);
      case 'Condition': {
        const branch = variables[node.condition] === true ? node.ifClause : node.elseClause;
        return branch ? walk(branch, path, after) : after;
      }
      default:
        throw new Error(`The stock executor runs no ${node.kind}.`);
    }
  };
  if (top) walk(top, [], []);
  return fetches;
}

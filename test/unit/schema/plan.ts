import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner, type PlanNode } from '@apollo/query-planner';
import { parse } from 'graphql';

/** A plan without its questions: who is asked, for what place in the answer, one after another (`then`) or at once (`both`). */
export type Shape = string | { readonly then: readonly Shape[] } | { readonly both: readonly Shape[] };

/** Plans operations with the stock planner. */
export function createPlanner(supergraphSdl: string) {
  const supergraph = Supergraph.build(supergraphSdl);
  const planner = new QueryPlanner(supergraph);
  return (operation: string) => {
    const plan = planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema(), parse(operation)));
    if (plan.node?.kind === 'Subscription') throw new Error('A subscription has no such plan.');
    return {
      shape: plan.node ? shapeOf(plan.node) : undefined,
      fetches: plan.node ? fetchesOf(plan.node) : [],
      candidates: planner.lastGeneratedPlanStatistics()?.evaluatedPlanCount,
    };
  };
}

function shapeOf(node: PlanNode): Shape {
  switch (node.kind) {
    case 'Sequence':
      return { then: node.nodes.map(shapeOf) };
    case 'Parallel':
      return {
        both: node.nodes.map(shapeOf).sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1)),
      };
    case 'Flatten':
      if (node.node.kind !== 'Fetch') throw new Error(`No ${node.node.kind} is expected at a path.`);
      return `${node.node.serviceName} at ${node.path.join('.')}`;
    case 'Fetch':
      return node.serviceName;
    default:
      throw new Error(`No ${node.kind} is expected here.`);
  }
}

/** Every fetch with its question. */
function fetchesOf(node: PlanNode): { readonly source: string; readonly question: string }[] {
  if (node.kind === 'Fetch') return [{ source: node.serviceName, question: node.operation }];
  if (node.kind === 'Flatten') return fetchesOf(node.node);
  return 'nodes' in node ? node.nodes.flatMap(fetchesOf) : [];
}

/** Pages whose rows are wanted whole by the fetch that comes next: then they are asked for with the page (decision 0049). */

import { OperationTypeNode } from 'graphql';

import type { RowsAhead } from '../../horizontal/whole-rows.ts';
import type { Run } from './running.ts';
import type { FetchStep, Step } from './steps.ts';
import { variablesOf } from './variables-of.ts';

/** The fetches of a page's rows that begin as soon as the page is there; none where the step is no page. */
export function rowsAfter(page: FetchStep, next: Step | undefined): readonly FetchStep[] {
  const { node, path, twins } = page;
  const isRoot =
    path.length === 0 && !node.requires && twins === null && node.operationKind === OperationTypeNode.QUERY;
  return isRoot && next ? firstOf(next).filter(isOfRows) : [];
}

function firstOf(step: Step): readonly FetchStep[] {
  switch (step.kind) {
    case 'fetch':
      return [step];
    case 'parallel':
      return step.steps.flatMap(firstOf);
    case 'sequence':
      return step.steps.slice(0, 1).flatMap(firstOf);
    // What is fetched under a condition may not be wanted.
    case 'choice':
      return [];
  }
}

/** Whether a fetch is about the rows of a page at the root: `cases.edges.@.node`. */
function isOfRows({ node, path, twins }: FetchStep): boolean {
  const isPlace = path.length === 4 && path.every((step, index) => (step === '@') === (index === 2));
  return isPlace && twins === null && node.requires !== undefined && node.operationDocumentNode !== undefined;
}

/** What a page is asked for beside itself in this run; the fetch that it is for finds it in `run.ahead`. */
export function openAhead(after: readonly FetchStep[], run: Run): RowsAhead | undefined {
  for (const { node, path } of run.ahead ? after : []) {
    const selection = run.sources[node.serviceName]?.wholeRowsOf?.(node.operationDocumentNode!);
    if (!selection) continue;
    const ahead: RowsAhead = { path, selection, variables: variablesOf(node, run), given: new Map() };
    run.ahead!.set(node, ahead);
    return ahead;
  }
  return undefined;
}

import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { OperationTypeNode } from 'graphql';
import { describe, expect, it } from 'vitest';

import { fetchesOf } from '../../../../gateway/explain/plan.ts';

const fetch = (serviceName: string): FetchNode => ({
  kind: 'Fetch',
  serviceName,
  operation: '{ __typename }',
  operationName: undefined,
  operationKind: OperationTypeNode.QUERY,
});
const flatten = (path: string[], node: PlanNode): PlanNode => ({ kind: 'Flatten', path, node });

function read(node: PlanNode | undefined, variables: Record<string, unknown> = {}) {
  const fetches = fetchesOf({ kind: 'QueryPlan', ...(node && { node }) }, variables);
  return fetches.map(({ number, after, path, node: { serviceName } }) => [number, serviceName, after, path.join('.')]);
}

describe('the fetches of a plan', () => {
  it('stand in its order, each after those that it waits for', () => {
    const node: PlanNode = {
      kind: 'Sequence',
      nodes: [
        fetch('city'),
        {
          kind: 'Parallel',
          nodes: [
            flatten(['a', '@'], fetch('registry')),
            { kind: 'Sequence', nodes: [flatten(['a', '@'], fetch('court')), flatten(['a', '@', 'b'], fetch('bank'))] },
          ],
        },
        flatten(['c'], fetch('reach')),
      ],
    };
    expect(read(node)).toEqual([
      [1, 'city', [], ''],
      [2, 'registry', [1], 'a.@'],
      [3, 'court', [1], 'a.@'],
      [4, 'bank', [3], 'a.@.b'],
      [5, 'reach', [2, 4], 'c'],
    ]);
  });

  it('are those of the branch that a condition takes', () => {
    const node: PlanNode = {
      kind: 'Condition',
      condition: 'all',
      ifClause: fetch('city'),
      elseClause: fetch('court'),
    };
    expect(read(node, { all: true })).toEqual([[1, 'city', [], '']]);
    expect(read(node, { all: false })).toEqual([[1, 'court', [], '']]);
    expect(
      read({
        kind: 'Sequence',
        nodes: [{ kind: 'Condition', condition: 'all', ifClause: fetch('city') }, fetch('bank')],
      }),
    ).toEqual([[1, 'bank', [], '']]);
  });

  it('are none where nothing is fetched', () => {
    expect(read(undefined)).toEqual([]);
  });
});

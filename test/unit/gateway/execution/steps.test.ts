import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { OperationTypeNode } from 'graphql';
import { describe, expect, it } from 'vitest';

import { toSteps, type FetchStep, type Step } from '../../../../gateway/execution/compiled/steps.ts';

const fetch = (serviceName: string, more: Partial<FetchNode> = {}): FetchNode => ({
  kind: 'Fetch',
  serviceName,
  operation: '{a}',
  operationName: undefined,
  operationKind: OperationTypeNode.QUERY,
  ...more,
});
const plan = (node: PlanNode): QueryPlan => ({ kind: 'QueryPlan', node });
const key: FetchNode['requires'] = [{ kind: 'Field', name: '__typename' }];

/** The fetches of the first steps that are taken at once. */
function fetchesOf(told: ReturnType<typeof toSteps>): FetchStep[] {
  const visit = (step: Step): FetchStep[] => {
    if (step.kind === 'sequence') return step.steps.flatMap(visit);
    return step.kind === 'parallel' ? step.steps.filter((own) => own.kind === 'fetch') : [];
  };
  return 'step' in told && told.step ? visit(told.step) : [];
}

describe('a plan as steps', () => {
  it('has the paths of what is around its fetches, and knows what is about the same', () => {
    const below = (name: string): PlanNode => ({
      kind: 'Flatten',
      path: ['b', '@'],
      node: fetch(name, { requires: key }),
    });
    const told = toSteps(
      plan({
        kind: 'Sequence',
        nodes: [
          fetch('one'),
          { kind: 'Flatten', path: ['a', '@'], node: { kind: 'Parallel', nodes: [below('two'), below('three')] } },
          { kind: 'Condition', condition: 'c', ifClause: fetch('four') },
        ],
      }),
    );
    expect(told).toMatchObject({
      step: {
        kind: 'sequence',
        steps: [
          { kind: 'fetch', path: [], telling: null, twins: null },
          { kind: 'parallel', steps: [{ path: ['a', '@', 'b', '@'] }, { path: ['a', '@', 'b', '@'] }] },
          { kind: 'choice', variable: 'c', then: { kind: 'fetch' }, otherwise: null },
        ],
      },
    });
    const [two, three] = fetchesOf(told);
    expect([two!.about, two!.telling]).toEqual([three!.about, three!.telling]);
    expect(two!.telling).not.toBeNull();
  });

  it('finds twins by what is asked, whatever the planner numbers them', () => {
    const one = fetch('one', { operation: 'query Q__one__1{a}', operationName: 'Q__one__1' });
    const two = fetch('one', { operation: 'query Q__one__2{a}', operationName: 'Q__one__2' });
    const told = toSteps(plan({ kind: 'Parallel', nodes: [one, two, fetch('other')] }));
    const twins = fetchesOf(told).map((own) => own.twins);
    expect(twins[0]).toEqual(expect.any(String));
    expect(twins[1]).toBe(twins[0]);
    expect(twins[2]).toBeNull();
  });

  it('never takes two changes for one', () => {
    const change = () => fetch('one', { operationKind: OperationTypeNode.MUTATION });
    const told = toSteps(plan({ kind: 'Sequence', nodes: [change(), change()] }));
    expect(told).toMatchObject({ step: { steps: [{ twins: null }, { twins: null }] } });
  });

  it.each<[string, QueryPlan]>([
    ['defer', plan({ kind: 'Defer', primary: {}, deferred: [] })],
    ['defer', plan({ kind: 'Sequence', nodes: [fetch('one', { hasDefers: true })] })],
    ['subscription', { kind: 'QueryPlan', node: { kind: 'Subscription', primary: fetch('one') } }],
    ['context', plan(fetch('one', { contextRewrites: [{ kind: 'KeyRenamer', path: ['a'], renameKeyTo: 'b' }] }))],
    ['unknown_node', plan({ kind: 'Flatten', path: [], node: Object.assign(fetch('one'), { kind: 'Later' }) })],
  ])('leaves %s to the stock executor', (unsupported, given) => {
    expect(toSteps(given)).toEqual({ unsupported });
  });

  it('has no step where nothing is fetched', () => {
    expect(toSteps({ kind: 'QueryPlan' })).toEqual({ step: null });
  });
});

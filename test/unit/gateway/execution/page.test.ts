import { readFileSync } from 'node:fs';

import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { prettyFormatQueryPlan, QueryPlanner } from '@apollo/query-planner';
import { getOperationAST, parse } from 'graphql';
import { expect, it } from 'vitest';

import { ownKeyOf } from '../../../../gateway/execution/aliases.ts';
import { shaperCode } from '../../../../gateway/execution/compiled/shaper-code.ts';
import { shapeOf } from '../../../../gateway/execution/compiled/selection.ts';
import { createPreparation } from '../../../../gateway/execution/preparation.ts';
import { emitted } from '../../../support/emitted.ts';

const page = readFileSync(new URL('../../../../docs/executor.md', import.meta.url), 'utf8');

/** What stands on the page between fences, by the language of the fence. */
function block(language: string): string {
  const found = [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].filter(([, own]) => own === language);
  expect(found, language).toHaveLength(1);
  return found[0]![2]!.trim();
}

it('the page about the executor shows the plan and the code that its question has', () => {
  const supergraph = Supergraph.build(emitted('supergraph'));
  const prepared = createPreparation(emitted('supergraph'))(parse(block('graphql'), { noLocation: true }));
  const plan = new QueryPlanner(supergraph).buildQueryPlan(operationFromDocument(supergraph.apiSchema(), prepared));
  expect(block('text')).toBe(prettyFormatQueryPlan(plan).trim());
  const schema = supergraph.apiSchema().toGraphQLJSSchema();
  const scope = { schema, operation: getOperationAST(prepared)!, fragments: {}, decided: { withName: true }, ownKeyOf };
  expect(block('js')).toBe(shaperCode(shapeOf(scope)).body.trim());
});

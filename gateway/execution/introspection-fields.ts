/** Takes out of a document what the hub answers alone: beside a condition that it hoists, the stock planner finds nobody to ask for it. */

import { visit, type DocumentNode } from 'graphql';

import { excluded } from './literal-conditions.ts';

/** The same document without fields that speak of the schema; they stand at the root of a query alone. */
export function withoutIntrospection(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field: ({ name }) => (name.value === '__schema' || name.value === '__type' ? null : undefined),
    SelectionSet: { leave: (set) => (set.selections.length > 0 ? undefined : { ...set, selections: [excluded] }) },
  });
}

/**
 * Gives selection sets something that is always asked. Where every field of an object has a condition that does not hold, the
 * stock planner asks for nothing, and null stood in place of the empty object: "it is not there" in place of "you asked for
 * nothing of it".
 */

import { Kind, visit, type DocumentNode, type FieldNode, type SelectionNode } from 'graphql';

import { hiddenPrefix } from '../horizontal/hidden.ts';

const steadyKey = `${hiddenPrefix}steady`;

const steadyField: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: steadyKey },
  name: { kind: Kind.NAME, value: '__typename' },
};

/** The same document, whose fields each select something without a condition. */
export function steadied(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field(node) {
      if (!node.selectionSet || node.selectionSet.selections.some(isSteady)) return undefined;
      const selections = [...node.selectionSet.selections, steadyField];
      return { ...node, selectionSet: { ...node.selectionSet, selections } };
    },
  });
}

function isSteady(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && (selection.directives?.length ?? 0) === 0;
}

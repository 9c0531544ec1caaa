/** The question for a page whose rows are asked for whole beside it (decision 0049). */

import { getOperationAST, Kind, type DocumentNode, type FieldNode, type SelectionSetNode } from 'graphql';

import { withVariables } from './question.ts';
import { keyOf } from './selection.ts';
import { wholeKey, type RowsAhead } from './whole-rows.ts';

/** The prepared question with whole rows; null where the page or its rows stand under a condition, or in several places. */
export function withWholeRows(question: DocumentNode, { path, selection }: RowsAhead): DocumentNode | null {
  const operation = getOperationAST(question)!;
  const [rootKey = '', edgesKey = '', , nodeKey = ''] = path;
  const root = onlyField(operation.selectionSet, rootKey);
  const edges = root?.selectionSet && onlyField(root.selectionSet, edgesKey);
  const node = edges?.selectionSet && onlyField(edges.selectionSet, nodeKey);
  if (!root || !edges || !node || edges.name.value !== 'edges' || node.name.value !== 'node') return null;
  const whole: FieldNode = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: wholeKey },
    name: node.name,
    selectionSet: selection.selectionSet,
  };
  const document: DocumentNode = {
    ...question,
    definitions: question.definitions.map((one) =>
      one === operation
        ? {
            ...operation,
            selectionSet: replaced(operation.selectionSet, root, {
              ...root,
              selectionSet: replaced(root.selectionSet, edges, {
                ...edges,
                selectionSet: { ...edges.selectionSet, selections: [...edges.selectionSet.selections, whole] },
              }),
            }),
          }
        : one,
    ),
  };
  const known = new Set((operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value));
  const added = selection.variables.filter(({ variable }) => !known.has(variable.name.value));
  return withVariables(document, added);
}

/** The field under a response key, where it stands once, in every case. */
function onlyField(
  { selections }: SelectionSetNode,
  key: string,
): (FieldNode & { selectionSet: SelectionSetNode }) | null {
  const fields = selections.filter(
    (one): one is FieldNode => one.kind === Kind.FIELD && (one.alias?.value ?? one.name.value) === key,
  );
  const [field] = fields;
  if (fields.length !== 1 || selections.some(({ kind }) => kind !== Kind.FIELD)) return null;
  return field?.selectionSet && (field.directives?.length ?? 0) === 0
    ? { ...field, selectionSet: field.selectionSet }
    : null;
}

function replaced(set: SelectionSetNode, before: FieldNode, after: FieldNode): SelectionSetNode {
  const key = keyOf(before);
  return {
    ...set,
    selections: set.selections.map((one) => (one.kind === Kind.FIELD && keyOf(one) === key ? after : one)),
  };
}

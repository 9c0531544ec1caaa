/** The question for a page whose rows are asked for whole beside it (decision 0049). */

import { getOperationAST, Kind, type DocumentNode, type FieldNode, type SelectionSetNode } from 'graphql';

import { hiddenField } from './hidden.ts';
import { withVariables } from './question.ts';
import { keyOf } from './selection.ts';
import { wholeKey, type RowsAhead } from './whole-rows.ts';

/** The prepared question with whole rows; null where the page or its rows stand under a condition, or in several places. */
export function withWholeRows(question: DocumentNode, { path, selection }: RowsAhead): DocumentNode | null {
  const operation = getOperationAST(question)!;
  const [rootKey = '', edgesKey = '', , nodeKey = ''] = path;
  const asked = changedAt(operation.selectionSet, rootKey, (page) =>
    changedAt(page.selectionSet, edgesKey, ({ name, selectionSet: row }) =>
      name.value === 'edges' && onlyField(row, nodeKey)?.name.value === 'node'
        ? { ...row, selections: [...row.selections, hiddenField('node', selection.selectionSet.selections, wholeKey)] }
        : null,
    ),
  );
  if (!asked) return null;
  const document: DocumentNode = {
    ...question,
    definitions: question.definitions.map((one) => (one === operation ? { ...operation, selectionSet: asked } : one)),
  };
  const known = new Set((operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value));
  const added = selection.variables.filter(({ variable }) => !known.has(variable.name.value));
  return withVariables(document, added);
}

type FieldWithSelection = FieldNode & { readonly selectionSet: SelectionSetNode };

/** The set with what is selected below a field changed; null where the field does not stand there once, in every case. */
function changedAt(
  set: SelectionSetNode,
  key: string,
  change: (field: FieldWithSelection) => SelectionSetNode | null,
): SelectionSetNode | null {
  const field = onlyField(set, key);
  const below = field && change(field);
  if (!below) return null;
  return { ...set, selections: set.selections.map((one) => (one === field ? { ...field, selectionSet: below } : one)) };
}

/** The field under a response key, where it stands once, in every case. */
function onlyField({ selections }: SelectionSetNode, key: string): FieldWithSelection | null {
  const fields = selections.filter((one) => one.kind === Kind.FIELD);
  const [field, ...others] = fields.filter((one) => keyOf(one) === key);
  const isAlone = others.length === 0 && fields.length === selections.length;
  return isAlone && field && hasSelection(field) && (field.directives?.length ?? 0) === 0 ? field : null;
}

function hasSelection(field: FieldNode): field is FieldWithSelection {
  return field.selectionSet !== undefined;
}

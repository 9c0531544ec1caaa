/** Fields that the hub asks for itself, under aliases that no client may use. */

import { Kind, type FieldNode, type SelectionNode, type SelectionSetNode } from 'graphql';

/** Reserved to the hub; a client's response keys must not begin with it. */
export const hiddenPrefix = '_nonet_';

/** The response key of a leaf field that the hub asks for itself. */
export function hiddenKey(fieldName: string): string {
  const known = hiddenKeys.get(fieldName);
  if (known !== undefined) return known;
  const key = `${hiddenPrefix}${fieldName.replace('__', '')}`;
  hiddenKeys.set(fieldName, key);
  return key;
}

/** Names of the contract's fields, so there are not many: they are asked for with every row. */
const hiddenKeys = new Map<string, string>();

/** A hidden leaf field. */
export function hiddenField(fieldName: string, selections?: readonly SelectionNode[]): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: hiddenKey(fieldName) },
    name: { kind: Kind.NAME, value: fieldName },
    ...(selections && { selectionSet: { kind: Kind.SELECTION_SET, selections: [...selections] } }),
  };
}

/** A field under its own name. */
export function plainField(fieldName: string, selections?: readonly SelectionNode[]): FieldNode {
  return {
    kind: Kind.FIELD,
    name: { kind: Kind.NAME, value: fieldName },
    ...(selections && { selectionSet: { kind: Kind.SELECTION_SET, selections: [...selections] } }),
  };
}

/** A selection set with hidden fields added, each at most once. */
export function withHidden(set: SelectionSetNode, ...hidden: readonly FieldNode[]): SelectionSetNode {
  const known = new Set(
    set.selections.map((selection) => (selection.kind === Kind.FIELD ? selection.alias?.value : null)),
  );
  return { ...set, selections: [...set.selections, ...hidden.filter((field) => !known.has(field.alias?.value))] };
}

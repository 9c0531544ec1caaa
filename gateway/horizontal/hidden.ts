/** Fields that the hub asks for itself, under aliases that no client may use. */

import { Kind, type FieldNode, type SelectionNode, type SelectionSetNode } from 'graphql';

/** Reserved to the hub; a client's response keys must not begin with it. */
export const hiddenPrefix = '_nonet_';

/** A client's alias that is also the name of a field goes through planning behind this (`execution/aliases.ts`). */
export const aliasPrefix = `${hiddenPrefix}as_`;

/** Required fields with arguments go through planning under names that begin so (`schema/planning/stand-ins.ts`). */
export const standInPrefix = `${hiddenPrefix}for_`;

/** Whether the hub asks for it itself, and nobody else misses it: neither a client, by whatever alias, nor who requires it. */
export function isHidden(key: string): boolean {
  return key.startsWith(hiddenPrefix) && !key.startsWith(aliasPrefix) && !key.startsWith(standInPrefix);
}

/** Whether a client has asked under this key, or under the alias that stands in it. */
export function isClients(key: string): boolean {
  return !key.startsWith(hiddenPrefix) || key.startsWith(aliasPrefix);
}

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

/**
 * The response key of what a FIRST_BY value goes by. Each value has one of its own, since a hub gives the key of the value
 * that it chose, which need not be the greatest that it knows.
 */
export function orderKeyOf(orderField: string, valueKey: string): string {
  return `${hiddenKey(orderField)}${orderMark}${withoutPrefix(valueKey)}`;
}

/** Whether a hub above asks under this key, by whatever name it came here, for what that value goes by. */
export function isOrderKeyOf(key: string, orderField: string, valueKey: string): boolean {
  return key.endsWith(`_${orderField}${orderMark}${withoutPrefix(valueKey)}`);
}

/** A value's own key may be one of the hub's, which comes here under another prefix than it was given. */
function withoutPrefix(key: string): string {
  return key.replace(/^(?:_nonet|above\d+)_/, '');
}

const orderMark = '__of__';

/** A hidden leaf field. */
export function hiddenField(
  fieldName: string,
  selections?: readonly SelectionNode[],
  key = hiddenKey(fieldName),
): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: key },
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

/** UNION: sets of leaves, and lists of objects united by a key, merged field by field (horizontal rules, 8). */

import { getNamedType, type GraphQLField } from 'graphql';

import { objectOf, type Merge as Rule } from '../../schema/horizontal/contract.ts';
import { FailedValue } from './failed.ts';
import { hiddenKey } from './hidden.ts';
import type { CompileScope, Merge, MergeScope, Part } from './merge.ts';
import { reportDispute } from './rows.ts';
import { compareOf } from './scalars.ts';
import { subselectionsOf, type CollectedField } from './selection.ts';

/** Compiles a union; the result is sorted by the key (enums as defined, text by bytes of UTF-8). */
export function compileUnion(
  scope: CompileScope,
  definition: GraphQLField<unknown, unknown>,
  field: CollectedField,
  rule: Rule,
): Merge {
  const object = objectOf(definition);
  if (!object) return uniteLeaves(compareOf(getNamedType(definition.type)));
  const merge = scope.compileObject(object, subselectionsOf(field));
  const key = hiddenKey(rule.key!);
  const compare = compareOf(getNamedType(object.getFields()[rule.key!]!.type));
  return (parts, mergeScope) => {
    if (isUnknown(parts, mergeScope)) return null;
    const groups = new Map<unknown, Part[]>();
    for (const { member, value: list } of parts) {
      const own = new Map<unknown, unknown>();
      const disputed = new Set<unknown>();
      for (const item of Array.isArray(list) ? (list as unknown[]) : []) {
        if (item == null) continue;
        const name = (item as Record<string, unknown>)[key];
        // Told twice it would be counted twice; told in two ways, which is true cannot be said.
        if (own.has(name)) disputed.add(name);
        own.set(name, item);
      }
      for (const name of disputed) own.delete(name);
      if (disputed.size > 0) reportDispute(member, mergeScope);
      for (const [name, item] of own) {
        const group = groups.get(name);
        if (group) group.push({ member, value: item });
        else groups.set(name, [{ member, value: item }]);
      }
    }
    return [...groups.keys()].sort(compare).map((name) => merge(groups.get(name)!, mergeScope));
  };
}

function uniteLeaves(compare: (left: unknown, right: unknown) => number): Merge {
  return (parts, mergeScope) => {
    if (isUnknown(parts, mergeScope)) return null;
    const values = new Set<unknown>();
    for (const { value: list } of parts) {
      for (const item of Array.isArray(list) ? (list as unknown[]) : []) if (item != null) values.add(item);
    }
    return [...values].sort(compare);
  };
}

/** Where something is missing and nobody gave a list, an empty one would say that there is nothing. */
function isUnknown(parts: readonly Part[], { hasGaps }: MergeScope): boolean {
  const isLost = hasGaps || parts.some(({ value }) => value === undefined || value instanceof FailedValue);
  return isLost && !parts.some(({ value }) => Array.isArray(value));
}

/**
 * Keys that can be asked for. To bring what was required back to a subgraph, the stock planner takes the first key of the
 * type there, also one that is `resolvable: false`: the subgraph is then asked by a key that it never promised to read.
 */

import type { ConstDirectiveNode, DefinitionNode } from 'graphql';

import { flagOf, isFieldsNode, textOf } from './nodes.ts';

/** The same definitions without keys that are not resolvable, wherever the same subgraph has one that is. */
export function withResolvableKeys(definitions: readonly DefinitionNode[]): readonly DefinitionNode[] {
  return definitions.map((definition) => {
    if (!isFieldsNode(definition)) return definition;
    const directives = definition.directives ?? [];
    const resolving = new Set(directives.filter(isResolvableKey).map((directive) => textOf(directive, 'graph')));
    const kept = directives.filter((directive) => !isDeadKey(directive) || !resolving.has(textOf(directive, 'graph')));
    return kept.length === directives.length ? definition : { ...definition, directives: kept };
  });
}

function isKey(directive: ConstDirectiveNode): boolean {
  return directive.name.value === 'join__type' && textOf(directive, 'key') !== undefined;
}

function isResolvableKey(directive: ConstDirectiveNode): boolean {
  return isKey(directive) && flagOf(directive, 'resolvable') !== false;
}

function isDeadKey(directive: ConstDirectiveNode): boolean {
  return isKey(directive) && flagOf(directive, 'resolvable') === false;
}

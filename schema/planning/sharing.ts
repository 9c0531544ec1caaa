/**
 * Requiring fields that share a fetch with others. Where such a field is asked for under a condition on a variable, the stock
 * planner fetches what it requires under that condition, and gives it to the shared fetch without one: when the condition does
 * not hold, the entity is not asked about at all, and its other fields are null without an error.
 */

import type { DefinitionNode, FieldDefinitionNode } from 'graphql';

import { flagOf, isFieldsNode, parseFieldSet, textOf, type FieldsNode } from './nodes.ts';

/** Names of fields that require others, in subgraphs that give more of the same type than this field and keys. */
export function sharingFieldsOf(definitions: readonly DefinitionNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const type of definitions.filter(isFieldsNode)) {
    const requiring = (type.fields ?? []).flatMap((field) =>
      (field.directives ?? []).flatMap((directive) => {
        const graph = textOf(directive, 'requires') === undefined ? undefined : textOf(directive, 'graph');
        return graph === undefined ? [] : [{ name: field.name.value, graph }];
      }),
    );
    for (const { name, graph } of requiring) {
      const keys = keyFieldsOf(type, graph);
      const isShared = type.fields?.some(
        (field) => field.name.value !== name && !keys.has(field.name.value) && isGivenBy(graph, field),
      );
      if (isShared) names.add(name);
    }
  }
  return names;
}

function keyFieldsOf({ directives = [] }: FieldsNode, graph: string): ReadonlySet<string> {
  return new Set(
    directives.flatMap((directive) => {
      const key = textOf(directive, 'graph') === graph ? textOf(directive, 'key') : undefined;
      const selections = key === undefined ? [] : parseFieldSet(key).selections;
      return selections.flatMap((selection) => ('name' in selection ? [selection.name.value] : []));
    }),
  );
}

/** Whether a subgraph gives a field, as far as it is not there for others alone. */
function isGivenBy(graph: string, { directives = [] }: FieldDefinitionNode): boolean {
  const joined = directives.filter(({ name }) => name.value === 'join__field');
  if (joined.length === 0) return true;
  return joined.some((directive) => textOf(directive, 'graph') === graph && flagOf(directive, 'external') !== true);
}

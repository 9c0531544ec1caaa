/** What fields require, as far as it can stand in one representation of an entity. */

import { Kind, print, type DefinitionNode, type SelectionSetNode } from 'graphql';

import { isFieldsNode, parseFieldSet, textOf, type FieldsNode } from './nodes.ts';
import type { StandIns } from './stand-ins.ts';

/** A field that requires others, in one subgraph. */
export interface Requiring {
  readonly graph: string;
  readonly type: string;
  readonly field: string;
  /** Each use of a field as the subgraph reads it, by its place in the representation. */
  readonly uses: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Every field that requires others. */
export function requiringFieldsOf(definitions: readonly DefinitionNode[], standIns: StandIns): readonly Requiring[] {
  return definitions.filter(isFieldsNode).flatMap((type) =>
    (type.fields ?? []).flatMap((field) =>
      (field.directives ?? []).flatMap((directive) => {
        const [graph, required] = [textOf(directive, 'graph'), textOf(directive, 'requires')];
        if (directive.name.value !== 'join__field' || graph === undefined || required === undefined) return [];
        const uses = new Map<string, Set<string>>();
        collectUses(parseFieldSet(required), '', standIns, uses);
        return [{ graph, type: type.name.value, field: field.name.value, uses }];
      }),
    ),
  );
}

/** Whether one representation cannot hold what both require. */
export function clashOf(one: Requiring, other: Requiring, types: ReadonlyMap<string, FieldsNode>): boolean {
  const isA = (name: string, of: string) =>
    name === of || (types.get(name)?.interfaces?.some((own) => own.name.value === of) ?? false);
  if (!isA(one.type, other.type) && !isA(other.type, one.type)) return false;
  return [...one.uses].some(([place, uses]) => {
    const others = other.uses.get(place);
    return others !== undefined && new Set([...uses, ...others]).size > 1;
  });
}

function collectUses(set: SelectionSetNode, path: string, standIns: StandIns, uses: Map<string, Set<string>>): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      collectUses(selection.selectionSet, path, standIns, uses);
      continue;
    }
    const name = selection.name.value;
    const standIn = standIns.get(name);
    const place = `${path}.${standIn?.field ?? name}`;
    const use = standIn ? name : `${name}(${(selection.arguments ?? []).map(print).join(', ')})`;
    uses.set(place, (uses.get(place) ?? new Set()).add(use));
    if (selection.selectionSet) collectUses(selection.selectionSet, place, standIns, uses);
  }
}

/**
 * Chains of requirements: a field that requires one which requires others itself. When an operation stands in the subgraph of
 * the second already, the stock planner asks for it there at once, without what it requires.
 */

import { Kind, type DefinitionNode, type FieldDefinitionNode, type SelectionSetNode } from 'graphql';

import type { Fault } from '../horizontal/fault.ts';
import { fieldsNodesOf, flagOf, namedTypeOf, parseFieldSet, textOf, type FieldsNode } from './nodes.ts';

type Types = ReadonlyMap<string, FieldsNode>;

/** A field that requires others. */
interface Link {
  readonly graph: string;
  readonly type: string;
  readonly field: string;
  /** The fields that it requires, as `Type.field`. */
  readonly required: ReadonlySet<string>;
}

/** Chains whose second field may be asked for without what it requires. */
export function chainFaults(definitions: readonly DefinitionNode[]): Fault[] {
  const types = fieldsNodesOf(definitions);
  const links = linksOf(types);
  return links.flatMap((link) => {
    const before = links.find(
      (other) =>
        other.graph !== link.graph &&
        other.required.has(`${link.type}.${link.field}`) &&
        mayStandIn(link.graph, link.type, other.graph, definitions, types),
    );
    if (!before) return [];
    return [
      {
        member: link.graph.toLowerCase(),
        coordinate: `${link.type}.${link.field}`,
        reason: `It requires fields of others, ${before.type}.${before.field} requires it, and operations may come to ${link.type} in this subgraph: it would be asked for without what it requires.`,
        remedy: `Give it in a subgraph of its own that leads to no ${link.type}, or let ${before.type}.${before.field} require what it requires.`,
      },
    ];
  });
}

function linksOf(types: Types): Link[] {
  return [...types.values()].flatMap((type) =>
    (type.fields ?? []).flatMap((field) =>
      (field.directives ?? []).flatMap((directive): Link[] => {
        const [graph, requires] = [textOf(directive, 'graph'), textOf(directive, 'requires')];
        if (graph === undefined || requires === undefined) return [];
        const required = new Set<string>();
        collect(parseFieldSet(requires), type.name.value, types, required);
        return [{ graph, type: type.name.value, field: field.name.value, required }];
      }),
    ),
  );
}

function collect(set: SelectionSetNode, parent: string, types: Types, required: Set<string>): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      collect(selection.selectionSet, selection.typeCondition?.name.value ?? parent, types, required);
      continue;
    }
    const name = selection.name.value;
    for (const [own, type] of types) if (own === parent || implementsOne(type, parent)) required.add(`${own}.${name}`);
    const field = types.get(parent)?.fields?.find((own) => own.name.value === name);
    if (field && selection.selectionSet) collect(selection.selectionSet, namedTypeOf(field.type), types, required);
  }
}

/** Whether an operation may be in a subgraph with an object of this type when it goes on to the other one. */
function mayStandIn(
  graph: string,
  type: string,
  other: string,
  definitions: readonly DefinitionNode[],
  types: Types,
): boolean {
  const containing = new Set([
    type,
    ...(types.get(type)?.interfaces ?? []).map(({ name }) => name.value),
    ...definitions.flatMap((own) =>
      own.kind === Kind.UNION_TYPE_DEFINITION && own.types?.some(({ name }) => name.value === type)
        ? [own.name.value]
        : [],
    ),
  ]);
  const leads = [...types.values()].some((own) =>
    own.fields?.some((field) => containing.has(namedTypeOf(field.type)) && isGivenBy(graph, own, field)),
  );
  return leads || !isReachedDirectly(other, types.get(type)!);
}

/** Whether each subgraph that has the type can tell a key by which this one reads it. */
function isReachedDirectly(graph: string, type: FieldsNode): boolean {
  const joined = (type.directives ?? []).filter(({ name }) => name.value === 'join__type');
  const keys = joined.flatMap((directive) => {
    const key = textOf(directive, 'graph') === graph ? textOf(directive, 'key') : undefined;
    return key !== undefined && flagOf(directive, 'resolvable') !== false ? [parseFieldSet(key)] : [];
  });
  return joined.every((directive) => {
    const from = textOf(directive, 'graph');
    if (from === undefined || from === graph) return true;
    return keys.some((key) =>
      key.selections.every((selection) => {
        const field = type.fields?.find(
          ({ name }) => selection.kind === Kind.FIELD && name.value === selection.name.value,
        );
        return field !== undefined && isGivenBy(from, type, field);
      }),
    );
  });
}

/** Whether a subgraph gives a field itself. */
function isGivenBy(graph: string, type: FieldsNode, { directives = [] }: FieldDefinitionNode): boolean {
  const joined = directives.filter(({ name }) => name.value === 'join__field');
  if (joined.length > 0) {
    return joined.some((directive) => textOf(directive, 'graph') === graph && flagOf(directive, 'external') !== true);
  }
  return (type.directives ?? []).some(
    (directive) => directive.name.value === 'join__type' && textOf(directive, 'graph') === graph,
  );
}

function implementsOne(type: FieldsNode, name: string): boolean {
  return type.interfaces?.some((own) => own.name.value === name) ?? false;
}

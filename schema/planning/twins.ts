/**
 * Twins of subgraphs. Two fields of one subgraph that require the same field with different arguments cannot be asked for with
 * one representation, and the stock planner asks with one. So a twin of the subgraph takes one of the two: the same program
 * under another name, which the planner asks on its own.
 */

import {
  Kind,
  type ConstDirectiveNode,
  type DefinitionNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
} from 'graphql';

import { fieldsNodesOf, rootNamesOf, textOf, withDirectives, withText, type FieldsNode } from './nodes.ts';
import { clashOf, requiringFieldsOf, type Requiring } from './required.ts';
import type { StandIns } from './stand-ins.ts';

/** Whose twin a subgraph is, by the twin's name. */
export type Twins = ReadonlyMap<string, string>;

/** The definitions with a twin for each set of requirements that the subgraph's own cannot hold. */
export function withTwins(
  definitions: readonly DefinitionNode[],
  standIns: StandIns,
): { readonly definitions: readonly DefinitionNode[]; readonly twins: Twins } {
  const groups = groupsOf(definitions, standIns);
  const twins = new Map<string, string>();
  if (groups.size === 0) return { definitions, twins };
  const roots = rootNamesOf(definitions);
  const graphsOf = (graph: string) => (groups.get(graph) ?? [[]]).map((_, index) => twinOf(graph, index));
  const graphOfRequiring = (type: string, field: string, graph: string) => {
    const index = groups
      .get(graph)
      ?.findIndex((group) => group.some((own) => own.type === type && own.field === field));
    return twinOf(graph, Math.max(index ?? 0, 0));
  };
  const toEverywhere = (directive: ConstDirectiveNode): readonly ConstDirectiveNode[] => {
    const graph = directive.name.value.startsWith('join__') ? textOf(directive, 'graph') : undefined;
    return graph === undefined ? [directive] : graphsOf(graph).map((own) => withText(directive, 'graph', own));
  };
  const everywhere = <Node extends { readonly directives?: readonly ConstDirectiveNode[] }>(node: Node): Node =>
    withDirectives(node, toEverywhere);
  const changed = definitions.map((definition): DefinitionNode => {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION: {
        const { fields = [], name } = definition;
        const toOwn = (field: FieldDefinitionNode) =>
          withDirectives(field, (directive) => {
            const graph = textOf(directive, 'graph');
            if (graph === undefined || textOf(directive, 'requires') === undefined) return toEverywhere(directive);
            return [withText(directive, 'graph', graphOfRequiring(name.value, field.name.value, graph))];
          });
        const isRoot = roots.has(name.value);
        return { ...everywhere(definition), fields: fields.map(isRoot ? pinnedTo(graphsOfType(definition)) : toOwn) };
      }
      case Kind.ENUM_TYPE_DEFINITION: {
        const { values = [], name } = definition;
        if (name.value !== 'join__Graph') return { ...everywhere(definition), values: values.map(everywhere) };
        const doubled = values.flatMap((value) =>
          graphsOf(value.name.value).map((graph, index) => (index === 0 ? value : toTwin(value, graph, index, twins))),
        );
        return { ...definition, values: doubled };
      }
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        return { ...everywhere(definition), fields: (definition.fields ?? []).map(everywhere) };
      case Kind.SCALAR_TYPE_DEFINITION:
      case Kind.UNION_TYPE_DEFINITION:
        return everywhere(definition);
      default:
        return definition;
    }
  });
  return { definitions: changed, twins };
}

/** Operations begin in the subgraph itself, never in its twin. */
function pinnedTo(graphs: readonly string[]): (field: FieldDefinitionNode) => FieldDefinitionNode {
  return (field) => {
    const { directives = [] } = field;
    if (directives.some(({ name }) => name.value === 'join__field')) return field;
    return { ...field, directives: [...directives, ...graphs.map(toJoinField)] };
  };
}

/** By subgraph: requiring fields that one representation can serve, together; subgraphs that need one group only are left out. */
function groupsOf(
  definitions: readonly DefinitionNode[],
  standIns: StandIns,
): ReadonlyMap<string, readonly (readonly Requiring[])[]> {
  const types = fieldsNodesOf(definitions);
  const groups = new Map<string, Requiring[][]>();
  for (const requiring of requiringFieldsOf(definitions, standIns)) {
    const own = groups.get(requiring.graph) ?? [];
    const fitting = own.find((group) => !group.some((other) => clashOf(requiring, other, types)));
    if (fitting) fitting.push(requiring);
    else own.push([requiring]);
    groups.set(requiring.graph, own);
  }
  return new Map([...groups].filter(([, own]) => own.length > 1));
}

function twinOf(graph: string, index: number): string {
  return index === 0 ? graph : `${graph}_NONET_TWIN_${index}`;
}

/** The same program under a second name. */
function toTwin(
  value: EnumValueDefinitionNode,
  graph: string,
  index: number,
  twins: Map<string, string>,
): EnumValueDefinitionNode {
  const named = { ...value, name: { ...value.name, value: graph } };
  return withDirectives(named, (directive) => {
    const name = directive.name.value === 'join__graph' ? textOf(directive, 'name') : undefined;
    if (name === undefined) return [directive];
    const twin = `${name} (${index + 1})`;
    twins.set(twin, name);
    return [withText(directive, 'name', twin)];
  });
}

function graphsOfType({ directives = [] }: FieldsNode): readonly string[] {
  return [
    ...new Set(
      directives.flatMap((directive) => {
        const graph = directive.name.value === 'join__type' ? textOf(directive, 'graph') : undefined;
        return graph === undefined ? [] : [graph];
      }),
    ),
  ];
}

function toJoinField(graph: string): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: 'join__field' },
    arguments: [
      { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'graph' }, value: { kind: Kind.ENUM, value: graph } },
    ],
  };
}

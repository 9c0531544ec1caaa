/** Fields that a subgraph has from others only to require them. Where nothing requires them any more, they have to go. */

import { Kind, type ConstDirectiveNode, type DefinitionNode, type SelectionSetNode } from 'graphql';

import {
  fieldsNodesOf,
  flagOf,
  namedTypeOf,
  parseFieldSet,
  textOf,
  withDirectives,
  withFields,
  type FieldsNode,
} from './nodes.ts';

/** The definitions without external fields that neither a key nor a requirement nor an interface of their subgraph uses. */
export function withoutIdleExternals(definitions: readonly DefinitionNode[]): readonly DefinitionNode[] {
  const types = fieldsNodesOf(definitions);
  const used = usedFieldsOf(types);
  return withFields(definitions, (field, type) =>
    withDirectives(field, (directive) => {
      const graph = directive.name.value === 'join__field' ? textOf(directive, 'graph') : undefined;
      if (graph === undefined || flagOf(directive, 'external') !== true) return [directive];
      const isUsed = used.has(toUse(graph, type.name.value, field.name.value));
      return isUsed || isOfInterface(type, field.name.value, graph, types) ? [directive] : [];
    }),
  );
}

type Types = ReadonlyMap<string, FieldsNode>;

function toUse(graph: string, type: string, field: string): string {
  return `${graph} ${type}.${field}`;
}

function usedFieldsOf(types: Types): ReadonlySet<string> {
  const used = new Set<string>();
  const collect = (graph: string, parent: string, set: SelectionSetNode) => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(graph, selection.typeCondition?.name.value ?? parent, selection.selectionSet);
        continue;
      }
      const name = selection.name.value;
      for (const [typeName, type] of types) {
        const isOne = typeName === parent || type.interfaces?.some((own) => own.name.value === parent);
        if (isOne) used.add(toUse(graph, typeName, name));
      }
      const field = types.get(parent)?.fields?.find((own) => own.name.value === name);
      if (field && selection.selectionSet) collect(graph, namedTypeOf(field.type), selection.selectionSet);
    }
  };
  const read = (directive: ConstDirectiveNode, argument: string, parent: string) => {
    const [graph, text] = [textOf(directive, 'graph'), textOf(directive, argument)];
    if (graph !== undefined && text !== undefined) collect(graph, parent, parseFieldSet(text));
  };
  for (const [name, type] of types) {
    for (const directive of type.directives ?? []) read(directive, 'key', name);
    for (const field of type.fields ?? []) {
      for (const directive of field.directives ?? []) {
        read(directive, 'requires', name);
        read(directive, 'provides', namedTypeOf(field.type));
      }
    }
  }
  return used;
}

/** Whether an interface of the type has the field in this subgraph. */
function isOfInterface(type: FieldsNode, field: string, graph: string, types: Types): boolean {
  return (type.directives ?? []).some((directive) => {
    if (directive.name.value !== 'join__implements' || textOf(directive, 'graph') !== graph) return false;
    const own = types.get(textOf(directive, 'interface') ?? '')?.fields?.find(({ name }) => name.value === field);
    const joined = (own?.directives ?? []).filter(({ name }) => name.value === 'join__field');
    return own !== undefined && (joined.length === 0 || joined.some((one) => textOf(one, 'graph') === graph));
  });
}

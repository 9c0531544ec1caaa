/**
 * Stand-ins for required fields with arguments. The stock planner puts a required `price(currency: "USD")` under the response
 * key `price`, where a client's `price(currency: "EUR")` or another requirement may stand already, and one of the two is lost
 * without an error. So each such use becomes a hidden field of its own without arguments, in every subgraph that has the field.
 */

import {
  Kind,
  print,
  type DefinitionNode,
  type FieldDefinitionNode,
  type FieldNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import { withInaccessible } from './inaccessible.ts';
import {
  fieldsNodesOf,
  isFieldsNode,
  namedTypeOf,
  parseFieldSet,
  printFieldSet,
  textOf,
  withDirectives,
  withFields,
  withText,
} from './nodes.ts';

/** What a hidden field means to a subgraph. */
export interface StandIn {
  readonly name: string;
  readonly field: string;
  readonly arguments: NonNullable<FieldNode['arguments']>;
}

/** Stand-ins by their name in the schema. */
export type StandIns = ReadonlyMap<string, StandIn>;

/** The definitions with stand-ins in the place of required fields with arguments. `prefix` is a prefix that no field has. */
export function withStandIns(
  definitions: readonly DefinitionNode[],
  prefix: string,
): { readonly definitions: readonly DefinitionNode[]; readonly standIns: StandIns } {
  const types = fieldsNodesOf(definitions);
  const uses = new Map<string, StandIn>();
  const fieldsOf = new Map<string, Set<StandIn>>();

  const standInFor = ({ name, arguments: given = [] }: FieldNode): StandIn => {
    const sorted = [...given].sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
    const use = `${name.value}(${sorted.map(print).join(', ')})`;
    const known = uses.get(use) ?? {
      name: `${prefix}${uses.size + 1}_${name.value}`,
      field: name.value,
      arguments: given,
    };
    uses.set(use, known);
    return known;
  };
  const add = (typeName: string, standIn: StandIn) => {
    for (const [name, type] of types) {
      const isOne = name === typeName || type.interfaces?.some((own) => own.name.value === typeName);
      if (isOne) fieldsOf.set(name, (fieldsOf.get(name) ?? new Set()).add(standIn));
    }
  };
  const replaced = (set: SelectionSetNode, parent: string): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const type = selection.typeCondition?.name.value ?? parent;
        return { ...selection, selectionSet: replaced(selection.selectionSet, type) };
      }
      const field = types.get(parent)?.fields?.find(({ name }) => name.value === selection.name.value);
      if (!field) return selection;
      const { selectionSet: below } = selection;
      const inner = below && { selectionSet: replaced(below, namedTypeOf(field.type)) };
      if (!field.arguments?.length) return { ...selection, ...inner };
      const standIn = standInFor(selection);
      add(parent, standIn);
      return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: standIn.name }, ...inner };
    }),
  });

  const requiring = withFields(definitions, (field, type) =>
    withDirectives(field, (directive) => {
      const required = directive.name.value === 'join__field' ? textOf(directive, 'requires') : undefined;
      if (required === undefined) return [directive];
      const set = replaced(parseFieldSet(required), type.name.value);
      return [withText(directive, 'requires', printFieldSet(set))];
    }),
  );
  const standIns = new Map([...uses.values()].map((standIn) => [standIn.name, standIn]));
  if (standIns.size === 0) return { definitions, standIns };
  const hiding = withInaccessible(requiring).map((definition): DefinitionNode => {
    const added = isFieldsNode(definition) ? fieldsOf.get(definition.name.value) : undefined;
    if (!added || !isFieldsNode(definition)) return definition;
    const fields = definition.fields ?? [];
    const hidden = [...added].flatMap((standIn) => {
      const field = fields.find(({ name }) => name.value === standIn.field);
      return field ? [toField(standIn, field)] : [];
    });
    return { ...definition, fields: [...fields, ...hidden] };
  });
  return { definitions: hiding, standIns };
}

/** The names of the subgraphs that are told of stand-ins: those of which a field requires one. */
export function subgraphsToldOf(definitions: readonly DefinitionNode[], standIns: StandIns): ReadonlySet<string> {
  const names = new Map<string, string>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const { name, directives = [] } of definition.values ?? []) {
      for (const directive of directives) names.set(name.value, textOf(directive, 'name') ?? name.value);
    }
  }
  const told = new Set<string>();
  for (const { fields = [] } of fieldsNodesOf(definitions).values()) {
    for (const directive of fields.flatMap(({ directives = [] }) => directives)) {
      const [graph, required] = [textOf(directive, 'graph'), textOf(directive, 'requires')];
      if (graph === undefined || required === undefined) continue;
      if ([...standIns.keys()].some((standIn) => required.includes(standIn))) told.add(names.get(graph) ?? graph);
    }
  }
  return told;
}

/** The field of which it is one use, hidden, and by the same subgraphs. */
function toField(standIn: StandIn, { type, directives = [] }: FieldDefinitionNode): FieldDefinitionNode {
  const joined = directives.filter(({ name }) => name.value === 'join__field');
  return {
    kind: Kind.FIELD_DEFINITION,
    name: { kind: Kind.NAME, value: standIn.name },
    type,
    directives: [...joined, { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'inaccessible' } }],
  };
}

/** Reading and changing a supergraph as text: its types, and what its `@join__` directives say. */

import {
  Kind,
  parse,
  print,
  type ConstArgumentNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';

/** A type that has fields. */
export type FieldsNode = InterfaceTypeDefinitionNode | ObjectTypeDefinitionNode;

export function isFieldsNode(definition: DefinitionNode): definition is FieldsNode {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

/** Types that have fields, by name. */
export function fieldsNodesOf(definitions: readonly DefinitionNode[]): ReadonlyMap<string, FieldsNode> {
  return new Map(definitions.filter(isFieldsNode).map((definition) => [definition.name.value, definition]));
}

/** The object types that operations begin with. */
export function rootNamesOf(definitions: readonly DefinitionNode[]): ReadonlySet<string> {
  return new Set(
    definitions.flatMap((definition) =>
      definition.kind === Kind.SCHEMA_DEFINITION
        ? definition.operationTypes.map((operation) => operation.type.name.value)
        : [],
    ),
  );
}

/** The name of a type without lists and bangs. */
export function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}

/** A directive's argument that is a string or an enum value. */
export function textOf(directive: ConstDirectiveNode, argument: string): string | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}

/** A directive's argument that is true or false; undefined when it is not given. */
export function flagOf(directive: ConstDirectiveNode, argument: string): boolean | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.BOOLEAN ? value.value : undefined;
}

/** The same directive with another text in one of its arguments. */
export function withText(directive: ConstDirectiveNode, argument: string, text: string): ConstDirectiveNode {
  const changed = (directive.arguments ?? []).map((given): ConstArgumentNode => {
    if (given.name.value !== argument) return given;
    return { ...given, value: { kind: given.value.kind === Kind.ENUM ? Kind.ENUM : Kind.STRING, value: text } };
  });
  return { ...directive, arguments: changed };
}

/** The same node with something else, or nothing, in the place of each of its directives. */
export function withDirectives<Node extends { readonly directives?: readonly ConstDirectiveNode[] }>(
  node: Node,
  change: (directive: ConstDirectiveNode) => readonly ConstDirectiveNode[],
): Node {
  return { ...node, directives: (node.directives ?? []).flatMap(change) };
}

/** The same definitions with something else in the place of each field. */
export function withFields(
  definitions: readonly DefinitionNode[],
  change: (field: FieldDefinitionNode, type: FieldsNode) => FieldDefinitionNode,
): readonly DefinitionNode[] {
  return definitions.map((definition) =>
    isFieldsNode(definition)
      ? { ...definition, fields: (definition.fields ?? []).map((field) => change(field, definition)) }
      : definition,
  );
}

/** Reads a field set such as `id price(currency: "CNY")`. */
export function parseFieldSet(text: string): SelectionSetNode {
  const [operation] = parse(`{${text}}`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('A field set is a selection of fields.');
  return operation.selectionSet;
}

export function printFieldSet(set: SelectionSetNode): string {
  return print(set).slice(1, -1).trim();
}

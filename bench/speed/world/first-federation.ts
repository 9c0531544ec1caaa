/** Subgraphs in the words of the first federation, for gateways that know no other. */

import {
  Kind,
  parse,
  print,
  visit,
  type ConstDirectiveNode,
  type DirectiveNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
} from 'graphql';

const known = ['key', 'external', 'requires', 'provides'];

/** The same subgraph; `isOwner` where its entities are its own, and not another's that it adds to. */
export function toFirstFederation(sdl: string, isOwner: boolean): string {
  const plain = visit(parse(sdl, { noLocation: true }), {
    SchemaExtension: () => null,
    DirectiveDefinition: () => null,
    Directive: toKnown,
  });
  return print(
    visit(plain, {
      ObjectTypeDefinition(type) {
        if (type.name.value === 'Query') return (type.fields ?? []).length === 0 ? null : toExtension(type);
        return isOwner || keyOf(type) === undefined ? undefined : toExtension(withExternalKeys(type));
      },
    }),
  );
}

/** Nothing else is known of a key than its fields. */
function toKnown(directive: DirectiveNode): DirectiveNode | null {
  if (!known.includes(directive.name.value)) return null;
  return { ...directive, arguments: (directive.arguments ?? []).filter(({ name }) => name.value === 'fields') };
}

function keyOf({ directives = [] }: ObjectTypeDefinitionNode): string | undefined {
  const value = directives.find(({ name }) => name.value === 'key')?.arguments?.[0]?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function toExtension(type: ObjectTypeDefinitionNode): ObjectTypeExtensionNode {
  const { name, interfaces = [], directives = [], fields = [] } = type;
  return { kind: Kind.OBJECT_TYPE_EXTENSION, name, interfaces, directives, fields };
}

function withExternalKeys(type: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode {
  const keys = keyOf(type)!.split(' ');
  const external: ConstDirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'external' } };
  const fields = (type.fields ?? []).map((field): FieldDefinitionNode =>
    keys.includes(field.name.value) ? { ...field, directives: [external] } : field,
  );
  return { ...type, fields };
}

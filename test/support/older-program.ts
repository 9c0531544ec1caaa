/** Programs that are older than a contract: its SDL with elements taken out. */

import {
  Kind,
  parse,
  print,
  visit,
  type ASTNode,
  type DefinitionNode,
  type DocumentNode,
  type TypeNode,
} from 'graphql';

import { machinery } from '../../schema/horizontal/directives.ts';

/** Every coordinate of an SDL that can be taken out: types, fields, arguments, input fields and enum values. */
export function coordinatesOf(sdl: string): string[] {
  const coordinates: string[] = [];
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    if (!isType(definition) || machinery.has(definition.name.value)) continue;
    const { name } = definition;
    if (name.value !== 'Query') coordinates.push(name.value);
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION) {
      for (const value of definition.values ?? []) coordinates.push(`${name.value}.${value.name.value}`);
    }
    if (!('fields' in definition)) continue;
    for (const field of definition.fields ?? []) {
      coordinates.push(`${name.value}.${field.name.value}`);
      if (!('arguments' in field)) continue;
      for (const argument of field.arguments ?? []) {
        coordinates.push(`${name.value}.${field.name.value}(${argument.name.value}:)`);
      }
    }
  }
  return coordinates;
}

/** The SDL without these elements; with a type goes whatever has it. */
export function without(sdl: string, ...coordinates: readonly string[]): string {
  const removed = new Set(coordinates);
  return print(withoutIn(parse(sdl, { noLocation: true }), removed));
}

function withoutIn(document: DocumentNode, removed: ReadonlySet<string>): DocumentNode {
  let typeName = '';
  let fieldName = '';
  const uses = (type: TypeNode) => removed.has(namedTypeOf(type));
  return visit(document, {
    enter(node: ASTNode) {
      if (isType(node)) {
        typeName = node.name.value;
        return removed.has(typeName) ? null : undefined;
      }
      if (node.kind === Kind.FIELD_DEFINITION) {
        fieldName = node.name.value;
        return removed.has(`${typeName}.${fieldName}`) || uses(node.type) ? null : undefined;
      }
      if (node.kind === Kind.ENUM_VALUE_DEFINITION) {
        return removed.has(`${typeName}.${node.name.value}`) ? null : undefined;
      }
      if (node.kind === Kind.INPUT_VALUE_DEFINITION) {
        const name = node.name.value;
        const isGone = removed.has(`${typeName}.${name}`) || removed.has(`${typeName}.${fieldName}(${name}:)`);
        return isGone || uses(node.type) ? null : undefined;
      }
      return node.kind === Kind.DIRECTIVE_DEFINITION ? false : undefined;
    },
    leave(node: ASTNode) {
      if (node.kind === Kind.FIELD_DEFINITION) fieldName = '';
    },
  });
}

function isType(node: ASTNode) {
  return (
    node.kind === Kind.OBJECT_TYPE_DEFINITION ||
    node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ||
    node.kind === Kind.ENUM_TYPE_DEFINITION ||
    node.kind === Kind.SCALAR_TYPE_DEFINITION
  );
}

/** The name of a type without its lists and non-nulls. */
export function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}

/** Type definitions as extensions, the other way round of what a program usually writes. */
export function asExtensions(sdl: string): string {
  const document = parse(sdl, { noLocation: true });
  const definitions = document.definitions.map((definition): DefinitionNode => {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) return { ...definition, kind: Kind.OBJECT_TYPE_EXTENSION };
    if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
      return { ...definition, kind: Kind.INPUT_OBJECT_TYPE_EXTENSION };
    }
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION) return { ...definition, kind: Kind.ENUM_TYPE_EXTENSION };
    return definition;
  });
  return print({ ...document, definitions });
}

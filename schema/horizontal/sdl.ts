/** Reads a member's SDL: what is left of it without the machinery of a served subgraph, and where a fault stands in it. */

import {
  GraphQLError,
  Kind,
  parse,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
} from 'graphql';

import { horizontalNames, machinery, mergeRules, servedFields } from './directives.ts';
import { ContractError, type Fault } from './fault.ts';

/** Parses SDL; throws ContractError with the line of a syntax error. */
export function parseSdl(sdl: string, member: string): DocumentNode {
  try {
    return parse(sdl, { noLocation: false });
  } catch (error) {
    if (error instanceof GraphQLError) throw new ContractError([faultOf(member, error)]);
    throw error;
  }
}

/** A served SDL may hold `_entities`, `_service`, `_member` and directive definitions; the contract is what is left without them. */
export function withoutMachinery(document: DocumentNode): DocumentNode {
  const kept = document.definitions.filter(
    (definition) =>
      definition.kind !== Kind.SCHEMA_EXTENSION &&
      definition.kind !== Kind.SCHEMA_DEFINITION &&
      !('name' in definition && machinery.has(definition.name.value)),
  );
  return { ...document, definitions: uniteExtensions(kept.flatMap(withoutServedFields)) };
}

/** A fault for an error of graphql-js: the coordinate of the field or type it stands in, else its line. */
export function faultOf(member: string, error: GraphQLError, document?: DocumentNode): Fault {
  const line = error.locations?.[0]?.line;
  return {
    member,
    coordinate: coordinateOf(error, document) ?? (line === undefined ? 'document' : `line ${line}`),
    reason: error.message,
    remedy: remedyOf(error),
  };
}

function withoutServedFields(definition: DefinitionNode): DefinitionNode[] {
  if (!isObject(definition) || !definition.fields?.some(isServed)) return [definition];
  const fields = definition.fields.filter((field) => !isServed(field));
  return fields.length > 0 ? [{ ...definition, fields }] : [];
}

function isServed(field: FieldDefinitionNode): boolean {
  return servedFields.has(field.name.value);
}

/** Subgraphs may write `extend type`, with or without a definition beside it: one definition either way. */
function uniteExtensions(definitions: readonly DefinitionNode[]): DefinitionNode[] {
  const united: DefinitionNode[] = [];
  const places = new Map<string, number>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    if (!places.has(definition.name.value)) places.set(definition.name.value, definitions.indexOf(definition));
  }
  const held = new Map<DefinitionNode, ObjectTypeExtensionNode[]>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    const place = places.get(definition.name.value) ?? definitions.indexOf(definition);
    places.set(definition.name.value, place);
    held.set(definitions[place]!, [...(held.get(definitions[place]!) ?? []), definition]);
  }
  for (const definition of definitions) {
    const extensions = held.get(definition) ?? [];
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) united.push(extensions.reduce(unite, definition));
    else if (definition.kind !== Kind.OBJECT_TYPE_EXTENSION) united.push(definition);
    else if (extensions.length > 0) united.push(extensions.slice(1).reduce(unite, asDefinition(definition)));
  }
  return united;
}

function unite(definition: ObjectTypeDefinitionNode, extension: ObjectTypeExtensionNode): ObjectTypeDefinitionNode {
  return {
    ...definition,
    fields: [...(definition.fields ?? []), ...(extension.fields ?? [])],
    directives: [...(definition.directives ?? []), ...(extension.directives ?? [])],
    interfaces: [...(definition.interfaces ?? []), ...(extension.interfaces ?? [])],
  };
}

function asDefinition(extension: ObjectTypeExtensionNode): ObjectTypeDefinitionNode {
  return { ...extension, kind: Kind.OBJECT_TYPE_DEFINITION };
}

function isObject(definition: DefinitionNode): definition is ObjectTypeDefinitionNode | ObjectTypeExtensionNode {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
}

/** `Type.field` or `Type` around the place of an error in the member's own text. */
function coordinateOf(error: GraphQLError, document: DocumentNode | undefined): string | undefined {
  const position = error.positions?.[0];
  if (position === undefined || !document?.loc || error.source !== document.loc.source) return undefined;
  const holds = (node: { readonly loc?: { readonly start: number; readonly end: number } }) =>
    node.loc !== undefined && node.loc.start <= position && position < node.loc.end;
  const definition = document.definitions.find(holds);
  if (!definition || !('name' in definition)) return undefined;
  const field = isObject(definition) ? definition.fields?.find(holds) : undefined;
  return field ? `${definition.name.value}.${field.name.value}` : definition.name.value;
}

function remedyOf(error: GraphQLError): string {
  const directive = /[Dd]irective "@(\w+)"/.exec(error.message)?.[1];
  if (directive !== undefined && horizontalNames.includes(directive)) {
    return `@owner(key:) stands on types; @route(by:), @gather(courts:, keys:, maxPage:), @merge(by:, key:) and @bounded(most:) on fields. Rules of @merge: ${mergeRules.join(', ')}.`;
  }
  return 'Mend the SDL so that it is valid GraphQL with the directives of the horizontal specification.';
}

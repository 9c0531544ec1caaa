/**
 * Reads the SDL of a member's program, whoever made it: unknown directives, other imports and extensions are no fault,
 * only what leaves it unclear what the program serves.
 */

import {
  buildASTSchema,
  GraphQLError,
  Kind,
  parse,
  visit,
  visitInParallel,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';
import { specifiedSDLRules } from 'graphql/validation/specifiedRules.js';
import { SDLValidationContext } from 'graphql/validation/ValidationContext.js';

import { horizontalNames, machinery, servedFields } from '../directives.ts';
import type { Fault } from '../fault.ts';
import { faultOf } from '../sdl.ts';
import { readLinks } from './links.ts';

/** What a member's program says that it serves. */
export interface MemberSdl {
  readonly schema: GraphQLSchema;
  /** The directives of a type or field by the name that the specifications give them, such as `key`. */
  directivesOf(typeName: string, fieldName?: string): readonly ConstDirectiveNode[];
  /** Whether it can be asked for entities; undefined when the SDL leaves that out, as most do. */
  readonly servesEntities: boolean | undefined;
}

/** So many characters of SDL are read from any program. Reading holds up every request, and takes longer the longer the text. */
export const leastBound = 300_000;

/**
 * Reads SDL of no more than so many characters, its root types under their usual names; gives the faults instead when it cannot
 * be read, the first twenty. Never throws.
 */
export function readMemberSdl(sdl: string, member: string, bound = leastBound): MemberSdl | readonly Fault[] {
  if (sdl.length > bound) return [tooLong(member, `${sdl.length} characters`, `${bound}`)];
  const maxTokens = Math.ceil(bound / charactersOfToken);
  try {
    return readSdl(sdl, member, maxTokens);
  } catch (error) {
    // A text nested too deep ends the parser's stack; a value in a place where none may be ends the builder.
    const problem = error instanceof GraphQLError ? error : new GraphQLError('It is no SDL that can be read.');
    if (problem.message.endsWith('Parsing aborted.')) return [tooLong(member, 'more words', `${maxTokens}`)];
    return [unreadable(member, problem)];
  }
}

/** Names and marks of an SDL have more on average, with what stands between them. */
const charactersOfToken = 6;

function tooLong(member: string, has: string, most: string): Fault {
  return {
    member,
    coordinate: 'document',
    reason: `The SDL has ${has}, and no more than ${most} are read: a contract has a tenth of that.`,
    remedy: 'Serve what the contract has, and leave the rest to another program.',
  };
}

function readSdl(sdl: string, member: string, maxTokens: number): MemberSdl | readonly Fault[] {
  const served = parse(sdl, { maxTokens });
  const links = readLinks(served);
  const named = withRootNames(served);
  const definitions = named.definitions.flatMap(withoutMachinery);
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: withDefinitions(definitions) };
  const errors = errorsIn(document);
  if (errors.length > 0) return errors.map((error) => unreadable(member, error, served));
  const schema = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
  const directives = new Map<string, ConstDirectiveNode[]>();
  for (const definition of document.definitions) {
    if (!isOfType(definition)) continue;
    const add = (coordinate: string, own: readonly ConstDirectiveNode[] | undefined) =>
      directives.set(coordinate, [...(directives.get(coordinate) ?? []), ...(own ?? []).map(links.canonical)]);
    add(definition.name.value, definition.directives);
    if (!('fields' in definition)) continue;
    for (const field of definition.fields ?? []) add(`${definition.name.value}.${field.name.value}`, field.directives);
  }
  return {
    schema,
    directivesOf: (typeName, fieldName) =>
      directives.get(fieldName === undefined ? typeName : `${typeName}.${fieldName}`) ?? [],
    servesEntities: servesEntities(named),
  };
}

/** Directives may be anybody's; what they are written on is not. */
const rules = specifiedSDLRules.filter((rule) => !rule.name.includes('Directive'));

/** Whoever mends the first faults sees the next; all of thousands would take seconds. */
const mostErrors = 20;

function errorsIn(document: DocumentNode): readonly GraphQLError[] {
  const errors: GraphQLError[] = [];
  const enough = new Error('There are enough errors.');
  const context = new SDLValidationContext(document, null, (error) => {
    errors.push(error);
    if (errors.length >= mostErrors) throw enough;
  });
  try {
    visit(document, visitInParallel(rules.map((rule) => rule(context))));
  } catch (error) {
    if (error !== enough) throw error;
  }
  return errors;
}

function unreadable(member: string, error: GraphQLError, document?: DocumentNode): Fault {
  const fault = faultOf(member, error, document);
  const isOwn = horizontalNames.some((name) => error.message.includes(`"@${name}"`));
  return isOwn ? fault : { ...fault, remedy: 'Mend the SDL so that it is valid GraphQL; until then nothing is asked.' };
}

/** A program may call its roots what it likes. */
function withRootNames(document: DocumentNode): DocumentNode {
  const renamed = new Map<string, string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const { operation, type } of definition.operationTypes ?? []) {
      const usual = rootNames[operation];
      if (usual !== type.name.value) renamed.set(type.name.value, usual);
    }
  }
  if (renamed.size === 0) return document;
  const nameOf = <T extends { readonly name: { readonly value: string } }>(node: T): T => {
    const name = renamed.get(node.name.value);
    return name === undefined ? node : { ...node, name: { ...node.name, value: name } };
  };
  return visit(document, {
    NamedType: (node) => nameOf(node),
    ObjectTypeDefinition: (node) => nameOf(node),
    ObjectTypeExtension: (node) => nameOf(node),
  });
}

const rootNames = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

function withoutMachinery(definition: DefinitionNode): DefinitionNode[] {
  if (!isOfType(definition)) return [];
  const { name } = definition;
  if (machinery.has(name.value) || /^(link|federation)__/.test(name.value)) return [];
  if (name.value !== rootNames.query || !('fields' in definition)) return [definition];
  const fields = (definition.fields ?? []).filter((field) => !servedFields.has(field.name.value));
  return [{ ...definition, fields } as DefinitionNode];
}

/** `_entities` stands beside `_service`: where an SDL shows one of them, it would show the other. */
function servesEntities({ definitions }: DocumentNode): boolean | undefined {
  const names = new Set<string>();
  for (const definition of definitions) {
    if (!isOfType(definition) || definition.name.value !== rootNames.query || !('fields' in definition)) continue;
    for (const field of definition.fields ?? []) names.add(field.name.value);
  }
  if (names.has('_entities')) return true;
  return names.has('_service') ? false : undefined;
}

/** Extensions of what is defined nowhere define it. */
function withDefinitions(definitions: readonly DefinitionNode[]): DefinitionNode[] {
  const defined = new Set(
    definitions.flatMap((definition) => (definition.kind in definedAs ? [] : [nameOf(definition)])),
  );
  return definitions.map((definition) => {
    const kind = definedAs[definition.kind];
    if (kind === undefined || defined.has(nameOf(definition))) return definition;
    defined.add(nameOf(definition));
    return { ...definition, kind } as DefinitionNode;
  });
}

const definedAs: Readonly<Record<string, Kind | undefined>> = {
  [Kind.SCALAR_TYPE_EXTENSION]: Kind.SCALAR_TYPE_DEFINITION,
  [Kind.OBJECT_TYPE_EXTENSION]: Kind.OBJECT_TYPE_DEFINITION,
  [Kind.INTERFACE_TYPE_EXTENSION]: Kind.INTERFACE_TYPE_DEFINITION,
  [Kind.UNION_TYPE_EXTENSION]: Kind.UNION_TYPE_DEFINITION,
  [Kind.ENUM_TYPE_EXTENSION]: Kind.ENUM_TYPE_DEFINITION,
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: Kind.INPUT_OBJECT_TYPE_DEFINITION,
};

function nameOf(definition: DefinitionNode): string {
  return isOfType(definition) ? definition.name.value : '';
}

function isOfType(definition: DefinitionNode): definition is TypeDefinitionNode | TypeExtensionNode {
  return /Type(Definition|Extension)$/.test(definition.kind);
}

/** Reads a contract: the SDL that every member serves, with the hub's directives, as a model that composer and hub share. */

import {
  buildASTSchema,
  getDirectiveValues,
  getNamedType,
  GraphQLError,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
  parse,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { validateSDL } from 'graphql/validation/validate.js';

import { federationDefinitions, horizontalDefinitions, machinery, type MergeRule } from './directives.ts';
import { ContractError, type Fault } from './fault.ts';

/** How one field's values become one: the rule, and the field (or order) it goes by. */
export interface Merge {
  readonly by: MergeRule;
  readonly key: string | null;
}

/** A field that is asked of every member not excluded. Paths are argument paths such as `filter.courts`. */
export interface Gather {
  readonly courts: readonly string[] | null;
  readonly keys: readonly string[] | null;
  readonly maxPage: number | null;
}

/** An entity and who holds its rows: one owner named by a key field, any member (null), or somebody else (`foreign`). */
export interface Entity {
  readonly name: string;
  readonly keyFields: readonly string[];
  readonly ownerKey: string | null;
  readonly foreign: boolean;
}

/** What the composer and the hub know of a contract. */
export interface Contract {
  readonly document: DocumentNode;
  readonly schema: GraphQLSchema;
  readonly entities: ReadonlyMap<string, Entity>;
  routeOf(typeName: string, fieldName: string): readonly string[] | undefined;
  gatherOf(typeName: string, fieldName: string): Gather | undefined;
  mergeOf(typeName: string, fieldName: string): Merge | undefined;
}

/** Parses a member's SDL into a contract; throws ContractError with every fault of syntax or directive use. */
export function readContract(sdl: string, member: string): Contract {
  const document = withoutMachinery(parseSdl(sdl, member));
  const readable: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      ...document.definitions,
      ...parse(horizontalDefinitions).definitions,
      ...parse(federationDefinitions).definitions,
    ],
  };
  const errors = validateSDL(readable);
  if (errors.length > 0) {
    throw new ContractError(errors.map((error) => faultOf(member, error)));
  }
  const schema = buildASTSchema(readable, { assumeValidSDL: true });
  const directives = readDirectives(schema);
  const coordinate = (typeName: string, fieldName: string) => `${typeName}.${fieldName}`;
  return {
    document,
    schema,
    entities: readEntities(schema),
    routeOf: (typeName, fieldName) => directives.routes.get(coordinate(typeName, fieldName)),
    gatherOf: (typeName, fieldName) => directives.gathers.get(coordinate(typeName, fieldName)),
    mergeOf: (typeName, fieldName) => directives.merges.get(coordinate(typeName, fieldName)),
  };
}

/** The composite type that a field's value, or each item of it, has; undefined for scalars and enums. */
export function objectOf(field: GraphQLField<unknown, unknown>): GraphQLObjectType | undefined {
  const type = getNamedType(field.type);
  return isObjectType(type) ? type : undefined;
}

/** Whether a field's value is a scalar, an enum, or a list of them. */
export function isLeafField(field: GraphQLField<unknown, unknown>): boolean {
  const type = getNamedType(field.type);
  return !isObjectType(type) && !isInterfaceType(type) && !isUnionType(type);
}

/** The object types of a contract without introspection's own, in the order of the SDL. */
export function objectTypesOf(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
  );
}

function parseSdl(sdl: string, member: string): DocumentNode {
  try {
    return parse(sdl, { noLocation: false });
  } catch (error) {
    if (error instanceof GraphQLError) throw new ContractError([faultOf(member, error)]);
    throw error;
  }
}

/** A served SDL holds `_entities`, `_service` and directive definitions; the contract is what is left without them. */
function withoutMachinery(document: DocumentNode): DocumentNode {
  const definitions = document.definitions.flatMap((definition): DefinitionNode[] => {
    if (definition.kind === Kind.SCHEMA_EXTENSION || definition.kind === Kind.SCHEMA_DEFINITION) return [];
    if ('name' in definition && machinery.has(definition.name.value)) return [];
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION) {
      const fields = definition.fields?.filter(notMachinery) ?? [];
      const kept: ObjectTypeDefinitionNode = { ...definition, kind: Kind.OBJECT_TYPE_DEFINITION, fields };
      return [kept];
    }
    return [definition];
  });
  return { kind: Kind.DOCUMENT, definitions };
}

function notMachinery(field: FieldDefinitionNode): boolean {
  return field.name.value !== '_entities' && field.name.value !== '_service';
}

function faultOf(member: string, error: GraphQLError): Fault {
  const at = error.locations?.[0];
  return {
    member,
    coordinate: at === undefined ? 'document' : `line ${at.line}`,
    reason: error.message,
    remedy: 'Mend the SDL so that it is valid GraphQL with the directives of the horizontal specification.',
  };
}

function readDirectives(schema: GraphQLSchema) {
  const routes = new Map<string, readonly string[]>();
  const gathers = new Map<string, Gather>();
  const merges = new Map<string, Merge>();
  for (const type of objectTypesOf(schema)) {
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      const route = read(schema, 'route', field.astNode) as { by: string } | undefined;
      if (route) routes.set(coordinate, route.by.split('.'));
      const gather = read(schema, 'gather', field.astNode) as
        { courts?: string; keys?: string; maxPage?: number } | undefined;
      if (gather) {
        gathers.set(coordinate, {
          courts: gather.courts?.split('.') ?? null,
          keys: gather.keys?.split('.') ?? null,
          maxPage: gather.maxPage ?? null,
        });
      }
      const merge = read(schema, 'merge', field.astNode) as { by: MergeRule; key?: string } | undefined;
      if (merge) merges.set(coordinate, { by: merge.by, key: merge.key ?? null });
    }
  }
  return { routes, gathers, merges };
}

function readEntities(schema: GraphQLSchema): Map<string, Entity> {
  const entities = new Map<string, Entity>();
  for (const type of objectTypesOf(schema)) {
    const key = read(schema, 'key', type.astNode) as { fields: string; resolvable: boolean } | undefined;
    if (!key) continue;
    const owner = read(schema, 'owner', type.astNode) as { key: string } | undefined;
    entities.set(type.name, {
      name: type.name,
      keyFields: key.fields.trim().split(/\s+/),
      ownerKey: owner?.key ?? null,
      foreign: !key.resolvable,
    });
  }
  return entities;
}

/** The arguments of the first use of a directive on a node, or undefined where it is not used. */
function read(
  schema: GraphQLSchema,
  name: string,
  node: FieldDefinitionNode | ObjectTypeDefinitionNode | null | undefined,
): Record<string, unknown> | undefined {
  const directive = schema.getDirective(name);
  if (!directive || !node) return undefined;
  return getDirectiveValues(directive, node);
}

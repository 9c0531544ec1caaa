/** Reads a contract: the SDL that every member serves, with the hub's directives, as a model that composer and hub share. */

import {
  buildASTSchema,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  parse,
  validateSchema,
  type DocumentNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { validateSDL } from 'graphql/validation/validate.js';

import { federationDefinitions, horizontalDefinitions, type MergeRule } from './directives.ts';
import { ContractError } from './fault.ts';
import { faultOf, parseSdl, withoutMachinery } from './sdl.ts';
import { readUses } from './uses.ts';

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
  const served = parseSdl(sdl, member);
  const document = withoutMachinery(served);
  const readable: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      ...document.definitions,
      ...parse(horizontalDefinitions).definitions,
      ...parse(federationDefinitions).definitions,
    ],
  };
  refuseErrors(validateSDL(readable));
  const schema = buildASTSchema(readable, { assumeValidSDL: true });
  refuseErrors(validateSchema(schema));
  const uses = readUses(schema);
  refuseErrors(uses.errors);
  const coordinate = (typeName: string, fieldName: string) => `${typeName}.${fieldName}`;
  return {
    document,
    schema,
    entities: uses.entities,
    routeOf: (typeName, fieldName) => uses.routes.get(coordinate(typeName, fieldName)),
    gatherOf: (typeName, fieldName) => uses.gathers.get(coordinate(typeName, fieldName)),
    mergeOf: (typeName, fieldName) => uses.merges.get(coordinate(typeName, fieldName)),
  };

  function refuseErrors(errors: readonly Parameters<typeof faultOf>[1][]): void {
    if (errors.length > 0) throw new ContractError(errors.map((error) => faultOf(member, error, served)));
  }
}

/** The object type that a field's value, or each item of it, has; undefined for leaves and abstract types. */
export function objectOf(field: GraphQLField<unknown, unknown>): GraphQLObjectType | undefined {
  const type = getNamedType(field.type);
  return isObjectType(type) ? type : undefined;
}

/** Whether a field's value is a scalar, an enum, or a list of them. */
export function isLeafField(field: GraphQLField<unknown, unknown>): boolean {
  return isLeafType(getNamedType(field.type));
}

/** Whether a field's value is a list. */
export function isListField(field: GraphQLField<unknown, unknown>): boolean {
  return isListType(getNullableType(field.type));
}

/** The object types of a contract without introspection's own, in the order of the SDL. */
export function objectTypesOf(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
  );
}

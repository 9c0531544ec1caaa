/** Reads a contract: the SDL that every member serves, with the hub's directives, as a model that composer and hub share. */

import { buildASTSchema, Kind, parse, validateSchema, type DocumentNode, type GraphQLSchema } from 'graphql';
import { validateSDL } from 'graphql/validation/validate.js';

import { federationDefinitions, horizontalDefinitions } from './directives.ts';
import { ContractError } from './fault.ts';
import { faultOf, parseSdl, withoutMachinery } from './sdl.ts';
import { readUses, type Entity, type Gather, type Merge, type Requirement } from './uses.ts';

export { isLeafField, isListField, objectOf, objectTypesOf } from './fields.ts';
export type { Entity, Gather, Merge, Requirement } from './uses.ts';

/** What the composer and the hub know of a contract. */
export interface Contract {
  readonly document: DocumentNode;
  readonly schema: GraphQLSchema;
  readonly entities: ReadonlyMap<string, Entity>;
  routeOf(typeName: string, fieldName: string): readonly string[] | undefined;
  gatherOf(typeName: string, fieldName: string): Gather | undefined;
  mergeOf(typeName: string, fieldName: string): Merge | undefined;
  /** The most items that a list has, where no argument says so. */
  boundOf(typeName: string, fieldName: string): number | undefined;
  /** What a gathered field needs to know from another subgraph before anybody is asked. */
  requirementOf(typeName: string, fieldName: string): Requirement | undefined;
  /** Whether another subgraph gives the field, and members only read it. */
  isExternal(typeName: string, fieldName: string): boolean;
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
    boundOf: (typeName, fieldName) => uses.bounds.get(coordinate(typeName, fieldName)),
    requirementOf: (typeName, fieldName) => uses.requirements.get(coordinate(typeName, fieldName)),
    isExternal: (typeName, fieldName) => uses.externals.has(coordinate(typeName, fieldName)),
  };

  function refuseErrors(errors: readonly Parameters<typeof faultOf>[1][]): void {
    if (errors.length > 0) throw new ContractError(errors.map((error) => faultOf(member, error, served)));
  }
}

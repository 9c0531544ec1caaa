/** Where rows stand in the answer to one question, and how many there are at most. */

import {
  getNamedType,
  getOperationAST,
  isAbstractType,
  isObjectType,
  print,
  type DocumentNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

import { isListField, type Contract, type Gather } from '../../schema/horizontal/contract.ts';
import { argumentsOf, type Arguments } from '../horizontal/arguments.ts';
import {
  collectFields,
  fragmentsOf,
  isIncluded,
  subselectionsOf,
  type CollectedField,
  type SelectionScope,
  type Variables,
} from '../horizontal/selection.ts';
import { atMost, none, one, unbounded, type Bound } from './bound.ts';

/** One field that holds objects: under several keys when the question names it several times with the same arguments. */
export interface Place {
  readonly keys: readonly string[];
  readonly isList: boolean;
  /** How many there are in one answer, below one of what holds it. */
  readonly most: Bound;
  /** Whether each of them is a row: something with a key, that a court or agency has or adds to. */
  readonly isRow: boolean;
  /** Set when courts' answers are merged here. */
  readonly gather: Gather | null;
  /** Whether the hub keeps everything that courts gave, rather than the first of all. */
  readonly isUnited: boolean;
  /** The page's size, where there is one. */
  readonly first: number | null;
  readonly places: readonly Place[];
}

interface PlaceScope extends SelectionScope {
  readonly contract: Contract;
  readonly variables: Variables;
}

type Sets = Parameters<typeof collectFields>[2];

/** The places of a question's root fields; a question about entities has the one place `_entities`. */
export function placesOf(
  contract: Contract,
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Variables,
): readonly Place[] {
  const operation = getOperationAST(document)!;
  const scope: PlaceScope = { contract, schema, variables, fragments: fragmentsOf(document) };
  const sets: Sets = [{ set: operation.selectionSet, conditions: [] }];
  const root = schema.getRootType(operation.operation)!;
  const entities = collectFields(scope, root, sets).find(({ name }) => name === '_entities');
  return entities ? [entitiesPlace(scope, entities)] : placesBelow(scope, [root], sets, null);
}

/** How many are asked about is not said by the question. */
function entitiesPlace(scope: PlaceScope, field: CollectedField): Place {
  const types = [...scope.contract.entities.keys()].flatMap((name) => {
    const type = scope.schema.getType(name);
    return isObjectType(type) ? [type] : [];
  });
  return {
    keys: [field.key],
    isList: true,
    most: one,
    isRow: true,
    gather: null,
    isUnited: false,
    first: null,
    places: placesBelow(scope, types, subselectionsOf(field), null),
  };
}

function placesBelow(
  scope: PlaceScope,
  types: readonly GraphQLObjectType[],
  sets: Sets,
  pageSize: number | null,
): readonly Place[] {
  return types.flatMap((type) => {
    const groups = new Map<string, CollectedField[]>();
    for (const field of collectFields(scope, type, sets)) {
      const { name, arguments: args = [] } = field.uses[0]!.node;
      const words = JSON.stringify([name.value, ...args.map((argument) => print(argument)).sort()]);
      groups.set(words, [...(groups.get(words) ?? []), field]);
    }
    return [...groups.values()].flatMap((fields) => placeOf(scope, type, fields, pageSize) ?? []);
  });
}

function placeOf(
  scope: PlaceScope,
  type: GraphQLObjectType,
  fields: readonly CollectedField[],
  pageSize: number | null,
): Place | undefined {
  const { contract, schema, variables } = scope;
  const definition = type.getFields()[fields[0]!.name];
  if (!definition) return undefined;
  const named = getNamedType(definition.type);
  const types = isObjectType(named) ? [named] : isAbstractType(named) ? schema.getPossibleTypes(named) : [];
  if (types.length === 0) return undefined;
  const isAsked = fields.some((field) => isIncluded(field, variables));
  const args = isAsked ? argumentsOf(definition, fields[0]!.uses[0]!.node, variables) : {};
  const first = typeof args['first'] === 'number' ? Math.max(0, args['first']) : null;
  const isPage = types.some((one) => 'edges' in one.getFields());
  const gather = contract.gatherOf(type.name, definition.name) ?? null;
  return {
    keys: fields.map(({ key }) => key),
    isList: isListField(definition),
    most: isAsked ? mostOf(scope, type, definition, args, pageSize) : none,
    isRow: types.some(({ name }) => contract.entities.get(name)?.foreign === false),
    gather,
    isUnited: contract.mergeOf(type.name, definition.name)?.by === 'UNION',
    first,
    places: placesBelow(scope, types, fields.flatMap(subselectionsOf), isPage ? first : null),
  };
}

/** One, or the items of a list: by what the contract states, by `first`, by the page it is in. */
function mostOf(
  { contract }: PlaceScope,
  type: GraphQLObjectType,
  definition: GraphQLField<unknown, unknown>,
  args: Arguments,
  pageSize: number | null,
): Bound {
  if (!isListField(definition)) return one;
  const stated = contract.boundOf(type.name, definition.name);
  if (stated !== undefined) return atMost(stated);
  if (typeof args['first'] === 'number') return atMost(Math.max(0, args['first']));
  if (definition.name === 'edges' && pageSize !== null) return atMost(pageSize);
  return unbounded(`The contract states no most for ${type.name}.${definition.name}.`);
}

/**
 * A world in which every value follows from what it is a value of: whoever asks, in whatever order, how often, together with what else,
 * gets the same. So two executors that ask differently have to answer alike. Faults follow from the same.
 */

import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  GraphQLFloat,
  GraphQLInt,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  isInterfaceType,
  Kind,
  parse,
  visit,
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';

import { subgraphs } from './subgraphs.ts';

/** What one trial's world is like. */
export interface World {
  readonly seed: number;
  /** One of so many values is spoilt; 0 for none. */
  readonly faultsIn: number;
  /** Whether what other subgraphs require is spoilt too. */
  readonly spoilsRequired: boolean;
  /**
   * Subgraphs that answer as the stock executor needs it. It forgets what an object is when a subgraph that knows an interface alone calls the object
   * by it, and does not know it below a fragment on an interface when the answer does not say it; then it makes null of the object, or leaves fields out.
   */
  readonly sparesStock: boolean;
}

export interface Reply {
  data?: Record<string, unknown> | null;
  errors?: GraphQLFormattedError[];
}

/** An object of the world: who it is, not what it has. */
interface Being {
  readonly __typename: string;
  readonly who: string;
  readonly [key: string]: unknown;
}

const schemas = new Map(Object.entries(subgraphs).map(([name, sdl]) => [name, served(sdl)]));

/** One of the subgraphs answers. */
export async function answerOf(
  name: string,
  { document, variables }: { readonly document: DocumentNode; readonly variables: Readonly<Record<string, unknown>> },
  world: World,
): Promise<Reply> {
  const result = await execute({
    schema: schemas.get(name)!,
    document: world.sparesStock ? withTypeNames(document) : document,
    variableValues: variables,
    contextValue: world,
    fieldResolver,
  });
  const reply = JSON.parse(JSON.stringify(result)) as Reply;
  // Random operations are lawful, and this world gives what its types say.
  if (reply.errors) throw new Error(JSON.stringify(reply.errors));
  const entities = (reply.data?.['_entities'] ?? []) as Record<string, unknown>[];
  if (name === 'opinion' && world.sparesStock) for (const own of entities) forgetInterface(own);
  return reply;
}

const named = new WeakMap<DocumentNode, DocumentNode>();

function withTypeNames(document: DocumentNode): DocumentNode {
  const typeName = { kind: Kind.FIELD as const, name: { kind: Kind.NAME as const, value: '__typename' } };
  const known =
    named.get(document) ??
    visit(document, { SelectionSet: { leave: (set) => ({ ...set, selections: [typeName, ...set.selections] }) } });
  named.set(document, known);
  return known;
}

function forgetInterface(entity: Record<string, unknown>): void {
  for (const key of Object.keys(entity)) if (entity[key] === 'Item') Reflect.deleteProperty(entity, key);
}

/** What one program with everything in it answers: the truth where nothing is spoilt. */
export async function truthOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  world: World,
): Promise<string> {
  const typeResolver = (own: unknown) => (own as Being).__typename;
  const result = await execute({
    schema,
    document,
    variableValues: variables,
    contextValue: world,
    fieldResolver,
    typeResolver,
  });
  if (result.errors) throw new Error(JSON.stringify(result.errors));
  return JSON.stringify(result.data);
}

function served(sdl: string): GraphQLSchema {
  const entities = [...sdl.matchAll(/type (\w+)[^{]*@key/g)].map(([, name]) => name!);
  const reference = (own: Record<string, unknown>) => known(own);
  return buildSubgraphSchema({
    typeDefs: parse(sdl),
    resolvers: {
      ...Object.fromEntries(entities.map((name) => [name, { __resolveReference: reference }])),
      ...(sdl.includes('interface Item') && {
        Item: {
          __resolveType: (own: Being) => own.__typename,
          __resolveReference: (own: { id: string }) => item(own.id),
        },
        Thing: { __resolveType: (own: Being) => own.__typename },
      }),
    },
  });
}

/** Items are numbered; what one is follows from its number, its code is its number in another form. */
function item(id: string): Being {
  return { __typename: Number(id) % 2 === 0 ? 'Book' : 'Map', who: `item ${id}`, id, code: `c${id}` };
}

function person(number: number): Being {
  return {
    __typename: 'Person',
    who: `person ${number}`,
    name: `p${number}`,
    country: { __typename: 'Country', who: `country ${number}`, code: `k${number % 3}` },
  };
}

function known(own: Record<string, unknown>): Being {
  const { __typename: type, id, code, name } = own as Record<string, string>;
  if (type === 'Person') return person(Number(name!.slice(1)));
  const number = id ?? code!.slice(1);
  return { ...own, ...item(number), __typename: type! };
}

/** A value that follows from its owner, its name and its arguments. */
function fieldResolver(
  source: unknown,
  args: Record<string, unknown>,
  context: unknown,
  info: GraphQLResolveInfo,
): unknown {
  const { seed } = context as World;
  const owner = source as Being | undefined;
  const { fieldName, returnType } = info;
  if (owner && fieldName in owner && fieldName !== 'pages' && fieldName !== 'weight') return owner[fieldName];
  // What is required is told; whoever is told says what it was told.
  const root = owner?.who ?? 'root';
  if (fieldName === 'postage' && owner) {
    const told = ['pages', 'weight'].map((name) => (name in owner ? owner[name] : required(seed, owner, name)));
    return digest(`postage ${told.join(' ')}`) % 50;
  }
  if (owner === undefined && typeof args['id'] === 'string') {
    const wanted = item(args['id']);
    return fieldName === 'lend' && wanted.__typename !== 'Book' ? null : wanted;
  }
  const most = typeof args['first'] === 'number' ? args['first'] : 2;
  return valueOf(returnType, `${seed} ${root} ${fieldName} ${JSON.stringify(args)}`, most);
}

/** What a program that has everything itself is not told. */
function required(seed: number, { who }: Being, name: string): unknown {
  return valueOf(name === 'pages' ? GraphQLInt : GraphQLFloat, `${seed} ${who} ${name} {}`, 2);
}

function valueOf(type: GraphQLOutputType, name: string, most: number): unknown {
  const number = digest(name);
  if (isNonNullType(type))
    return (
      valueOf(type.ofType, `${name}!`, most) ?? valueOf(type.ofType, `${name}!!`, most) ?? fallback(type.ofType, name)
    );
  if (number % 7 === 0) return null;
  if (isListType(type)) {
    return Array.from({ length: number % (most + 1) }, (_, index) => valueOf(type.ofType, `${name}.${index}`, most));
  }
  return fallback(type, name);
}

function fallback(type: GraphQLOutputType, name: string): unknown {
  const number = digest(`${name} value`);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[number % type.getValues().length]!.name;
  const named = getNamedType(type);
  if (isInterfaceType(named)) return item(String(number % 6));
  if (isUnionType(named)) return number % 3 === 0 ? person(number % 4) : item(String(number % 6));
  if (isObjectType(named)) {
    if (named.name === 'Book') return item(String((number % 3) * 2));
    if (named.name === 'Map') return item(String((number % 3) * 2 + 1));
    if (named.name === 'Person') return person(number % 4);
    if (named.name === 'Item') return item(String(number % 6));
    return { __typename: named.name, who: name };
  }
  if (named.name === 'Int') return number % 100;
  if (named.name === 'Float') return (number % 100) / 4;
  if (named.name === 'Boolean') return number % 2 === 0;
  return `s${number % 100}`;
}

/** FNV-1a: a number that follows from a text. */
export function digest(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  // The last bits alone follow too closely from the last letters.
  return (hash ^ (hash >>> 15)) >>> 0;
}

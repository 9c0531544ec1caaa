/**
 * What a change's answer says of the thing that was changed: asked for whether the client asks for it or not, since it is recorded.
 * It is no part of what the client is answered, and neither is what goes wrong with it.
 */

import {
  getNamedType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

import type { Answer } from '../../common/wire.ts';
import { hiddenField, hiddenKey, withHidden } from '../horizontal/hidden.ts';

/** A thing as the record names it; what is not known is undefined or null. */
export interface ChangedThings {
  /** In whose case the party or the order is. */
  readonly caseNumber?: unknown;
  readonly party?: unknown;
  readonly person?: unknown;
  readonly order?: unknown;
  readonly taskForce?: unknown;
}

/** The fields that tell of a thing, by its type: each by its name, or by the way to it. */
const telling: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Party: [['caseNumber'], ['id'], ['person', 'id']],
  MeasureOrder: [['caseNumber'], ['id'], ['partyId'], ['party', 'person', 'id']],
  TaskForce: [['id']],
};

/** Asks each change for the things that it answers with, and those that stand in its answer. */
export function withChangedThings(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const type: unknown = getNamedType(types.getType());
        if (!node.selectionSet || types.getParentType() !== schema.getMutationType() || !isObjectType(type)) {
          return undefined;
        }
        const hidden = [...fieldsOf(type), ...Object.values(type.getFields()).flatMap(toThing)];
        return { ...node, selectionSet: withHidden(node.selectionSet, ...hidden) };
      },
    }),
  );
}

/** An answer without what the hub asked for itself, and that by the change's key. */
export interface SetAside {
  readonly answer: Answer;
  readonly things: ReadonlyMap<string, ChangedThings>;
}

/** Takes the things out of an answer to changes, with all errors that are about nothing else: who did not ask for them is not told. */
export function setThingsAside(answer: Answer): SetAside {
  const things = new Map<string, ChangedThings>();
  const data = Object.entries(rowOf(answer.data)).map(([key, change]) => {
    if (typeof change !== 'object' || change === null || Array.isArray(change)) return [key, change] as const;
    things.set(key, changedThingsOf(change));
    return [key, Object.fromEntries(Object.entries(change).filter(([name]) => !thingKeys.has(name)))] as const;
  });
  if (things.size === 0) return { answer, things };
  const errors = answer.errors?.flatMap(withoutThings);
  return { answer: { ...answer, data: Object.fromEntries(data), ...(errors && { errors }) }, things };
}

const thingKeys: ReadonlySet<unknown> = new Set(['party', 'order', 'id'].map(hiddenKey));

type Told = NonNullable<Answer['errors']>[number];

/** A hub tells a cause once, with all its places: those that the client asked for stay. */
function withoutThings(error: Told): readonly Told[] {
  const { path = [], extensions } = error;
  const given: unknown = extensions?.['paths'];
  const places = Array.isArray(given) ? given.filter((place) => typeof place === 'string') : [];
  const paths = places.filter((place) => !thingKeys.has(place.split('.')[1]));
  if (paths.length === places.length) return thingKeys.has(path[1]) ? [] : [error];
  const [first] = paths;
  return first === undefined ? [] : [{ ...error, path: first.split('.'), extensions: { ...extensions, paths } }];
}

function changedThingsOf(answer: object): ChangedThings {
  const { [hiddenKey('party')]: party, [hiddenKey('order')]: order, [hiddenKey('id')]: taskForce } = rowOf(answer);
  return {
    caseNumber: at(party, 'caseNumber') ?? at(order, 'caseNumber'),
    party: at(party, 'id') ?? at(order, 'partyId'),
    person: at(party, 'person', 'id') ?? at(order, 'party', 'person', 'id'),
    order: at(order, 'id'),
    taskForce,
  };
}

function at(value: unknown, ...way: readonly string[]): unknown {
  return way.reduce((own, name) => rowOf(own)[hiddenKey(name)], value);
}

function toThing({ name, args, type }: ReturnType<GraphQLObjectType['getFields']>[string]): FieldNode[] {
  const thing = getNamedType(type);
  if (!isObjectType(thing) || args.length > 0) return [];
  const fields = fieldsOf(thing);
  return fields.length === 0 ? [] : [hiddenField(name, fields)];
}

function fieldsOf(type: GraphQLObjectType): FieldNode[] {
  const known = type.getFields();
  return (telling[type.name] ?? []).flatMap(([name, ...below]) =>
    name !== undefined && name in known ? [wayTo(name, below)] : [],
  );
}

function wayTo(name: string, [next, ...below]: readonly string[]): FieldNode {
  return hiddenField(name, next === undefined ? undefined : [wayTo(next, below)]);
}

function rowOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

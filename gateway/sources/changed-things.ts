/** What a change's answer says of the thing that was changed: asked for whether the client asks for it or not, since it is recorded. */

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

import { hiddenField, hiddenKey, withHidden } from '../horizontal/hidden.ts';

/** A thing as the record names it; what is not known is undefined or null. */
export interface ChangedThings {
  readonly party?: unknown;
  readonly person?: unknown;
  readonly order?: unknown;
  readonly taskForce?: unknown;
}

/** The fields that tell of a thing, by its type: each by its name, or with the fields below it. */
const telling: Readonly<Record<string, readonly (string | readonly [name: string, below: string])[]>> = {
  Party: ['id', ['person', 'id']],
  MeasureOrder: ['id', 'partyId'],
  TaskForce: ['id'],
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

/** What an answer to a change says of it. */
export function changedThingsOf(answer: unknown): ChangedThings {
  if (typeof answer !== 'object' || answer === null) return {};
  const { [hiddenKey('party')]: party, [hiddenKey('order')]: order, [hiddenKey('id')]: taskForce } = rowOf(answer);
  const { [hiddenKey('id')]: partyId, [hiddenKey('person')]: person } = rowOf(party);
  const { [hiddenKey('id')]: orderId, [hiddenKey('partyId')]: debtor } = rowOf(order);
  return { party: partyId ?? debtor, person: rowOf(person)[hiddenKey('id')], order: orderId, taskForce };
}

function toThing({ name, args, type }: ReturnType<GraphQLObjectType['getFields']>[string]): FieldNode[] {
  const thing = getNamedType(type);
  if (!isObjectType(thing) || args.length > 0) return [];
  const fields = fieldsOf(thing);
  return fields.length === 0 ? [] : [hiddenField(name, fields)];
}

function fieldsOf(type: GraphQLObjectType): FieldNode[] {
  const known = type.getFields();
  return (telling[type.name] ?? []).flatMap((own) => {
    const [name, below] = typeof own === 'string' ? [own] : own;
    return name in known ? [hiddenField(name, below === undefined ? undefined : [hiddenField(below)])] : [];
  });
}

function rowOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/**
 * What an answer has to look like: a prepared document becomes one shape, for one set of decided conditions. Fields of one response
 * key are one, in the order in which the GraphQL specification collects them, for each type that an object may be of.
 */

import {
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isUnionType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

import type { Variables } from '../../horizontal/selection.ts';
import { isIncluded } from './conditions.ts';

export interface ObjectShape {
  /** Its own number among the shapes of the document. */
  readonly id: number;
  /** The fields for each type by name; only one where the schema leaves no choice. */
  readonly types: ReadonlyMap<string, readonly FieldShape[]>;
  readonly isAbstract: boolean;
}

export type FieldShape =
  /** Null where nobody knows what the object is. */
  | { readonly kind: 'typename'; readonly key: string; readonly typeName: string | null }
  | { readonly kind: 'introspection'; readonly key: string }
  | {
      readonly kind: 'value';
      /** The client's own response key. */
      readonly key: string;
      /** The key under which it was fetched. */
      readonly source: string;
      readonly typeName: string;
      readonly fieldName: string;
      readonly value: ValueShape;
    };

export type ValueShape =
  | { readonly kind: 'leaf'; readonly isNonNull: boolean; readonly type: GraphQLLeafType }
  | { readonly kind: 'list'; readonly isNonNull: boolean; readonly item: ValueShape }
  | { readonly kind: 'object'; readonly isNonNull: boolean; readonly shape: ObjectShape };

export interface CollectScope {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The value of each variable that decides a condition. */
  readonly decided: Variables;
}

export interface ShapeScope extends CollectScope {
  readonly operation: OperationDefinitionNode;
  /** The client's response key for a planned one; null for what the client did not ask for. */
  readonly ownKeyOf: (key: string) => string | null;
}

/** The shape of the whole answer. */
export function shapeOf(scope: ShapeScope): ObjectShape {
  const { schema, operation } = scope;
  const root = schema.getRootType(operation.operation)!;
  let shapes = 0;
  return toObject(root, [operation.selectionSet]);

  function toObject(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): ObjectShape {
    const id = shapes++;
    const isAbstract = isAbstractType(type);
    // Where nothing depends on it, an object may call itself by its interface, or by nothing.
    const names = isAbstract ? [...schema.getPossibleTypes(type), type] : [type];
    // What several types have in common is one shape, so that its code is there once.
    const known = new Map<string, ValueShape>();
    return { id, isAbstract, types: new Map(names.map((own) => [own.name, toFields(own, sets, known)])) };
  }

  function toFields(
    type: GraphQLCompositeType,
    sets: readonly SelectionSetNode[],
    known: Map<string, ValueShape>,
  ): FieldShape[] {
    return [...collectFields(scope, type, sets)].flatMap(([source, nodes]): FieldShape[] => {
      const key = scope.ownKeyOf(source);
      const fieldName = nodes[0]!.name.value;
      if (key === null) return [];
      if (fieldName === '__typename')
        return [{ kind: 'typename', key, typeName: isAbstractType(type) ? null : type.name }];
      if (type === root && isIntrospection(fieldName)) return [{ kind: 'introspection', key }];
      const field = 'getFields' in type ? type.getFields()[fieldName] : undefined;
      if (!field) return [];
      const name = `${String(field.type)} ${nodes.map(numberOf).join()}`;
      const value = known.get(name) ?? toValue(field.type, nodes);
      known.set(name, value);
      return [{ kind: 'value', key, source, typeName: type.name, fieldName, value }];
    });
  }

  function toValue(type: GraphQLOutputType, nodes: readonly FieldNode[], isNonNull = false): ValueShape {
    if (isNonNullType(type)) return toValue(type.ofType, nodes, true);
    if (isListType(type)) return { kind: 'list', isNonNull, item: toValue(type.ofType, nodes) };
    if (isLeafType(type)) return { kind: 'leaf', isNonNull, type };
    const shape = toObject(
      type,
      nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    );
    return { kind: 'object', isNonNull, shape };
  }
}

const numbers = new WeakMap<FieldNode, number>();
let last = 0;

/** Tells nodes apart by a number of their own. */
function numberOf(node: FieldNode): number {
  const known = numbers.get(node) ?? last++;
  numbers.set(node, known);
  return known;
}

/** The nodes of each field of these sets for an object of this type, by response key (CollectFields of the specification). */
export function collectFields(
  scope: CollectScope,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const collected = new Map<string, FieldNode[]>();
  for (const set of sets) collect(scope, type, set, collected);
  return collected;
}

/** Whether a field of the root type speaks of the schema. */
export function isIntrospection(fieldName: string): boolean {
  return fieldName === '__schema' || fieldName === '__type';
}

function collect(
  scope: CollectScope,
  type: GraphQLCompositeType,
  set: SelectionSetNode,
  collected: Map<string, FieldNode[]>,
  visited = new Set<string>(),
): void {
  for (const selection of set.selections) {
    if (!isIncluded(selection, scope.decided)) continue;
    if (selection.kind === Kind.FIELD) {
      const key = (selection.alias ?? selection.name).value;
      const known = collected.get(key);
      if (known) known.push(selection);
      else collected.set(key, [selection]);
      continue;
    }
    let fragment: InlineFragmentNode | FragmentDefinitionNode;
    if (selection.kind === Kind.INLINE_FRAGMENT) fragment = selection;
    else {
      const name = selection.name.value;
      const named = scope.fragments[name];
      if (visited.has(name) || !named) continue;
      visited.add(name);
      fragment = named;
    }
    const condition = fragment.typeCondition?.name.value;
    if (condition === undefined || applies(scope.schema, type, condition)) {
      collect(scope, type, fragment.selectionSet, collected, visited);
    }
  }
}

function applies(schema: GraphQLSchema, type: GraphQLCompositeType, condition: string): boolean {
  if (type.name === condition) return true;
  const above = schema.getType(condition);
  return isAbstractType(above) && !isUnionType(type) && schema.isSubType(above, type);
}

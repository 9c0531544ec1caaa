/** What an answer looks like, from the question itself, so that a table has its columns whatever was found. */

import {
  getDirectiveValues,
  getNamedType,
  getNullableType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import { isObject, type JsonObject } from './json.ts';
import type { Operation } from './operation.ts';

/** One name of the answer, with what stands below it. */
export interface Shape {
  readonly key: string;
  /** The type's name without list and `!`; null when this checkout's schema does not know it. */
  readonly type: string | null;
  readonly isList: boolean;
  /** Null for a plain value. */
  readonly fields: readonly Shape[] | null;
}

interface Asking {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: JsonObject;
}

/** The shapes of an operation's root fields; what the schema does not know is told by the answer. */
export function toShapes(
  { document, definition }: Operation,
  variables: JsonObject,
  schema: GraphQLSchema,
  data: JsonObject,
): readonly Shape[] {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  const root = schema.getRootType(definition.operation) ?? undefined;
  const defaults = (definition.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  const asking = { fragments, variables: { ...Object.fromEntries(defaults), ...variables } };
  return toFields([definition.selectionSet], root, asking, [data]);
}

function toFields(
  selections: readonly SelectionSetNode[],
  parent: GraphQLObjectType | undefined,
  asking: Asking,
  values: readonly JsonObject[],
): Shape[] {
  const byKey = new Map<string, { name: string; sets: SelectionSetNode[] }>();
  for (const set of selections) collect(set, asking, byKey);
  return [...byKey].map(([key, { name, sets }]) => {
    const definition: GraphQLField<unknown, unknown> | undefined = parent?.getFields()[name];
    const named = definition && getNamedType(definition.type);
    const below = values.map((value) => value[key]);
    return {
      key,
      type: named?.name ?? null,
      isList: definition ? isListType(getNullableType(definition.type)) : below.some(Array.isArray),
      fields:
        sets.length === 0
          ? null
          : toFields(sets, isObjectType(named) ? named : undefined, asking, below.flat().filter(isObject)),
    };
  });
}

function collect(
  { selections }: SelectionSetNode,
  asking: Asking,
  into: Map<string, { name: string; sets: SelectionSetNode[] }>,
): void {
  for (const node of selections) {
    if (!isIncluded(node, asking.variables)) continue;
    if (node.kind === Kind.FIELD) {
      const key = node.alias?.value ?? node.name.value;
      const known = into.get(key) ?? { name: node.name.value, sets: [] };
      into.set(key, { ...known, sets: [...known.sets, ...(node.selectionSet ? [node.selectionSet] : [])] });
    } else {
      const set =
        node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : asking.fragments.get(node.name.value)?.selectionSet;
      if (set) collect(set, asking, into);
    }
  }
}

function isIncluded(node: SelectionNode, variables: JsonObject): boolean {
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false
  );
}

/** A question without what one member's program lacks. */

import {
  getNamedType,
  getNullableType,
  getOperationAST,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import type { Capability } from '../../schema/horizontal/drift/capability.ts';
import { hiddenField, isHidden } from './hidden.ts';
import { conditionsOf, fragmentsOf, keyOf, type Condition } from './selection.ts';
import type { Unasked } from './unasked.ts';

/** What is left to ask, and what is not asked. */
export interface Fitted {
  readonly operation: OperationDefinitionNode;
  readonly unasked: readonly Unasked[];
}

/** Decides with which arguments a field is asked; null: not at all. */
export type Decide = (
  node: FieldNode,
  typeName: string,
  field: GraphQLField<unknown, unknown>,
) => readonly ArgumentNode[] | null;

interface Place {
  readonly path: readonly string[];
  readonly place: readonly string[];
  /** Of the fragments between the object and the field. */
  readonly conditions: readonly Condition[];
  /** What the hub asks for itself is no client's loss. */
  readonly isHidden: boolean;
}

/** Takes out what a member lacks. Fragments are written out where they stand, each with its own conditions. */
export function fit(schema: GraphQLSchema, document: DocumentNode, capability: Capability, decide: Decide): Fitted {
  const operation = getOperationAST(document)!;
  const fragments = fragmentsOf(document);
  const unasked: Unasked[] = [];

  const fitSet = (set: SelectionSetNode, type: GraphQLNamedType | undefined, at: Place): SelectionSetNode => {
    const selections = set.selections.flatMap((selection): SelectionNode[] => {
      const conditions = [...at.conditions, ...conditionsOf(selection.directives)];
      if (selection.kind === Kind.FIELD) return fitField(selection, type, { ...at, conditions });
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)!;
      const condition = fragment.typeCondition?.name.value;
      if (condition !== undefined && capability.lacksType(condition))
        return leaveOut(fragment.selectionSet, condition, at);
      const inner = condition === undefined ? type : schema.getType(condition);
      const own = fitSelections(fragment.selectionSet, inner, { ...at, conditions });
      if (own.length === 0) return [];
      return [
        {
          kind: Kind.INLINE_FRAGMENT,
          ...(fragment.typeCondition && { typeCondition: fragment.typeCondition }),
          ...(selection.directives && { directives: selection.directives }),
          selectionSet: { kind: Kind.SELECTION_SET, selections: own },
        },
      ];
    });
    return { ...set, selections };
  };
  const fitSelections = (set: SelectionSetNode, type: GraphQLNamedType | undefined, at: Place) =>
    fitSet(set, type, at).selections;

  const leaveOut = (set: SelectionSetNode, typeName: string, at: Place): [] => {
    for (const selection of set.selections) {
      const conditions = [...at.conditions, ...conditionsOf(selection.directives)];
      if (selection.kind === Kind.FIELD) tell(selection, typeName, { ...at, conditions });
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        leaveOut(selection.selectionSet, typeName, { ...at, conditions });
    }
    return [];
  };

  const tell = (node: FieldNode, typeName: string, { path, place, conditions, ...at }: Place): void => {
    const key = keyOf(node);
    const isOwn = at.isHidden || isHidden(key);
    unasked.push({ path, place, key, field: node.name.value, typeName, conditions, isHidden: isOwn });
  };

  const fitField = (node: FieldNode, type: GraphQLNamedType | undefined, at: Place): SelectionNode[] => {
    const name = node.name.value;
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (type && field && capability.lacksField(type.name, name)) {
      tell(node, type.name, at);
      return [];
    }
    const args = type && field ? decide(node, type.name, field) : (node.arguments ?? []);
    if (args === null) {
      tell(node, type!.name, at);
      return [];
    }
    if (!node.selectionSet) return [{ ...node, arguments: args }];
    const key = keyOf(node);
    const selections = fitSelections(node.selectionSet, field && getNamedType(field.type), {
      path: [...at.path, key],
      place:
        name === '_entities'
          ? at.place
          : [...at.place, key, ...(field && isListType(getNullableType(field.type)) ? ['@'] : [])],
      conditions: [],
      isHidden: at.isHidden || isHidden(key),
    });
    // Types that are all lacking leave nothing to ask an entity for.
    if (selections.length === 0 && name === '_entities') return [];
    const selectionSet: SelectionSetNode = {
      kind: Kind.SELECTION_SET,
      selections: selections.length > 0 ? selections : [hiddenField('__typename')],
    };
    return [{ ...node, arguments: args, selectionSet }];
  };

  const root = schema.getRootType(operation.operation) ?? undefined;
  const start: Place = { path: [], place: [], conditions: [], isHidden: false };
  return {
    operation: { ...operation, selectionSet: fitSet(operation.selectionSet, root, start) },
    unasked,
  };
}

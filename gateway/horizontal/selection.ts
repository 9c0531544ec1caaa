/** A selection set flattened by response key, with the conditions under which each use of a field counts. */

import {
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
  isInterfaceType,
  isUnionType,
} from 'graphql';

export type Variables = Readonly<Record<string, unknown>>;

/** One `@skip` or `@include`. */
export interface Condition {
  readonly include: boolean;
  readonly value: boolean | { readonly variable: string };
}

/** A field under one response key: all its uses, of which at least one must count. */
export interface CollectedField {
  readonly key: string;
  readonly name: string;
  readonly uses: readonly FieldUse[];
}

interface FieldUse {
  readonly node: FieldNode;
  readonly conditions: readonly Condition[];
}

/** Where selections come from: the contract's schema and the document's fragments. */
export interface SelectionScope {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** The fragments of a document by name. */
export function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

/** Collects the fields that an object of this type answers, in order of first appearance. */
export function collectFields(
  scope: SelectionScope,
  type: GraphQLObjectType,
  sets: readonly { readonly set: SelectionSetNode; readonly conditions: readonly Condition[] }[],
): CollectedField[] {
  const fields = new Map<string, { key: string; name: string; uses: FieldUse[] }>();
  const visit = (set: SelectionSetNode, conditions: readonly Condition[]) => {
    for (const selection of set.selections) {
      const own = [...conditions, ...conditionsOf(selection.directives)];
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const known = fields.get(key);
        const use = { node: selection, conditions: own };
        if (known) known.uses.push(use);
        else fields.set(key, { key, name: selection.name.value, uses: [use] });
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(scope, selection.typeCondition?.name.value, type)) visit(selection.selectionSet, own);
      } else {
        const fragment = scope.fragments.get(selection.name.value);
        if (fragment && applies(scope, fragment.typeCondition.name.value, type)) visit(fragment.selectionSet, own);
      }
    }
  };
  for (const { set, conditions } of sets) visit(set, conditions);
  return [...fields.values()];
}

/** The selection sets of all uses of a field, each with the conditions of its use. */
export function subselectionsOf(field: CollectedField) {
  return field.uses.flatMap(({ node, conditions }) =>
    node.selectionSet ? [{ set: node.selectionSet, conditions }] : [],
  );
}

/** Whether a field counts in a request: at least one of its uses has all its conditions met. */
export function isIncluded(field: CollectedField, variables: Variables): boolean {
  return field.uses.some(({ conditions }) => conditions.every((condition) => holds(condition, variables)));
}

/** Whether one condition is met. */
export function holds(condition: Condition, variables: Variables): boolean {
  const value = typeof condition.value === 'boolean' ? condition.value : variables[condition.value.variable] === true;
  return value === condition.include;
}

/** The conditions that a selection's directives state. */
export function conditionsOf(directives: readonly DirectiveNode[] | undefined): Condition[] {
  return (directives ?? []).flatMap((directive): Condition[] => {
    if (directive.name.value !== 'skip' && directive.name.value !== 'include') return [];
    const include = directive.name.value === 'include';
    const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
    if (value?.kind === Kind.BOOLEAN) return [{ include, value: value.value }];
    if (value?.kind === Kind.VARIABLE) return [{ include, value: { variable: value.name.value } }];
    return [];
  });
}

/** Whether a fragment on this type counts for an object of that type. */
export function applies({ schema }: SelectionScope, condition: string | undefined, type: GraphQLObjectType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const abstract = schema.getType(condition);
  return (isInterfaceType(abstract) || isUnionType(abstract)) && schema.isSubType(abstract, type);
}

/** A field's response key. */
export function keyOf({ alias, name }: FieldNode): string {
  return alias?.value ?? name.value;
}

/**
 * The question that one member can be asked: what its program does not have is taken out and told, a field whose filter or
 * argument it would not understand goes as a whole. A filter is never dropped, and neither is the rest of the question.
 */

import {
  getNamedType,
  getOperationAST,
  isInputType,
  isInterfaceType,
  isListType,
  getNullableType,
  isObjectType,
  Kind,
  print,
  typeFromAST,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import type { Capability } from '../../schema/horizontal/drift/capability.ts';
import { hiddenField, hiddenPrefix } from './hidden.ts';
import { narrow, type NarrowedQuestion, type Narrowing } from './narrow.ts';
import { conditionsOf, fragmentsOf, type Condition, type Variables } from './selection.ts';
import { argumentsFor, isSensitive, isSensitiveType, valueFor } from './told-values.ts';
import { isWanted, type Unasked } from './unasked.ts';

/** What one member is asked of a question. */
export interface CapableQuestion extends NarrowedQuestion {
  /** Response keys of the root fields that it is asked for; empty when it is asked nothing. */
  readonly roots: readonly string[];
  readonly unasked: readonly Unasked[];
  /** The values of the variables as they are told to it. */
  readonly variables: Variables;
}

/** Fits a question to a member. */
export type Fit = (capability: Capability, narrowing: Narrowing, variables: Variables) => CapableQuestion;

/** Compiles a question once; what it comes to is kept by what members lack, and by which arguments they are told. */
export function compileCapable(schema: GraphQLSchema, document: DocumentNode): Fit {
  const byDigest = new Map<string, ReturnType<typeof compileFor>>();
  return (capability, narrowing, variables) => {
    const known = byDigest.get(capability.digest) ?? compileFor(schema, document, capability);
    byDigest.set(capability.digest, known);
    return known(narrowing, variables);
  };
}

/** A question without what a member lacks, before it is narrowed to root fields. */
interface Fitted {
  readonly operation: OperationDefinitionNode;
  readonly unasked: readonly Unasked[];
  readonly narrowed: Map<string, NarrowedQuestion>;
}

function compileFor(schema: GraphQLSchema, document: DocumentNode, capability: Capability) {
  const points = new Map<FieldNode, { readonly typeName: string; readonly field: GraphQLField<unknown, unknown> }>();
  fit(schema, document, capability, (node, typeName, field) => {
    if (isSensitive(capability, typeName, field)) points.set(node, { typeName, field });
    return node.arguments ?? [];
  });
  const told = sensitiveVariables(schema, document, capability);
  const variants = new Map<string, Fitted>();
  return ({ roots, without }: Narrowing, variables: Variables): CapableQuestion => {
    const outcomes = new Map(
      [...points].map(([node, { typeName, field }]) => [
        node,
        argumentsFor(capability, typeName, field, node, variables),
      ]),
    );
    // Arguments as the question writes them: no variable's value is ever part of it.
    const variant = [...outcomes.values()].map((own) => own?.map(print).join(' ') ?? '-').join('\n');
    const fitted =
      variants.get(variant) ??
      fit(schema, document, capability, (node) => {
        const outcome = outcomes.get(node);
        return outcome === undefined ? (node.arguments ?? []) : outcome;
      });
    variants.set(variant, fitted);
    const asked = [...roots].filter((key) => asksRoot(fitted.operation.selectionSet, key));
    const unasked = fitted.unasked.filter(
      ({ path, key, ...own }) =>
        roots.has(path[0] ?? key) &&
        !(path.length === 1 && path[0] === '_entities' && without.has(key)) &&
        isWanted({ path, key, ...own }, variables),
    );
    const own = { ...variables };
    for (const [name, type] of told) if (name in own) own[name] = valueFor(capability, type, own[name]);
    if (asked.length === 0) return { text: '', used: new Set(), roots: [], unasked, variables: own };
    const name = `${asked.join(' ')}-${[...without].join(' ')}`;
    const question =
      fitted.narrowed.get(name) ??
      narrow(fitted.operation, { kind: Kind.DOCUMENT, definitions: [] }, { roots: new Set(asked), without });
    fitted.narrowed.set(name, question);
    return { ...question, roots: asked, unasked, variables: own };
  };
}

/** Entities that are asked for nothing but their keys are not asked for. */
function asksRoot(set: SelectionSetNode, key: string): boolean {
  return set.selections.some((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return asksRoot(selection.selectionSet, key);
    if (selection.kind !== Kind.FIELD || keyOf(selection) !== key) return false;
    return key !== '_entities' || asksAnything(selection.selectionSet);
  });
}

function asksAnything(set: SelectionSetNode | undefined): boolean {
  return (set?.selections ?? []).some((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return asksAnything(selection.selectionSet);
    return selection.kind === Kind.FIELD && !keyOf(selection).startsWith(hiddenPrefix);
  });
}

/** Decides with which arguments a field is asked; null: not at all. */
type Decide = (
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

function fit(schema: GraphQLSchema, document: DocumentNode, capability: Capability, decide: Decide): Fitted {
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

  const tell = (node: FieldNode, typeName: string, { path, place, conditions, isHidden }: Place): void => {
    const key = keyOf(node);
    const isOwn = isHidden || key.startsWith(hiddenPrefix);
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
      isHidden: at.isHidden || key.startsWith(hiddenPrefix),
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
    narrowed: new Map(),
  };
}

/** Variables whose values may hold what the member does not know, with their types. */
function sensitiveVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  capability: Capability,
): (readonly [string, GraphQLInputType])[] {
  return (getOperationAST(document)!.variableDefinitions ?? []).flatMap(({ variable, type: node }) => {
    const type = typeFromAST(schema, node);
    if (!isInputType(type) || !isSensitiveType(capability, type)) return [];
    return [[variable.name.value, type] as const];
  });
}

function keyOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}

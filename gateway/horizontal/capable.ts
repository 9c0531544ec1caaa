/**
 * The question that one member can be asked: what its program does not have is taken out and told, a field whose filter or
 * argument it would not understand goes as a whole. A filter is never dropped, and neither is the rest of the question.
 */

import {
  getOperationAST,
  isInputType,
  Kind,
  print,
  typeFromAST,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

import type { Capability } from '../../schema/horizontal/drift/capability.ts';
import { fit, type Fitted } from './fitted.ts';
import { isHidden } from './hidden.ts';
import { narrow, type NarrowedQuestion, type Narrowing } from './narrow.ts';
import { keyOf, type Variables } from './selection.ts';
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

/** A fitted question, and what was made of it for some of its root fields. */
interface Variant extends Fitted {
  readonly narrowed: Map<string, NarrowedQuestion>;
}

function compileFor(schema: GraphQLSchema, document: DocumentNode, capability: Capability) {
  const points = new Map<FieldNode, { readonly typeName: string; readonly field: GraphQLField<unknown, unknown> }>();
  fit(schema, document, capability, (node, typeName, field) => {
    if (isSensitive(capability, typeName, field)) points.set(node, { typeName, field });
    return node.arguments ?? [];
  });
  const told = sensitiveVariables(schema, document, capability);
  const variants = new Map<string, Variant>();
  return ({ roots, without }: Narrowing, variables: Variables): CapableQuestion => {
    const outcomes = new Map(
      [...points].map(([node, { typeName, field }]) => [
        node,
        argumentsFor(capability, typeName, field, node, variables),
      ]),
    );
    // Arguments as the question writes them: no variable's value is ever part of it.
    const variant = [...outcomes.values()].map((own) => own?.map(print).join(' ') ?? '-').join('\n');
    const fitted = variants.get(variant) ?? {
      ...fit(schema, document, capability, (node) => {
        const outcome = outcomes.get(node);
        return outcome === undefined ? (node.arguments ?? []) : outcome;
      }),
      narrowed: new Map<string, NarrowedQuestion>(),
    };
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
      narrow(
        withoutDefaults(fitted.operation, told),
        { kind: Kind.DOCUMENT, definitions: [] },
        { roots: new Set(asked), without },
      );
    fitted.narrowed.set(name, question);
    return { ...question, roots: asked, unasked, variables: own };
  };
}

/** Variables come with the operation's defaults filled in; a default written out could hold what the member does not know. */
function withoutDefaults(
  operation: OperationDefinitionNode,
  told: readonly (readonly [string, GraphQLInputType])[],
): OperationDefinitionNode {
  const names = new Set(told.map(([name]) => name));
  const variableDefinitions = (operation.variableDefinitions ?? []).map((definition) => {
    if (!names.has(definition.variable.name.value)) return definition;
    const { kind, variable, type } = definition;
    return { kind, variable, type };
  });
  return { ...operation, variableDefinitions };
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
    return selection.kind === Kind.FIELD && !isHidden(keyOf(selection));
  });
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

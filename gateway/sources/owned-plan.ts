/** A fetch from a subgraph whose entities have one holder each: its parts, and the questions made of them. */

import {
  getOperationAST,
  Kind,
  valueFromASTUntyped,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

import { compileAnswerCheck, type CheckAnswer } from '../horizontal/answer-check.ts';
import { hiddenField, withHidden } from '../horizontal/hidden.ts';
import { narrow, type NarrowedQuestion } from '../horizontal/narrow.ts';
import type { Variables } from '../horizontal/selection.ts';
import { withDefaults } from '../horizontal/variables.ts';

/** One root field of the fetch. */
export interface OwnedRoot {
  readonly key: string;
  readonly name: string;
  isIncluded(variables: Variables): boolean;
  argsOf(variables: Variables): Readonly<Record<string, unknown>>;
}

export interface OwnedPlan {
  readonly isEntities: boolean;
  readonly roots: readonly OwnedRoot[];
  /** Takes out of an answer what does not conform. */
  readonly check: CheckAnswer;
  /** Variables with the operation's defaults filled in. */
  complete(variables: Variables): Record<string, unknown>;
  /** The question with these root fields only. */
  questionFor(keys: readonly string[]): NarrowedQuestion;
}

/** The entity types that such a subgraph answers about. */
export interface OwnedTypes {
  readonly schema: GraphQLSchema;
  readonly names: readonly string[];
  readonly keyFieldsOf: (typeName: string) => readonly string[];
}

/** Compiles a fetch; entities are asked to echo their type and keys. */
export function compileOwned(document: DocumentNode, types: OwnedTypes): OwnedPlan {
  const prepared = withEchoedKeys(document, types.keyFieldsOf);
  const operation = getOperationAST(prepared)!;
  const roots = rootsOf(operation);
  const questions = new Map<string, NarrowedQuestion>();
  return {
    isEntities: roots.some((root) => root.name === '_entities'),
    roots,
    check: compileAnswerCheck(types.schema, prepared, types.names),
    complete: (variables) => withDefaults(operation, variables),
    questionFor(keys) {
      const name = keys.join(' ');
      const known = questions.get(name) ?? narrow(operation, prepared, new Set(keys));
      questions.set(name, known);
      return known;
    },
  };
}

function rootsOf(operation: OperationDefinitionNode): OwnedRoot[] {
  return operation.selectionSet.selections.flatMap((selection): OwnedRoot[] => {
    if (selection.kind !== Kind.FIELD) return [];
    return [
      {
        key: selection.alias?.value ?? selection.name.value,
        name: selection.name.value,
        isIncluded: (variables) =>
          (selection.directives ?? []).every((directive) => {
            const condition = directive.arguments?.[0]?.value;
            const value = condition ? valueFromASTUntyped(condition, variables) : undefined;
            if (directive.name.value === 'skip') return value !== true;
            return directive.name.value !== 'include' || value === true;
          }),
        argsOf: (variables) =>
          Object.fromEntries(
            (selection.arguments ?? []).map((argument) => [
              argument.name.value,
              valueFromASTUntyped(argument.value, variables),
            ]),
          ),
      },
    ];
  });
}

function withEchoedKeys(document: DocumentNode, keyFieldsOf: (typeName: string) => readonly string[]): DocumentNode {
  const echo = (typeName: string) => [
    hiddenField('__typename'),
    ...keyFieldsOf(typeName).map((name) => hiddenField(name)),
  ];
  return visit(document, {
    Field(node) {
      if (node.name.value !== '_entities' || !node.selectionSet) return undefined;
      const selections = node.selectionSet.selections.map((selection) =>
        selection.kind === Kind.INLINE_FRAGMENT && selection.typeCondition
          ? {
              ...selection,
              selectionSet: withHidden(selection.selectionSet, ...echo(selection.typeCondition.name.value)),
            }
          : selection,
      );
      return { ...node, selectionSet: { ...node.selectionSet, selections } };
    },
  });
}

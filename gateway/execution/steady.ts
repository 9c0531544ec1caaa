/**
 * Gives selection sets something that is always asked. Where every field of an object has a condition that does not hold,
 * the stock executor answers null in place of the empty object: "it is not there" in place of "you asked for nothing of it".
 */

import { Kind, visit, type DocumentNode, type FieldNode, type SelectionNode } from 'graphql';

import { hiddenPrefix } from '../horizontal/hidden.ts';
import type { ExecutedAnswer } from './finish.ts';

const steadyKey = `${hiddenPrefix}steady`;

const steadyField: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: steadyKey },
  name: { kind: Kind.NAME, value: '__typename' },
};

const rewritten = new WeakMap<DocumentNode, DocumentNode>();

/** The same document, always the same object for it, whose fields each select something without a condition. */
export function steadied(document: DocumentNode): DocumentNode {
  const known =
    rewritten.get(document) ??
    visit(document, {
      Field(node) {
        if (!node.selectionSet || node.selectionSet.selections.some(isSteady)) return undefined;
        const selections = [...node.selectionSet.selections, steadyField];
        return { ...node, selectionSet: { ...node.selectionSet, selections } };
      },
    });
  rewritten.set(document, known);
  return known;
}

/** An answer to a steadied document, without what the client did not ask for. */
export function withoutSteadying({ data, ...answer }: ExecutedAnswer): ExecutedAnswer {
  return { ...answer, ...(data !== undefined && { data: stripped(data) as typeof data }) };
}

function isSteady(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && (selection.directives?.length ?? 0) === 0;
}

function stripped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripped);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== steadyKey);
  return Object.fromEntries(kept.map(([key, own]) => [key, stripped(own)]));
}

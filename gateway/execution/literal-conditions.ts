/** Decides literal `@skip` and `@include` before planning: below a condition that it hoists, the stock planner loses them. */

import { Kind, visit, type DirectiveNode, type DocumentNode, type FieldNode } from 'graphql';

/** The same document without literal conditions and what they exclude. */
export function withoutLiteralConditions(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field: decide,
    InlineFragment: decide,
    FragmentSpread: decide,
    // A selection set must not be empty.
    SelectionSet: { leave: (set) => (set.selections.length > 0 ? undefined : { ...set, selections: [excluded] }) },
  });
}

/** A selection that never counts, where there has to be one. */
export const excluded: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
  directives: [
    {
      kind: Kind.DIRECTIVE,
      name: { kind: Kind.NAME, value: 'include' },
      arguments: [
        {
          kind: Kind.ARGUMENT,
          name: { kind: Kind.NAME, value: 'if' },
          value: { kind: Kind.BOOLEAN, value: false },
        },
      ],
    },
  ],
};

function decide<Node extends { readonly directives?: readonly DirectiveNode[] }>(node: Node): Node | null | undefined {
  const literal = (node.directives ?? []).filter((directive) => literalOf(directive) !== undefined);
  if (literal.length === 0) return undefined;
  if (literal.some((directive) => literalOf(directive) !== (directive.name.value === 'include'))) return null;
  return { ...node, directives: node.directives?.filter((directive) => !literal.includes(directive)) };
}

function literalOf({ name, arguments: given }: DirectiveNode): boolean | undefined {
  const value = given?.[0]?.value;
  return ['skip', 'include'].includes(name.value) && value?.kind === Kind.BOOLEAN ? value.value : undefined;
}

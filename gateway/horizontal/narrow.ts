/** A document with some of its root fields only, and only the variables and fragments that those use. */

import {
  Kind,
  print,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import { fragmentsOf, keyOf } from './selection.ts';

/** A question as text, and the variables it uses. */
export interface NarrowedQuestion {
  readonly text: string;
  readonly used: ReadonlySet<string>;
}

/** What stays of a document. */
export interface Narrowing {
  /** Response keys of the root fields that stay. */
  readonly roots: ReadonlySet<string>;
  /** Response keys that go from the entities of an `_entities` field. */
  readonly without: ReadonlySet<string>;
}

/** Narrows a document to what is asked of one member. */
export function narrow(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  { roots, without }: Narrowing,
): NarrowedQuestion {
  const all = fragmentsOf(document);
  const selections = rootSelections(operation.selectionSet, all)
    .filter(({ field }) => roots.has(keyOf(field)))
    .map(({ selection }) => (without.size === 0 ? selection : withoutFields(selection, without)));
  const kept: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: [],
    selectionSet: { ...operation.selectionSet, selections },
  };
  const fragments = usedFragments(kept, all);
  const used = new Set<string>();
  const body: DocumentNode = { kind: Kind.DOCUMENT, definitions: [kept, ...fragments] };
  visit(body, { Variable: (node) => void used.add(node.name.value) });
  const variableDefinitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
    used.has(variable.name.value),
  );
  const text = print({ kind: Kind.DOCUMENT, definitions: [{ ...kept, variableDefinitions }, ...fragments] });
  return { text, used };
}

interface RootSelection {
  readonly field: FieldNode;
  readonly selection: SelectionNode;
}

/** The root fields one by one, each inside the fragments (and their conditions) that it stands in. */
function rootSelections(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): RootSelection[] {
  return set.selections.flatMap((selection): RootSelection[] => {
    if (selection.kind === Kind.FIELD) return [{ field: selection, selection }];
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection.selectionSet
        : fragments.get(selection.name.value)?.selectionSet;
    if (!inner) return [];
    return rootSelections(inner, fragments).map(({ field, selection: own }) => ({
      field,
      selection: {
        kind: Kind.INLINE_FRAGMENT,
        ...(selection.directives && { directives: selection.directives }),
        selectionSet: { kind: Kind.SELECTION_SET, selections: [own] },
      },
    }));
  });
}

/** Takes fields out of the entities below an `_entities` field. */
function withoutFields(selection: SelectionNode, without: ReadonlySet<string>): SelectionNode {
  let depth = 0;
  return visit(selection, {
    Field: {
      enter(field) {
        depth += 1;
        return depth === 2 && without.has(keyOf(field)) ? ((depth -= 1), null) : undefined;
      },
      leave() {
        depth -= 1;
      },
    },
  });
}

function usedFragments(
  operation: OperationDefinitionNode,
  all: ReadonlyMap<string, FragmentDefinitionNode>,
): FragmentDefinitionNode[] {
  const used = new Set<FragmentDefinitionNode>();
  const follow = (node: OperationDefinitionNode | FragmentDefinitionNode) => {
    visit(node, {
      FragmentSpread(spread) {
        const fragment = all.get(spread.name.value);
        if (!fragment || used.has(fragment)) return;
        used.add(fragment);
        follow(fragment);
      },
    });
  };
  follow(operation);
  return [...used];
}

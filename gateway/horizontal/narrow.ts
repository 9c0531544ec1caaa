/** A document with some of its root fields only, and only the variables and fragments that those use. */

import {
  Kind,
  print,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';

/** A question as text, and the variables it uses. */
export interface NarrowedQuestion {
  readonly text: string;
  readonly used: ReadonlySet<string>;
}

/** Keeps the root fields with these response keys. */
export function narrow(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  keys: ReadonlySet<string>,
): NarrowedQuestion {
  const selections = operation.selectionSet.selections.filter(
    (selection) => selection.kind !== Kind.FIELD || keys.has(selection.alias?.value ?? selection.name.value),
  );
  const kept: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: [],
    selectionSet: { ...operation.selectionSet, selections },
  };
  const fragments = usedFragments(kept, document);
  const used = new Set<string>();
  const body: DocumentNode = { kind: Kind.DOCUMENT, definitions: [kept, ...fragments] };
  visit(body, { Variable: (node) => void used.add(node.name.value) });
  const variableDefinitions = (operation.variableDefinitions ?? []).filter((definition) =>
    used.has(definition.variable.name.value),
  );
  const text = print({ kind: Kind.DOCUMENT, definitions: [{ ...kept, variableDefinitions }, ...fragments] });
  return { text, used };
}

function usedFragments(operation: OperationDefinitionNode, document: DocumentNode): FragmentDefinitionNode[] {
  const all = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
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

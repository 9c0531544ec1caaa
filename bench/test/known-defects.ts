/** What Hive Gateway's default planner gets wrong by itself, whatever the subgraphs answer; docs/other-engines.md tells of it. */

import { Kind, parse, type DirectiveNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/**
 * Whether a question meets one of them: a field that is selected twice, once of them under a condition, where the planner
 * keeps only one of the two; or a key under a condition, without which it cannot go on to another subgraph.
 */
export function meetsKnownDefect(query: string): boolean {
  const { definitions } = parse(query);
  const fragments = new Map(
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])),
  );
  const uses = new Map<string, boolean[]>();
  for (const one of definitions) {
    if (one.kind === Kind.OPERATION_DEFINITION) follow(one.selectionSet, '', false, fragments, uses);
  }
  return [...uses].some(([path, conditional]) => {
    if (!conditional.includes(true)) return false;
    return conditional.length > 1 || keys.includes(path.split(' ').at(-1)!);
  });
}

const keys: readonly string[] = ['id', 'number', 'caseNumber'];

function follow(
  { selections }: SelectionSetNode,
  above: string,
  isConditional: boolean,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  uses: Map<string, boolean[]>,
): void {
  for (const selection of selections) {
    const conditional = isConditional || hasCondition(selection.directives);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      follow(fragments.get(selection.name.value)!.selectionSet, above, conditional, fragments, uses);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      follow(selection.selectionSet, above, conditional, fragments, uses);
    } else {
      const path = `${above}.${selection.alias?.value ?? ''} ${selection.name.value}`;
      uses.set(path, [...(uses.get(path) ?? []), conditional]);
      if (selection.selectionSet) follow(selection.selectionSet, path, conditional, fragments, uses);
    }
  }
}

function hasCondition(directives: readonly DirectiveNode[] | undefined): boolean {
  return (directives ?? []).some(({ name }) => name.value === 'skip' || name.value === 'include');
}

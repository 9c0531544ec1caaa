/** A supergraph with the addresses of its subgraphs, for engines that find them there. */

import { Kind, parse, print, visit, type ConstDirectiveNode, type EnumValueDefinitionNode } from 'graphql';

/** The supergraph with each subgraph's address in `@join__graph(url:)`; throws for a subgraph that has none. */
export function withAddresses(supergraphSdl: string, addresses: ReadonlyMap<string, string>): string {
  const addressed = visit(parse(supergraphSdl, { noLocation: true }), {
    EnumValueDefinition(node) {
      const name = nameOf(node);
      if (name === null) return undefined;
      const address = addresses.get(name);
      if (address === undefined) throw new Error(`The supergraph has a subgraph "${name}" without an address.`);
      return { ...node, directives: node.directives?.map((directive) => withUrl(directive, address)) };
    },
  });
  return `${print(addressed)}\n`;
}

/** The subgraph that a value of `join__Graph` stands for; null for values of other enums. */
function nameOf({ directives = [] }: EnumValueDefinitionNode): string | null {
  const given = directives
    .find(({ name }) => name.value === 'join__graph')
    ?.arguments?.find(({ name }) => name.value === 'name')?.value;
  return given?.kind === Kind.STRING ? given.value : null;
}

function withUrl(directive: ConstDirectiveNode, address: string): ConstDirectiveNode {
  if (directive.name.value !== 'join__graph') return directive;
  return {
    ...directive,
    arguments:
      directive.arguments?.map((argument) =>
        argument.name.value === 'url' ? { ...argument, value: { kind: Kind.STRING, value: address } } : argument,
      ) ?? [],
  };
}

/** Clients may not use the hub's own response keys: two meanings under one key would mix up answers. */

import { GraphQLError, type ASTNode, type ASTVisitor, type ValidationContext } from 'graphql';

import { hiddenPrefix } from '../horizontal/hidden.ts';

/** Refuses aliases and variables that begin with the reserved prefix. */
export function reservedNames(context: ValidationContext): ASTVisitor {
  const refuse = (name: string, node: ASTNode) => {
    context.reportError(
      new GraphQLError(`"${name}" begins with "${hiddenPrefix}", which is reserved to the hub. Choose another name.`, {
        nodes: node,
      }),
    );
  };
  return {
    Field(node) {
      if (node.alias?.value.startsWith(hiddenPrefix)) refuse(node.alias.value, node);
    },
    VariableDefinition(node) {
      const name = node.variable.name.value;
      if (name.startsWith(hiddenPrefix)) refuse(name, node);
    },
  };
}

/** Questions about the schema itself, which the hub answers alone. */

import {
  executeSync,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
} from 'graphql';

import type { Variables } from '../../horizontal/selection.ts';
import type { Row } from './places.ts';
import { collectFields, isIntrospection, type CollectScope } from './selection.ts';

/** Answers the fields of an operation that speak of the schema, under the client's own keys; null when it has none. */
export function compileIntrospection(
  scope: CollectScope,
  operation: OperationDefinitionNode,
): ((variables: Variables) => Row) | null {
  const { schema, fragments } = scope;
  if (operation.operation !== OperationTypeNode.QUERY) return null;
  const fields = collectFields(scope, schema.getQueryType()!, [operation.selectionSet]);
  const nodes = [...fields.values()].filter(([node]) => node && isIntrospection(node.name.value)).flat();
  if (nodes.length === 0) return null;
  const document = toDocument(operation, nodes, Object.values(fragments));
  const ask = (variableValues: Variables) => executeSync({ schema, document, variableValues }).data ?? {};
  if (operation.variableDefinitions?.length) return ask;
  let known: Row | undefined;
  return () => (known ??= ask({}));
}

function toDocument(
  operation: OperationDefinitionNode,
  selections: readonly FieldNode[],
  fragments: DocumentNode['definitions'],
): DocumentNode {
  const own = { ...operation, selectionSet: { kind: Kind.SELECTION_SET as const, selections } };
  return { kind: Kind.DOCUMENT, definitions: [own, ...fragments] };
}

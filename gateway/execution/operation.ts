/** A request has to name one operation, and of a kind that the graph has. */

import { GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';

/** What is wrong with the choice of operation; undefined when it can be planned. */
export function operationFault(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode | undefined,
): GraphQLError | undefined {
  if (!operation) return fault('Name the operation to run: operationName has to be one of those in the document.');
  if (schema.getRootType(operation.operation)) return undefined;
  return fault(`This graph has no ${operation.operation}s. Ask a query.`);
}

function fault(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } });
}

/** What Apollo Server hands to a gateway's executor, as far as executors read it. */

import { createHash } from 'node:crypto';

import type { GatewayExecutor } from '@apollo/server-gateway-interface';
import { getOperationAST, type DocumentNode, type GraphQLSchema } from 'graphql';

type Request = Parameters<GatewayExecutor>[0];

export interface Asked {
  readonly document: DocumentNode;
  readonly schema: GraphQLSchema;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly context: object;
}

/** The request of an operation that has been parsed and held against the schema. */
export function toExecutorRequest({ document, schema, query, variables = {}, context }: Asked): Request {
  const silent = () => undefined;
  return {
    document,
    schema,
    schemaHash: 'of a test' as Request['schemaHash'],
    operation: getOperationAST(document)!,
    operationName: null,
    queryHash: createHash('sha256').update(query).digest('hex'),
    source: query,
    request: { query, variables },
    context,
    metrics: {},
    overallCachePolicy: null,
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    cache: {
      get: () => Promise.resolve(undefined),
      set: () => Promise.resolve(),
      delete: () => Promise.resolve(false),
    },
  };
}

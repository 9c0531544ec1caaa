/** The stock planner, taken out of the stock gateway, which loads it and puts another in its place when the supergraph changes. */

import type { ApolloGateway } from '@apollo/gateway';
import { operationFromDocument, Schema } from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import { isSchema, type DocumentNode, type GraphQLSchema } from 'graphql';

export interface Planner {
  /** The supergraph, with what clients cannot see. */
  readonly schema: GraphQLSchema;
  /** Throws GraphQLError when the planner refuses the operation. */
  plan(document: DocumentNode, operationName: string | undefined): QueryPlan;
}

/**
 * The planner that a loaded gateway has now; the same object as long as it is the same. It reads private members, which a test
 * holds to the pinned version; throws when they are not what they were.
 */
export function createPlannerOf(gateway: ApolloGateway): () => Planner {
  let known: { readonly stock: QueryPlanner; readonly planner: Planner } | null = null;
  return () => {
    const stock: unknown = Reflect.get(gateway, 'queryPlanner');
    if (known?.stock === stock && known) return known.planner;
    const apiSchema: unknown = Reflect.get(gateway, 'apiSchema');
    const schema: unknown = Reflect.get(gateway, 'supergraphSchema');
    if (!(stock instanceof QueryPlanner) || !(apiSchema instanceof Schema) || !isSchema(schema)) {
      throw new Error('The stock gateway keeps its planner and its schemas elsewhere than its pinned version did.');
    }
    const planner: Planner = {
      schema,
      plan: (document, operationName) =>
        stock.buildQueryPlan(
          operationFromDocument(apiSchema, document, operationName === undefined ? {} : { operationName }),
        ),
    };
    known = { stock, planner };
    return planner;
  };
}

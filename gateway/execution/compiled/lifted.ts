/** Errors of a subgraph, as errors of the client's answer. */

import type { FetchNode } from '@apollo/query-planner';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import { rewrittenPath } from './rewrites.ts';

type Path = readonly (string | number)[];

/**
 * One error for each place that it concerns. A path into `_entities` becomes the paths of the objects that the representation stands for;
 * any other is below the fetch's own. An error without a path has that of the fetch.
 */
export function liftError(
  error: GraphQLFormattedError,
  {
    path,
    node,
    pathsOf,
  }: {
    readonly path: readonly string[];
    readonly node: FetchNode;
    /** Where the objects of this representation stand. */
    readonly pathsOf: (place: number) => readonly Path[];
  },
): GraphQLError[] {
  const given = error.path ?? [];
  if (!node.requires) return [toError(error, [...path, ...rewrittenPath(given, node.outputRewrites)])];
  const [root, place, ...rest] = given;
  const below = rewrittenPath(rest, node.outputRewrites);
  const owners = root === '_entities' && typeof place === 'number' ? pathsOf(place) : [];
  if (owners.length === 0) return [toError(error, path)];
  return owners.map((owner) => toError(error, [...owner, ...below]));
}

/** What a source throws is told at the path of its fetch. */
export function toThrown(error: unknown, path: readonly string[]): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(cause.message, { originalError: cause, ...(path.length > 0 && { path }) });
}

function toError(error: GraphQLFormattedError, path: Path): GraphQLError {
  return new GraphQLError(error.message, {
    ...(path.length > 0 && { path }),
    ...(error.extensions && { extensions: error.extensions }),
    ...(error instanceof Error && { originalError: error }),
  });
}

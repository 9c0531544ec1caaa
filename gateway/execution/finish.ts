/** Ends every answer: the request's ledger becomes `errors` and `extensions`, and what the stock executor hides is told. */

import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import { HubError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';

export interface ExecutedAnswer {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLError[];
  extensions?: Record<string, unknown>;
}

/** The answer with the ledger's errors and coverage, with paths that hold, and without names of our parts. */
export function finishAnswer(answer: ExecutedAnswer, ledger: Ledger): ExecutedAnswer {
  const told = ledger.errors();
  const { valueCompletion, ...extensions } = answer.extensions ?? {};
  const own = [...(answer.errors ?? []).map(withoutParts), ...completionErrors(valueCompletion, told)];
  const errors = [...told, ...own];
  const coverage = ledger.coverage();
  return {
    ...('data' in answer && { data: answer.data ?? null }),
    ...(errors.length > 0 && { errors }),
    extensions: { ...extensions, ...(coverage.length > 0 && { coverage }) },
  };
}

/** The stock executor adds the subgraph's name, and `@` where a list's index belongs. */
function withoutParts(error: GraphQLError): GraphQLError {
  // A fault of our own may arrive as any error at all.
  const given = (error as Partial<GraphQLError>).extensions ?? {};
  const extensions = Object.fromEntries(Object.entries(given).filter(([name]) => name !== 'serviceName'));
  const list = error.path?.indexOf('@') ?? -1;
  const path = list >= 0 ? error.path!.slice(0, list) : error.path;
  const code = error.originalError instanceof HubError ? error.originalError.code : extensions['code'];
  return new GraphQLError(error.message, {
    ...(path && { path }),
    extensions: { ...extensions, code: code ?? 'INTERNAL' },
    ...(error.originalError && { originalError: error.originalError }),
  });
}

/** Null where the schema allows none: told as an error, unless the ledger has told why already. */
function completionErrors(completion: unknown, told: readonly GraphQLError[]): GraphQLError[] {
  if (!Array.isArray(completion) || told.length > 0) return [];
  return (completion as GraphQLFormattedError[]).map(
    (error) =>
      new GraphQLError('A value is missing, or is not of its type.', {
        ...(error.path && { path: error.path }),
        extensions: { code: 'MISSING_VALUE' },
      }),
  );
}

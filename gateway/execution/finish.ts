/** Ends every answer: the request's ledger becomes `errors` and `extensions`, and what is missing is told. */

import { GraphQLError } from 'graphql';

import { HubError } from '../errors.ts';
import type { Ledger, ResponsePath } from '../ledger/ledger.ts';

export interface ExecutedAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors: readonly GraphQLError[];
  /** Where a value is null that must not be, or was not of its type. */
  readonly missing: readonly ResponsePath[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface FinishedAnswer {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLError[];
  extensions?: Record<string, unknown>;
}

/** The answer with the ledger's errors and coverage, with paths that hold, and without names of our parts. */
export function finishAnswer(answer: ExecutedAnswer, ledger: Ledger): FinishedAnswer {
  const told = [...ledger.errors(), ...answer.errors.map(withoutParts)];
  // Whoever failed to give a value has told why already.
  const errors = told.length > 0 ? told : answer.missing.map(toMissing);
  const coverage = ledger.coverage();
  return {
    ...(answer.data !== undefined && { data: answer.data }),
    ...(errors.length > 0 && { errors }),
    extensions: { ...answer.extensions, ...(coverage.length > 0 && { coverage }) },
  };
}

/** The stock executor adds the subgraph's name; `@` stands where a list's index is not known. */
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

function toMissing(path: ResponsePath): GraphQLError {
  return new GraphQLError('A value is missing, or is not of its type.', {
    path,
    extensions: { code: 'MISSING_VALUE' },
  });
}

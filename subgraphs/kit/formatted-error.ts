import { withoutLongNumbers } from '../../common/long-numbers.ts';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/**
 * What an asker may see of an error. One with a code was meant for the caller; a failure of a resolver without one is ours,
 * told to `onFault` and shown as `INTERNAL` alone. What graphql-js itself finds wrong with a question is `codeByDefault`.
 */
export function toFormattedError(
  error: GraphQLError,
  onFault: (error: Error) => void,
  codeByDefault = 'BAD_USER_INPUT',
): GraphQLFormattedError {
  const { locations, path } = error.toJSON();
  const place = { ...(locations && { locations }), ...(path && { path }) };
  if (error.extensions.code === undefined && isOurs(error)) {
    onFault(error.originalError ?? error);
    return { message: 'Internal error', ...place, extensions: { code: 'INTERNAL' } };
  }
  const code = error.extensions.code ?? codeByDefault;
  return { message: withoutLongNumbers(error.message), ...place, extensions: { ...error.extensions, code } };
}

/**
 * Only what happens in a field has a path: before that, the question or its variables are wrong. In a field graphql-js
 * points at the nodes of an argument that is wrong, and at none when a resolver or its answer is.
 */
function isOurs({ path, originalError }: GraphQLError): boolean {
  if (path === undefined) return false;
  return !(originalError instanceof GraphQLError && originalError.nodes !== undefined);
}

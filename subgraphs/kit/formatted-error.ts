import type { GraphQLError, GraphQLFormattedError } from 'graphql';

/**
 * What an asker may see of an error. One with a code was meant for the caller; any other is ours, told to `onFault` and
 * shown as `INTERNAL` alone. What graphql-js itself finds wrong with a question has the code `codeByDefault`.
 */
export function toFormattedError(
  error: GraphQLError,
  onFault: (error: Error) => void,
  codeByDefault = 'BAD_USER_INPUT',
): GraphQLFormattedError {
  const { locations, path } = error.toJSON();
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const cause = error.originalError;
  if (error.extensions.code === undefined && cause != null) {
    onFault(cause);
    return { message: 'Internal error', ...place, extensions: { code: 'INTERNAL' } };
  }
  const code = error.extensions.code ?? codeByDefault;
  return { message: withoutNumbers(error.message), ...place, extensions: { ...error.extensions, code } };
}

/** graphql-js quotes values of a wrong type, and such a value may be an identity number. */
function withoutNumbers(message: string): string {
  return message.replace(/\d{8,}[\dXx]*/g, '★');
}

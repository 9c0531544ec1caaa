/** The last look at every error: codes of the table pass, whatever else went wrong is ours and says nothing of itself. */

import type { GraphQLFormattedError } from 'graphql';

import { withoutLongNumbers } from '../../common/long-numbers.ts';
import { errorCodes } from '../errors.ts';

/** Codes that Apollo Server gives for what is wrong with a request. */
const protocolCodes: ReadonlySet<string> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
]);

/** Hides texts of unknown faults: they may hold addresses, stacks or what an upstream said. */
export function unknownErrors(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const code = formatted.extensions?.['code'];
  if (typeof code === 'string' && (code in errorCodes || protocolCodes.has(code)) && code !== 'INTERNAL') {
    return { ...formatted, message: withoutLongNumbers(formatted.message) };
  }
  const { path } = formatted;
  return { message: 'Something is wrong in the hub itself.', ...(path && { path }), extensions: { code: 'INTERNAL' } };
}

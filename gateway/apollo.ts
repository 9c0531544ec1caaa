/** Apollo Server as the hub has it: it owns the protocol and the plugins; a gateway plans and answers. */

import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import type { GatewayInterface } from '@apollo/server-gateway-interface';

import { unknownErrors } from './execution/format-error.ts';
import { refusedAttempts } from './execution/refused-attempts.ts';
import { reservedNames } from './execution/reserved-names.ts';
import { heldAnswers } from './operating/let-go.ts';
import { operationEnds } from './operating/operation-end.ts';
import { textOrBytes, toldAsText } from './operating/written-answer.ts';
import type { RequestContext } from './request-context.ts';

/**
 * A server that is not started yet. `plugins` run beside the hub's own; an answer is theirs until its text is written, and
 * what needs it longer copies it.
 */
export function createApollo(
  gateway: GatewayInterface,
  plugins: readonly ApolloServerPlugin<RequestContext>[] = [],
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    gateway,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    validationRules: [reservedNames],
    formatError: unknownErrors,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    // Plugins that are not the hub's may have changed the data, and want to see values.
    ...(plugins.length === 0 && { stringifyResult: textOrBytes }),
    plugins: [
      ...(plugins.length > 0 ? [toldAsText()] : []),
      refusedAttempts(),
      operationEnds(),
      ...plugins,
      heldAnswers(),
    ],
  });
}

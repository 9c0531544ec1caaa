/** A plugin such as others write: it notes every hook in order with what it is shown, and meddles where it is asked to. */

import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { GraphQLError, print } from 'graphql';

import type { RequestContext } from '../../../../gateway/request-context.ts';

export interface Witness {
  readonly plugin: ApolloServerPlugin<RequestContext>;
  /** What was noted since it was last asked, one line a hook. */
  taken(): readonly string[];
  /** What the response held when its text had been written, as far as a plugin that kept it can see. */
  readonly kept: () => unknown;
}

type Shown = Pick<
  GraphQLRequestContext<RequestContext>,
  'errors' | 'operationName' | 'metrics' | 'queryHash' | 'document'
> & {
  readonly response: {
    readonly body?: unknown;
    readonly http: { readonly status?: number; readonly headers: Iterable<unknown> };
  };
};

export function createWitness(): Witness {
  let lines: string[] = [];
  let kept: Shown['response'] | null = null;
  const note = (hook: string, shown: unknown = '') => {
    lines.push(`${hook} ${JSON.stringify(shown)}`);
    return Promise.resolve();
  };
  const plugin: ApolloServerPlugin<RequestContext> = {
    requestDidStart({ request }) {
      void note('requestDidStart', [
        request.query?.slice(0, 200),
        request.variables,
        request.operationName,
        request.extensions,
      ]);
      if (request.operationName === 'Broken') return Promise.reject(new Error('a plugin that is broken'));
      return Promise.resolve({
        didResolveSource: noted('didResolveSource'),
        parsingDidStart: began('parsing'),
        validationDidStart: began('validation'),
        didResolveOperation(context) {
          void note('didResolveOperation', toShown(context));
          if (context.operationName !== 'Refused') return Promise.resolve();
          return Promise.reject(
            new GraphQLError('not today', { extensions: { code: 'BAD_REQUEST', http: { status: 451 } } }),
          );
        },
        responseForOperation(context) {
          void note('responseForOperation', toShown(context));
          if (context.operationName !== 'Replaced') return Promise.resolve(null);
          const body = { kind: 'single' as const, singleResult: { data: { greeting: 'replaced' } } };
          return Promise.resolve({ http: { status: 203, headers: context.response.http.headers }, body });
        },
        executionDidStart(context) {
          void note('executionDidStart', toShown(context));
          return Promise.resolve({
            executionDidEnd: (error) => note('executionDidEnd', error?.message),
          });
        },
        didEncounterErrors: noted('didEncounterErrors'),
        willSendResponse(context) {
          void note('willSendResponse', toShown(context));
          kept = context.response;
          if (context.operationName === 'Marked') {
            context.response.http.headers.set('x-marked', 'yes');
            context.response.http.status = 418;
          }
          return Promise.resolve();
        },
      });
    },
    unexpectedErrorProcessingRequest: ({ error }) => note('unexpectedError', error.message),
    invalidRequestWasReceived: ({ error }) => note('invalidRequest', error.message),
    contextCreationDidFail: ({ error }) => note('contextCreationDidFail', error.message),
  };
  const noted = (hook: string) => (context: Shown) => note(hook, toShown(context));
  const began = (hook: string) => (context: Shown) => {
    void note(`${hook}DidStart`, toShown(context));
    return Promise.resolve((error?: unknown) => note(`${hook}DidEnd`, String(error)));
  };
  return {
    plugin,
    taken() {
      const taken = lines;
      lines = [];
      return taken;
    },
    kept: () => kept?.body,
  };
}

function toShown({ errors, operationName, metrics, queryHash, document, response }: Shown): unknown {
  const told = errors?.map(({ message, path, extensions }) => [message, path, extensions]);
  const text = document && print(document).slice(0, 300);
  const { status, headers } = response.http;
  return { told, operationName, metrics, queryHash, text, status, headers: [...headers], body: response.body };
}

/**
 * Lets go of what Apollo Server holds of a request. It makes an object with a getter for each request that it gives to a gateway; V8
 * puts the pair of getter and setter in the old generation, and what those functions see, Apollo Server's own context of the request
 * with ours and the whole answer, is copied there too and kept until the next full collection ([0036](../../decisions/0036-answers-are-let-go.md)).
 */

import type { ApolloServerPlugin } from '@apollo/server';

import { keptWith } from '../../common/kept-with.ts';
import type { RequestContext } from '../request-context.ts';
import type { RequestRecord } from './record.ts';

/** Apollo Server's context of a request, as far as something in it is large. */
interface Held {
  readonly response: { body: unknown };
  request: object;
  contextValue: object;
}

const held = keptWith<RequestRecord, Held>();

/** Apollo Server's plugin that remembers where it holds a request. To stand behind every other plugin. */
export function heldRequests(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse(requestContext) {
          held.keep(requestContext.contextValue.record, requestContext);
          return Promise.resolve();
        },
      }),
  };
}

/** Empties what Apollo Server still holds of the request. To be called when the answer's text is written. */
export function letGoOf(record: RequestRecord): void {
  const own = held.of(record);
  if (!own) return;
  own.response.body = { kind: 'single', singleResult: {} };
  own.request = {};
  own.contextValue = {};
}

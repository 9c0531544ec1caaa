/**
 * Lets go of answers that were handed over. Apollo Server makes an object with a getter for each request that it gives to a
 * gateway; V8 puts the pair of getter and setter in the old generation, and what those functions see, the request with its
 * whole answer, is copied there too and kept until the next full collection ([0036](../../decisions/0036-answers-are-let-go.md)).
 */

import type { ApolloServerPlugin } from '@apollo/server';

import type { RequestContext } from '../request-context.ts';
import type { RequestRecord } from './record.ts';

interface Holder {
  singleResult: object;
}

const holders = new WeakMap<RequestRecord, Holder>();

/** Apollo Server's plugin that remembers where it holds the answer of a request. To stand behind every other plugin. */
export function heldAnswers(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse({ contextValue, response }) {
          if (response.body.kind === 'single') holders.set(contextValue.record, response.body);
          return Promise.resolve();
        },
      }),
  };
}

/** Empties what Apollo Server still holds of the request's answer. To be called when its text is written. */
export function letGoOfAnswer(record: RequestRecord): void {
  const holder = holders.get(record);
  if (!holder) return;
  holder.singleResult = {};
  holders.delete(record);
}

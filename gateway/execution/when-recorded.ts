/** Nothing of an answer goes out before it is written down what agencies were asked for it, and what it was to change. */

import { GraphQLError } from 'graphql';

import { recordQuestions, type RequestTrail } from '../trail/request-trail.ts';
import type { FinishedAnswer } from './finish.ts';

/** The answer, once its questions to agencies and its changes are recorded; an error and nothing else where they are not. */
export async function whenRecorded(
  trail: RequestTrail,
  answer: () => Promise<FinishedAnswer>,
): Promise<FinishedAnswer> {
  let finished: FinishedAnswer;
  let isRecorded = false;
  try {
    finished = await answer();
  } finally {
    // What was asked or changed for an answer that failed was so all the same.
    const recorded = recordQuestions(trail);
    isRecorded = recorded === true || (await recorded);
  }
  return isRecorded ? finished : { errors: [notRecorded()] };
}

/** What is told in the place of an answer. */
export function notRecorded(): GraphQLError {
  return new GraphQLError(
    'What agencies were asked, or what was to be changed or searched, could not be recorded, so nothing of the answer is given; ask again later, a change with the same idempotencyKey: it is made once.',
    { extensions: { code: 'NOT_RECORDED' } },
  );
}

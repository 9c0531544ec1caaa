/** Nothing of an answer goes out before it is written down what agencies were asked for it. */

import { GraphQLError } from 'graphql';

import { recordQuestions, type RequestTrail } from '../trail/request-trail.ts';
import type { FinishedAnswer } from './finish.ts';

/** The answer, once its questions to agencies are recorded; an error and nothing else where they are not. */
export async function whenRecorded(
  trail: RequestTrail,
  answer: () => Promise<FinishedAnswer>,
): Promise<FinishedAnswer> {
  let finished: FinishedAnswer;
  let isRecorded = false;
  try {
    finished = await answer();
  } finally {
    // What was asked for an answer that failed was asked all the same.
    const recorded = recordQuestions(trail);
    isRecorded = recorded === true || (await recorded);
  }
  return isRecorded ? finished : { errors: [notRecorded()] };
}

function notRecorded(): GraphQLError {
  return new GraphQLError(
    'What agencies were asked could not be recorded, so nothing of the answer is given; ask again later.',
    { extensions: { code: 'NOT_RECORDED' } },
  );
}

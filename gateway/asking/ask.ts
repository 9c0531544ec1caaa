/** Asks one upstream with a deadline of its own; never throws, so that one upstream's fault stays one upstream's fault. */

import { createDeadline } from '../../common/deadline.ts';
import type { Answer, Ask, Question } from '../../common/wire.ts';
import { AskError, type Failure, type FailureReason, type Reply } from './reply.ts';

export interface AskOptions {
  /** This upstream's own deadline; the request's signal may end it earlier. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** Asks, and turns whatever happens into a reply or a failure. */
export async function askWithin(ask: Ask, question: Question, options: AskOptions): Promise<Reply | Failure> {
  const startedAt = performance.now();
  const elapsedMs = () => Math.round(performance.now() - startedAt);
  const deadline = createDeadline(options.signal, options.deadlineMs);
  try {
    const answer = await Promise.race([ask(question, deadline.signal), rejectionOf(deadline.signal)]);
    if (!isAnswer(answer)) return toFailure('GARBLED', elapsedMs());
    return { kind: 'answered', answer, elapsedMs: elapsedMs() };
  } catch (error) {
    if (deadline.signal.aborted) return toFailure('DEADLINE', elapsedMs());
    return toFailure(error instanceof AskError ? error.reason : 'DOWN', elapsedMs());
  } finally {
    deadline.release();
  }
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(new AskError('DEADLINE', 'The deadline passed.'));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

/** GraphQL over HTTP: an answer has `data`, or `errors`, or both. */
function isAnswer(value: unknown): value is Answer {
  if (typeof value !== 'object' || value === null) return false;
  const { data, errors } = value as Answer;
  const hasData = typeof data === 'object' && !Array.isArray(data);
  const hasErrors = Array.isArray(errors) && errors.every((error) => typeof error === 'object' && error !== null);
  return (hasData || data === undefined) && (hasErrors || errors === undefined) && (hasData || hasErrors);
}

function toFailure(reason: FailureReason, elapsedMs: number): Failure {
  return { kind: 'failed', status: statusOf(reason), reason, elapsedMs };
}

function statusOf(reason: FailureReason): Failure['status'] {
  if (reason === 'DEADLINE') return 'TIMEOUT';
  return reason === 'FORBIDDEN' || reason === 'RATE_LIMITED' ? 'REFUSED' : 'UNREACHABLE';
}

/** Asks one upstream with a deadline of its own; never throws, so that one upstream's fault stays one upstream's fault. */

import { SpanKind } from '@opentelemetry/api';

import { createDeadline } from '../../common/deadline.ts';
import type { Answer, Question } from '../../common/wire.ts';
import { inSpan } from '../operating/span.ts';
import type { CallOutcome } from '../operating/record.ts';
import type { RequestContext } from '../request-context.ts';
import { outgoingHeaders } from './outgoing-headers.ts';
import { AskError, type AskFault, type Failure, type FailureReason, type Reply } from './reply.ts';
import { isOwnFault, watchStandstill } from './standstill.ts';
import { refusedByBreaker, type EndedCall, type Upstream } from './upstream.ts';
import { verdicts } from './verdicts.ts';

export interface AskOptions {
  /** This upstream's own deadline; the request's signal may end it earlier. */
  readonly deadlineMs: number;
  readonly context: Pick<RequestContext, 'record' | 'signal'>;
}

/** Asks, and turns whatever happens into a reply or a failure; the request's record and the upstream's watcher know it. */
export async function askWithin(upstream: Upstream, question: Question, options: AskOptions): Promise<Reply | Failure> {
  const { kind, id, watcher } = upstream;
  const { record } = options.context;
  const attributes = { 'nonet.kind': kind, 'nonet.upstream': id };
  watcher.began();
  return inSpan({ name: `ask ${kind}`, kind: SpanKind.CLIENT, attributes, parent: record.trace }, async (span) => {
    const headers = outgoingHeaders(options.context, span.spanContext());
    const { reply, outcome } = await pass(upstream, options, () => askOnce(upstream, question, options, headers));
    record.calls.push({ kind, upstream: id, outcome, elapsedMs: reply.elapsedMs });
    watcher.ended(outcome, reply.elapsedMs);
    span.setAttribute('nonet.outcome', outcome);
    return reply;
  });
}

/** Through the breaker. One request sees one state of an upstream: its first call decides for those that follow. */
async function pass(
  { id, breaker }: Upstream,
  { context: { record } }: AskOptions,
  work: () => Promise<EndedCall>,
): Promise<EndedCall> {
  if (!breaker) return work();
  if (record.passed.get(id) === false) return refusedByBreaker;
  const ended = await breaker(() => {
    record.passed.set(id, true);
    return work();
  });
  if (ended !== refusedByBreaker) return ended;
  if (record.passed.get(id)) return work();
  record.passed.set(id, false);
  return ended;
}

async function askOnce(
  { ask }: Upstream,
  question: Question,
  { deadlineMs, context }: AskOptions,
  headers: Readonly<Record<string, string>>,
): Promise<EndedCall> {
  const startedAt = performance.now();
  const standstill = watchStandstill();
  const fail = (fault: AskFault): EndedCall => {
    const reason = fault === 'BUSY' ? 'DEADLINE' : fault;
    const outcome = context.signal.aborted ? 'left' : outcomeOf[reason];
    const isOurs = fault === 'BUSY' || (fault === 'DEADLINE' && isOwnFault(standstill.stop(), deadlineMs));
    return {
      reply: toFailure(reason, Math.round(performance.now() - startedAt)),
      outcome,
      verdict: isOurs ? 'unknown' : verdicts[outcome],
    };
  };
  const deadline = createDeadline(context.signal, deadlineMs);
  try {
    const answer = await Promise.race([ask(question, deadline.signal, headers), rejectionOf(deadline.signal)]);
    if (!isAnswer(answer)) return fail('GARBLED');
    return {
      reply: { kind: 'answered', answer, elapsedMs: Math.round(performance.now() - startedAt) },
      outcome: 'answered',
      verdict: verdicts.answered,
    };
  } catch (error) {
    const fault = error instanceof AskError ? error.reason : 'DOWN';
    return fail(deadline.signal.aborted && fault !== 'BUSY' ? 'DEADLINE' : fault);
  } finally {
    standstill.stop();
    deadline.release();
  }
}

/** Ends the wait for an `Ask` that does not heed the signal. One that does speaks first: it knows whether it had begun. */
function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => setImmediate(() => reject(new AskError('DEADLINE', 'The deadline passed.')));
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

const outcomeOf: Readonly<Record<FailureReason, CallOutcome>> = {
  DEADLINE: 'timeout',
  DOWN: 'down',
  GARBLED: 'garbled',
  TOO_LARGE: 'too_large',
  SERVER_ERROR: 'server_error',
  FORBIDDEN: 'forbidden',
  RATE_LIMITED: 'rate_limited',
  BREAKER_OPEN: 'breaker_open',
  QUARANTINED: 'quarantined',
};

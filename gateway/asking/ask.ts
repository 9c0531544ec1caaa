/**
 * Asks one upstream within a deadline of its own; never throws, so that one upstream's fault stays one upstream's fault. In
 * order: once for the same question of one request (`sharing.ts`), watched, within its deadline, through the upstream's
 * endpoints (`endpoints.ts`), and at each of them through slot and wire (`attempt.ts`).
 */

import { SpanKind } from '@opentelemetry/api';

import type { Question } from '../../common/wire.ts';
import { inSpan } from '../operating/span.ts';
import type { RequestContext } from '../request-context.ts';
import { isRead, type EndedCall } from './call.ts';
import { joinDeadline } from './common-deadline.ts';
import { outgoingHeaders } from './outgoing-headers.ts';
import type { Failure, Reply } from './reply.ts';
import { askEndpoints } from './endpoints.ts';
import { shared } from './sharing.ts';
import type { Upstream } from './upstream.ts';

export interface AskOptions {
  /** This upstream's own deadline; the request's signal may end it earlier. */
  readonly deadlineMs: number;
  /** Whether somebody asks for more than has to be: who does not manage it, has failed at nothing. */
  readonly isTentative?: boolean;
  /** Without a viewer the hub asks of itself. */
  readonly context: Pick<RequestContext, 'record' | 'signal' | 'patienceMs'> & Partial<Pick<RequestContext, 'viewer'>>;
}

/** Asks, and turns whatever happens into a reply or a failure; the request's record and the upstream's watcher know it. */
export function askWithin(
  upstream: Upstream,
  question: Question,
  { deadlineMs: ownMs, isTentative = false, context }: AskOptions,
): Promise<Reply | Failure> {
  const deadlineMs = Math.min(ownMs, context.patienceMs ?? Infinity);
  const canRepeat = isRead(question);
  const ask = () => askWatched(upstream, question, canRepeat, { deadlineMs, isTentative, context });
  return canRepeat ? shared(context.record, { upstream: upstream.id, question, deadlineMs }, ask) : ask();
}

function askWatched(
  upstream: Upstream,
  question: Question,
  canRepeat: boolean,
  { deadlineMs, context, isTentative }: Required<AskOptions>,
): Promise<Reply | Failure> {
  const { kind, id, watcher } = upstream;
  const { record, signal: request } = context;
  const attributes = { 'nonet.kind': kind, 'nonet.upstream': id };
  watcher.began();
  return inSpan({ name: `ask ${kind}`, kind: SpanKind.CLIENT, attributes, parent: record.trace }, async (span) => {
    const deadline = joinDeadline(record, request, deadlineMs);
    let ended: EndedCall;
    try {
      ended = await askEndpoints(upstream, {
        kind,
        question,
        isRead: canRepeat,
        isTentative,
        headers: outgoingHeaders(context, span.spanContext()),
        deadlineMs,
        signal: deadline.signal,
        request,
        record,
        startedAtMs: performance.now(),
      });
    } finally {
      deadline.release();
    }
    const { outcome, verdict, reply } = ended;
    record.calls.push({ kind, upstream: id, outcome, elapsedMs: reply.elapsedMs });
    watcher.ended(outcome, reply.elapsedMs, verdict);
    span.setAttribute('nonet.outcome', outcome);
    return reply;
  });
}

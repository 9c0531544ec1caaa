/** What travels beside a question when it goes over a wire. */

import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';

import { requestIdHeader } from '../../common/request-id.ts';
import { toTraceparent, traceparentHeader } from '../operating/traceparent.ts';
import type { RequestContext } from '../request-context.ts';

/** The request's id, and the trace that the call's span belongs to when there is one. */
export function outgoingHeaders(
  { record }: Pick<RequestContext, 'record'>,
  span: SpanContext,
): Readonly<Record<string, string>> {
  return {
    [requestIdHeader]: record.id,
    ...(isSpanContextValid(span) && { [traceparentHeader]: toTraceparent(span) }),
  };
}

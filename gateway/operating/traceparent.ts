/** W3C Trace Context: which trace a request belongs to. `tracestate` and `baggage` are free text and go no further. */

import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';

export const traceparentHeader = 'traceparent';

/** The caller's span (https://www.w3.org/TR/trace-context/#traceparent-header); undefined when there is none to be read. */
export function parseTraceparent(header: string | string[] | undefined): SpanContext | undefined {
  const read = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(String(header ?? ''));
  if (!read) return undefined;
  const [, version, traceId = '', spanId = '', flags = '', more] = read;
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  // A random id has no such run of digits; an identity number has.
  if (/\d{15}/.test(traceId) || /\d{15}/.test(spanId)) return undefined;
  const span = { traceId, spanId, traceFlags: parseInt(flags, 16) & 1, isRemote: true };
  return isSpanContextValid(span) ? span : undefined;
}

/** The header for a span whose context is valid. */
export function toTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${(traceFlags & 1).toString(16).padStart(2, '0')}`;
}

/** Spans of our own on the global tracer. Without an SDK they cost nothing and hand the caller's trace on. */

import { context, trace, type Attributes, type Context, type Span, type SpanKind } from '@opentelemetry/api';

export interface SpanOptions {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  /** Where the span belongs when no span is active. */
  readonly parent: Context;
}

/** Does the work inside a span, which ends when the work does. */
export async function inSpan<T>(
  { name, kind, attributes, parent }: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const active = context.active();
  const above = trace.getSpan(active) ? active : parent;
  const span = trace.getTracer('nonet').startSpan(name, { kind, attributes }, above);
  try {
    return await context.with(trace.setSpan(above, span), () => work(span));
  } finally {
    span.end();
  }
}

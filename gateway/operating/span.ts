/** Spans of our own on the global tracer. Without an SDK they cost next to nothing and hand the caller's trace on. */

import {
  context,
  INVALID_SPANID,
  trace,
  type Attributes,
  type Context,
  type Span,
  type SpanKind,
} from '@opentelemetry/api';

export interface SpanOptions {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  /** Where the span belongs when no span is active. */
  readonly parent: Context;
}

/** Does the work inside a span, which ends when the work does. */
export function inSpan<T>(
  { name, kind, attributes, parent }: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const active = context.active();
  const around = trace.getSpan(active);
  const above = around ? active : parent;
  const span = trace.getTracer('nonet').startSpan(name, { kind, attributes }, above);
  // Without an SDK it is the caller's own again, and nobody has to be told that it is active, or that it ends.
  const before = (around ?? trace.getSpan(parent))?.spanContext().spanId ?? INVALID_SPANID;
  const run = async () => work(span);
  if (span.spanContext().spanId === before) return run();
  return context.with(trace.setSpan(above, span), run).finally(() => span.end());
}

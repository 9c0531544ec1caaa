/** What of a span may leave the process: names of our own and a few attributes. Documents, variables and texts may not. */

import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';

import { toOperationName } from '../../gateway/operating/operation-name.ts';

/** Attributes whose values are words of ours or of the registry; the client's name for its operation is cleaned. */
const harmless: ReadonlySet<string> = new Set([
  'service',
  'graphql.operation.type',
  'nonet.request',
  'nonet.kind',
  'nonet.upstream',
  'nonet.outcome',
]);

/** An exporter that is given spans without whatever is not known to be harmless: attributes, events, links, texts. */
export function withoutPrivateParts(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(cleaned), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}

function cleaned(span: ReadableSpan): ReadableSpan {
  const overlay: Partial<Record<keyof ReadableSpan, unknown>> = {
    attributes: allowed(span.attributes),
    events: [],
    links: [],
    status: { code: span.status.code },
  };
  // A view rather than a copy: a span's other members are getters and methods of its class.
  return new Proxy(span, {
    get: (target, key) => (key in overlay ? overlay[key as keyof ReadableSpan] : (Reflect.get(target, key) as unknown)),
  });
}

function allowed(attributes: Attributes): Attributes {
  const kept = Object.entries(attributes).filter(([name]) => harmless.has(name));
  const operation = attributes['graphql.operation.name'];
  return {
    ...Object.fromEntries(kept),
    ...(typeof operation === 'string' && { 'graphql.operation.name': toOperationName(operation) ?? '' }),
  };
}

/** OpenTelemetry's SDK, loaded only when spans go somewhere. The libraries read their own standard variables. */

import { context, trace } from '@opentelemetry/api';
import type * as Sdk from '@opentelemetry/sdk-trace-node';

import { toResource } from './resource.ts';
import type { TraceExporter } from './settings.ts';
import { withoutPrivateParts } from './span-privacy.ts';

export interface Traces {
  /** Hands over what has not been sent yet, for at most three seconds, and lets go of the global tracer. */
  stop(): Promise<void>;
}

/** Registers the global tracer that @apollo/gateway and the hub make their spans on; without exporters nothing happens. */
export async function startTraces(
  exporters: readonly TraceExporter[],
  env: NodeJS.ProcessEnv,
  name: string,
): Promise<Traces> {
  if (exporters.length === 0) return { stop: () => Promise.resolve() };
  const sdk = await import('@opentelemetry/sdk-trace-node');
  const spanProcessors = [];
  for (const exporter of exporters) {
    spanProcessors.push(new sdk.BatchSpanProcessor(withoutPrivateParts(await openExporter(exporter, sdk))));
  }
  const provider = new sdk.NodeTracerProvider({ spanProcessors, resource: toResource(env, name) });
  // No propagator: the door and the ways to upstreams carry `traceparent` themselves, and nothing else of the client's.
  provider.register({ propagator: null });
  return {
    async stop() {
      try {
        await withinMs(handoverMs, provider.shutdown());
      } finally {
        trace.disable();
        context.disable();
      }
    },
  };
}

/** A process that stops does not wait longer for whoever takes its spans. */
const handoverMs = 3_000;

async function withinMs(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The last spans were not taken within ${ms} ms.`)), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function openExporter(exporter: TraceExporter, sdk: typeof Sdk): Promise<Sdk.SpanExporter> {
  if (exporter === 'console') return new sdk.ConsoleSpanExporter();
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  return new OTLPTraceExporter();
}

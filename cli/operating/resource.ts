/** Who the spans are from, by OpenTelemetry's standard variables. */

import type { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

type Resource = NonNullable<NonNullable<ConstructorParameters<typeof NodeTracerProvider>[0]>['resource']>;

/** `OTEL_RESOURCE_ATTRIBUTES` with `OTEL_SERVICE_NAME` above it; the process's own name when neither names the service. */
export function toResource(env: NodeJS.ProcessEnv, name: string): Resource {
  const named = env['OTEL_SERVICE_NAME'];
  return resourceOf({
    'service.name': `nonet-${name}`,
    'process.pid': process.pid,
    ...parseAttributes(env['OTEL_RESOURCE_ATTRIBUTES'] ?? ''),
    ...(named && { 'service.name': named }),
  });
}

/** `key=value,key=value`, percent-encoded; a pair that cannot be read is left out, as the specification has it. */
function parseAttributes(text: string): Record<string, string> {
  const pairs = text.split(',').flatMap((pair): [string, string][] => {
    const [, key, value] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
    if (key === undefined || value === undefined) return [];
    try {
      return [[decodeURIComponent(key), decodeURIComponent(value)]];
    } catch (error) {
      if (error instanceof URIError) return [];
      throw error;
    }
  });
  return Object.fromEntries(pairs);
}

function resourceOf(attributes: Resource['attributes']): Resource {
  return {
    attributes,
    merge: (other) => (other ? resourceOf({ ...attributes, ...other.attributes }) : resourceOf(attributes)),
    getRawAttributes: () => Object.entries(attributes),
  };
}

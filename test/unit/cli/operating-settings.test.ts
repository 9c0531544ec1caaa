import { describe, expect, test } from 'vitest';
import { toResource } from '../../../cli/operating/resource.ts';
import { readLogLevel, readOperating } from '../../../cli/operating/settings.ts';

function read(env: NodeJS.ProcessEnv) {
  const faults: string[] = [];
  return { ...readOperating(env, (line) => faults.push(line)), faults };
}

describe('the settings by which a process is watched', () => {
  test('are info and no traces unless told', () => {
    expect(read({})).toEqual({ level: 'info', traces: [], faults: [] });
    expect(read({ LOG_LEVEL: '', OTEL_TRACES_EXPORTER: '' })).toEqual({ level: 'info', traces: [], faults: [] });
  });

  test.each<readonly [NodeJS.ProcessEnv, readonly string[]]>([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }, ['otlp']],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/v1/traces' }, ['otlp']],
    [{ OTEL_TRACES_EXPORTER: 'otlp' }, ['otlp']],
    [{ OTEL_TRACES_EXPORTER: 'console, otlp' }, ['console', 'otlp']],
    [{ OTEL_TRACES_EXPORTER: 'none', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }, []],
    [{ OTEL_TRACES_EXPORTER: 'otlp', OTEL_SDK_DISABLED: 'TRUE' }, []],
  ])('%j sends traces to %j', (env, traces) => {
    expect(read(env)).toEqual({ level: 'info', traces, faults: [] });
  });

  test('tell every fault with what would be right', () => {
    expect(read({ LOG_LEVEL: 'loud', OTEL_TRACES_EXPORTER: 'zipkin' }).faults).toEqual([
      'LOG_LEVEL is "loud"; it has to be one of trace, debug, info, warn, error, fatal, silent.',
      'OTEL_TRACES_EXPORTER names "zipkin"; it has to be otlp, console or none.',
    ]);
  });
});

test('a process without spans reads its level, and nothing of OpenTelemetry', () => {
  const faults: string[] = [];
  const env = { LOG_LEVEL: 'WARN', OTEL_TRACES_EXPORTER: 'zipkin' };
  expect([readLogLevel(env, (line) => faults.push(line)), faults]).toEqual(['warn', []]);
});

describe('who spans are from', () => {
  test('is named by the standard variables, the service’s name above the attributes', () => {
    expect(toResource({}, 'gateway').attributes).toMatchObject({ 'service.name': 'nonet-gateway' });
    const env = { OTEL_RESOURCE_ATTRIBUTES: 'service.name=a, place=x%20y,broken,%zz=1', OTEL_SERVICE_NAME: 'hub' };
    expect(toResource(env, 'gateway').attributes).toEqual({
      'service.name': 'hub',
      place: 'x y',
      'process.pid': process.pid,
    });
  });
});

/** How a process is watched, as the environment has it. Read once, where the process is put together. */

import { logLevels, type LogLevel } from '../../common/log.ts';

const traceExporters = ['otlp', 'console'] as const;

export type TraceExporter = (typeof traceExporters)[number];

export interface OperatingSettings {
  readonly level: LogLevel;
  /** Where spans go; empty for nowhere, and then nothing of OpenTelemetry's SDK is loaded. */
  readonly traces: readonly TraceExporter[];
}

/** Reads `LOG_LEVEL` and OpenTelemetry's standard variables; `fault` is given one line for each that cannot be used. */
export function readOperating(env: NodeJS.ProcessEnv, fault: (line: string) => void): OperatingSettings {
  return { level: readLogLevel(env, fault), traces: readExporters(env, fault) };
}

/** Reads `LOG_LEVEL` alone, for a process that makes no spans: what is wrong with OpenTelemetry's settings is not its concern. */
export function readLogLevel(env: NodeJS.ProcessEnv, fault: (line: string) => void): LogLevel {
  const given = env['LOG_LEVEL'] || 'info';
  const level = logLevels.find((known) => known === given.toLowerCase());
  if (level === undefined) fault(`LOG_LEVEL is "${given}"; it has to be one of ${logLevels.join(', ')}.`);
  return level ?? 'info';
}

/** https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#exporter-selection */
function readExporters(env: NodeJS.ProcessEnv, fault: (line: string) => void): TraceExporter[] {
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return [];
  const isAddressed = Boolean(env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_ENDPOINT']);
  const names = (env['OTEL_TRACES_EXPORTER'] || (isAddressed ? 'otlp' : 'none')).split(',').map((name) => name.trim());
  const exporters = new Set<TraceExporter>();
  for (const name of names.filter((one) => one !== 'none' && one !== '')) {
    const known = traceExporters.find((one) => one === name);
    if (known) exporters.add(known);
    else fault(`OTEL_TRACES_EXPORTER names "${name}"; it has to be ${traceExporters.join(', ')} or none.`);
  }
  return [...exporters];
}

/** Structured logs: one JSON object a line. No identity number and no amount gets into one, whoever writes it. */

import { destination as openDescriptor, pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

import { withoutPrivateNumbers, withoutPrivateWords } from './private-text.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

/** Plain values; texts in them are cleaned before they are written. */
export type Facts = Readonly<Record<string, unknown>>;

export interface Log {
  debug(message: string, facts?: Facts): void;
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  /** Tells a fault of our own: its kind, its cleaned text and where it came from. */
  error(message: string, fault: unknown, facts?: Facts): void;
  /** The same log with these facts in every line. */
  with(facts: Facts): Log;
  /** Returns when every line has been handed to the system. */
  flush(): void;
}

export interface LogOptions {
  /** Which process writes, e.g. `gateway` or `court 苏0312`. */
  readonly name: string;
  readonly level: LogLevel;
  /** Where lines go; standard error unless told. Each line ends with a newline. */
  readonly write?: (line: string) => void;
}

/** Opens a log. Made once, where a process is put together, and handed down from there. */
export function createLog({ name, level, write }: LogOptions): Log {
  // Written at once: the lines before a crash are those that matter.
  const descriptor = write ? null : openDescriptor({ dest: 2, sync: true });
  const stream: DestinationStream = write ? { write } : descriptor!;
  const logger = pino(
    {
      name,
      level,
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  );
  return over(logger, () => descriptor?.flushSync());
}

/** A log that writes nothing: for parts that nobody watches. */
export const silentLog: Log = createLog({ name: 'silent', level: 'silent', write: () => undefined });

function over(logger: Logger, flush: () => void): Log {
  const text = withoutPrivateWords;
  return {
    debug: (message, facts) => logger.debug(cleaned(facts), text(message)),
    info: (message, facts) => logger.info(cleaned(facts), text(message)),
    warn: (message, facts) => logger.warn(cleaned(facts), text(message)),
    error: (message, fault, facts) => logger.error({ ...cleaned(facts), fault: toFaultFacts(fault) }, text(message)),
    with: (facts) => over(logger.child(cleaned(facts)), flush),
    flush,
  };
}

function cleaned(facts: Facts = {}): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const key of Object.keys(facts)) clean[key] = cleanedValue(facts[key]);
  return clean;
}

function cleanedValue(value: unknown): unknown {
  if (typeof value === 'string') return withoutPrivateNumbers(value);
  if (Array.isArray(value)) return value.map(cleanedValue);
  return typeof value === 'object' && value !== null ? cleaned(value as Facts) : value;
}

/** A stack begins with the error's text, which is told cleaned; the frames name our own files only. */
function toFaultFacts(fault: unknown): Record<string, unknown> {
  if (!(fault instanceof Error)) return { kind: typeof fault };
  const { code } = fault as NodeJS.ErrnoException;
  const frames = (fault.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    kind: fault.name,
    ...(typeof code === 'string' && { code: withoutPrivateWords(code) }),
    text: withoutPrivateWords(fault.message),
    at: frames.slice(0, 12).map((line) => withoutPrivateNumbers(line.trim())),
    ...(fault.cause !== undefined && { cause: toFaultFacts(fault.cause) }),
  };
}

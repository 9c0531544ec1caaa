/** The settings of `nonet start`: options first, then the environment, then defaults. Every fault is told at once. */

import { parseArgs } from 'node:util';

import { isLoopback } from '../../gateway/http/loopback.ts';
import { SettingsFault, UsageFault } from '../command.ts';

export interface StartSettings {
  readonly host: string;
  readonly port: number;
  /** Where rows and keys live; null for memory. */
  readonly directory: string | null;
  readonly casesPerCourt: number;
  readonly fresh: boolean;
}

/** Reads them; throws UsageFault for unknown options and SettingsFault for wrong values. */
export function readSettings(args: readonly string[], env: NodeJS.ProcessEnv): StartSettings {
  const values = parse(args);
  const faults: string[] = [];
  const whole = (name: string, text: string, minimum: number, maximum: number): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < minimum || value > maximum) {
      faults.push(`${name} is "${text}"; it has to be a whole number from ${minimum} to ${maximum}.`);
    }
    return value;
  };
  const settings: StartSettings = {
    host: values.host ?? env['HOST'] ?? '127.0.0.1',
    port: whole(values.port === undefined ? 'PORT' : '--port', values.port ?? env['PORT'] ?? '4000', 0, 65_535),
    directory: values.memory ? null : (values.data ?? env['NONET_DATA'] ?? 'data'),
    casesPerCourt: whole('--scale', values.scale ?? '300', 1, 12_000),
    fresh: values.fresh ?? false,
  };
  if (!isLoopback(settings.host)) {
    faults.push(
      `host is "${settings.host}"; until the hub knows its viewers it listens on loopback only: 127.0.0.1, ::1 or localhost.`,
    );
  }
  if (faults.length > 0) throw new SettingsFault(faults);
  return settings;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        host: { type: 'string' },
        port: { type: 'string' },
        data: { type: 'string' },
        scale: { type: 'string' },
        fresh: { type: 'boolean' },
        memory: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageFault(error instanceof Error ? error.message : String(error));
  }
}

import { UsageFault } from '../command.ts';
import { parseOptions } from '../options.ts';
import { hubOptions, readHubArguments, type HubArguments } from './hub-options.ts';

export interface AskArguments extends HubArguments {
  readonly form: 'table' | 'csv' | 'json';
  /** Of CSV: the list whose rows are the table's; null for the outermost. */
  readonly rows: string | null;
  readonly bom: boolean;
  readonly all: boolean;
}

const options = {
  ...hubOptions,
  csv: { type: 'boolean' },
  json: { type: 'boolean' },
  rows: { type: 'string' },
  bom: { type: 'boolean' },
  all: { type: 'boolean' },
} as const;

/** Reads the command line; throws UsageFault for wrong use and SettingsFault for a wrong address or timeout. */
export function readArguments(args: readonly string[], env: NodeJS.ProcessEnv, examples: string): AskArguments {
  const { values, positionals } = parseOptions(args, options, 'what to ask');
  if (values.csv && values.json) throw new UsageFault('--csv and --json exclude each other: give one of them.');
  if ((values.bom || values.rows !== undefined) && !values.csv) {
    throw new UsageFault(`${values.bom ? '--bom' : '--rows'} belongs to --csv: give both.`);
  }
  return {
    ...readHubArguments(positionals, values, env, { examples, verb: 'ask' }),
    form: values.csv ? 'csv' : values.json ? 'json' : 'table',
    rows: values.rows ?? null,
    bom: values.bom ?? false,
    all: values.all ?? false,
  };
}

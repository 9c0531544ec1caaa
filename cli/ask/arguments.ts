import { SettingsFault, UsageFault } from '../command.ts';
import { parseOptions } from '../options.ts';

export interface AskArguments {
  /** An example's name, a file, or `-`. */
  readonly what: string;
  readonly operationName: string | undefined;
  readonly variables: string | undefined;
  readonly vars: readonly string[];
  readonly url: string;
  readonly timeoutMs: number;
  readonly form: 'table' | 'csv' | 'json';
  /** Of CSV: the list whose rows are the table's; null for the outermost. */
  readonly rows: string | null;
  readonly bom: boolean;
  readonly all: boolean;
}

const options = {
  variables: { type: 'string' },
  var: { type: 'string', multiple: true },
  operation: { type: 'string' },
  url: { type: 'string' },
  timeout: { type: 'string' },
  csv: { type: 'boolean' },
  json: { type: 'boolean' },
  rows: { type: 'string' },
  bom: { type: 'boolean' },
  all: { type: 'boolean' },
} as const;

/** The hub's own limit is 15 s; a page walked on a busy machine may take that. */
const defaultTimeoutS = 30;

/** Reads the command line; throws UsageFault for wrong use and SettingsFault for a wrong address or timeout. */
export function readArguments(args: readonly string[], env: NodeJS.ProcessEnv, examples: string): AskArguments {
  const { values, positionals } = parseOptions(args, options, 'what to ask');
  const [what] = positionals;
  if (what === undefined || positionals.length > 1) {
    throw new UsageFault(`name one thing to ask: an example (${examples}), a file, or - for standard input.`);
  }
  if (values.csv && values.json) throw new UsageFault('--csv and --json exclude each other: give one of them.');
  if ((values.bom || values.rows !== undefined) && !values.csv) {
    throw new UsageFault(`${values.bom ? '--bom' : '--rows'} belongs to --csv: give both.`);
  }
  const faults: string[] = [];
  const url = readUrl(values.url === undefined ? 'NONET_URL' : '--url', values.url ?? env['NONET_URL'], faults);
  const timeout = values.timeout ?? String(defaultTimeoutS);
  if (!/^\d+(?:\.\d+)?$/.test(timeout) || Number(timeout) <= 0 || Number(timeout) > 3600) {
    faults.push(`--timeout is "${timeout}"; it has to be a number of seconds up to 3600.`);
  }
  if (faults.length > 0) throw new SettingsFault(faults);
  return {
    what,
    operationName: values.operation,
    variables: values.variables,
    vars: values.var ?? [],
    url,
    timeoutMs: Math.ceil(Number(timeout) * 1000),
    form: values.csv ? 'csv' : values.json ? 'json' : 'table',
    rows: values.rows ?? null,
    bom: values.bom ?? false,
    all: values.all ?? false,
  };
}

function readUrl(name: string, given: string | undefined, faults: string[]): string {
  const text = given === undefined || given === '' ? 'http://127.0.0.1:4000/graphql' : given;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    faults.push(`${name} has to be an address such as http://127.0.0.1:4000/graphql, without a user in it.`);
    return text;
  }
  if (url.pathname === '/') url.pathname = '/graphql';
  return url.href;
}
